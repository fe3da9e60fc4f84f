#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/url_key.hpp>
#include <cdnsim/models/workload/forms.hpp>

namespace cdnsim {
namespace {

constexpr std::uint64_t kNumbers = std::uint64_t{1} << 32;  // for the forms of one object

// One parameter or header with what it can be; no text: it is not there.
struct Field {
  struct Option {
    std::optional<std::string> text;
    double weight = 0;
  };
  std::string name;
  bool is_header = false;
  bool is_unique = false;
  std::vector<Option> options;
};

void add_absence(Field& field, double share) {
  for (Field::Option& option : field.options) option.weight *= share;
  if (share < 1) field.options.push_back({std::nullopt, 1 - share});
  std::erase_if(field.options, [](const Field::Option& option) { return option.weight <= 0; });
}

std::vector<Field> fields_of(const ContentSpec& spec) {
  std::vector<Field> fields;
  if (!spec.asked) return fields;
  for (const auto& [name, parameter] : spec.asked->parameters) {
    Field field{name, false, parameter.unique, {}};
    const std::uint32_t values = parameter.values.value_or(1);
    for (std::uint32_t i = 0; i < values; ++i) {
      field.options.push_back({fmt::format("v{}", i), 1.0 / values});
    }
    add_absence(field, parameter.share.value());
    fields.push_back(std::move(field));
  }
  for (const auto& [name, header] : spec.asked->headers) {
    Field field{name, true, false, {}};
    double sum = 0;
    for (const auto& [value, weight] : header.values) sum += weight;
    for (const auto& [value, weight] : header.values) {
      field.options.push_back({value, weight / sum});
    }
    add_absence(field, header.share.value());
    fields.push_back(std::move(field));
  }
  return fields;
}

std::uint64_t combinations_of(const std::vector<Field>& fields) {
  std::uint64_t count = 1;
  for (const Field& field : fields) {
    count *= field.options.size();
    if (count > Forms::kMostCombinations) break;
  }
  return count;
}

// The key of one combination; what is unique has its `turn`'s value.
Parsed<UrlKey> key_of(const KeyRules& rules, const std::vector<Field>& fields,
                      const std::vector<std::size_t>& chosen, std::string_view turn) {
  std::string url = "https://example.org/object";
  std::vector<RequestHeader> headers;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const std::optional<std::string>& text = fields[i].options[chosen[i]].text;
    if (!text) continue;
    if (fields[i].is_header) {
      headers.push_back({fields[i].name, *text});
    } else {
      url += url.find('?') == url.npos ? '?' : '&';
      url += fields[i].name + "=" + (fields[i].is_unique ? std::string(turn) : *text);
    }
  }
  return url_key(rules, url, headers);
}

// Goes on to the next combination, the first field's options fastest.
void advance(const std::vector<Field>& fields, std::vector<std::size_t>& chosen) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (++chosen[i] < fields[i].options.size()) return;
    chosen[i] = 0;
  }
}

double weight_of(const std::vector<Field>& fields, const std::vector<std::size_t>& chosen) {
  double weight = 1;
  for (std::size_t i = 0; i < fields.size(); ++i) weight *= fields[i].options[chosen[i]].weight;
  return weight;
}

std::uint64_t segments_of(Bytes object, Bytes segment) {
  return static_cast<std::uint64_t>((object.count() - 1) / segment.count() + 1);
}

// What the name of a header can hold (RFC 9110, 5.6.2).
constexpr std::string_view kTokenMarks =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789!#$%&'*+-.^_`|~";

std::optional<FormsProblem> problem_of_names(const AskedSpec& asked) {
  for (const auto& [name, parameter] : asked.parameters) {
    if (name.find_first_of("&=#+% ") == name.npos) continue;
    return FormsProblem{"/asked/parameters",
                        fmt::format("{} names no parameter of a URL: it holds one of & = # + % or "
                                    "a blank",
                                    quoted(name))};
  }
  for (const auto& [name, header] : asked.headers) {
    if (name.find_first_not_of(kTokenMarks) != name.npos) {
      return FormsProblem{"/asked/headers",
                          fmt::format("{} names no header: names hold letters, digits and some "
                                      "marks such as \"-\", and no blank",
                                      quoted(name))};
    }
    const bool has_weight =
        std::ranges::any_of(header.values, [](const auto& value) { return value.second > 0; });
    if (has_weight) continue;
    return FormsProblem{"/asked/headers", fmt::format("all weights of {} are 0", quoted(name))};
  }
  return std::nullopt;
}

std::string variants_text(const Forms& forms) {
  if (forms.known_variants() == 0) return "a variant for every request";
  return fmt::format("{} variants{}", forms.known_variants(),
                     forms.has_unique() ? " and one for every request" : "");
}

std::optional<FormsProblem> problem_of_ranges(const ContentSpec& spec, const Forms& forms) {
  const Bytes largest = spec.size.largest();
  const Bytes segment = spec.ranges->segment;
  if (spec.ranges->from.other) {
    return FormsProblem{"/ranges/from",
                        fmt::format("\"{}\" is not known of segments, of which each object has "
                                    "its own number; write \"uniform\" or e.g. \"zipf:0.8\"",
                                    to_text(spec.ranges->from))};
  }
  if (segment >= largest) {
    return FormsProblem{"/ranges/segment",
                        fmt::format("no object is larger than {}, so each would be one range of {}",
                                    to_text(largest), to_text(segment))};
  }
  const std::uint64_t segments = segments_of(largest, segment);
  if (segments >= kNumbers) {
    return FormsProblem{"/ranges/segment",
                        fmt::format("objects of up to {} have too many segments of {}; give larger "
                                    "ones",
                                    to_text(largest), to_text(segment))};
  }
  if (spec.ranges->cache == RangeCaching::whole) return std::nullopt;
  const std::uint64_t wanted =
      forms.known_variants() + (forms.has_unique() ? Forms::kUniqueNumbers : 0);
  if (segments * wanted <= kNumbers) return std::nullopt;
  return FormsProblem{
      "/ranges/segment",
      fmt::format("objects of up to {} have {} segments of {}, each in {}: more than can be told "
                  "apart; give larger segments",
                  to_text(largest), segments, to_text(segment), variants_text(forms))};
}

ContentSpec without_ranges(ContentSpec spec) {
  spec.ranges.reset();
  return spec;
}

}  // namespace

Forms::Forms(const ContentSpec& spec) {
  const std::vector<Field> fields = fields_of(spec);
  const std::uint64_t combinations = combinations_of(fields);
  CDNSIM_ASSERT(combinations <= kMostCombinations,
                "combinations are counted when a scenario is read");
  const KeyRules rules = spec.key.value_or(KeyRules{});
  std::vector<std::size_t> chosen(fields.size());
  std::vector<double> weights;
  std::map<std::string, std::uint32_t> known;  // by the key's text
  for (std::uint64_t i = 0; i < combinations; ++i, advance(fields, chosen)) {
    const Parsed<UrlKey> key = key_of(rules, fields, chosen, "u1");
    CDNSIM_ASSERT(key.value, "names of parameters are checked when a scenario is read");
    weights.push_back(weight_of(fields, chosen));
    if (key.value->text != key_of(rules, fields, chosen, "u2").value->text) {
      variant_of_.push_back(kUnique);
      has_unique_ = true;
    } else {
      const auto next = static_cast<std::uint32_t>(known.size());
      variant_of_.push_back(known.emplace(key.value->text, next).first->second);
    }
  }
  known_variants_ = static_cast<std::uint32_t>(known.size());
  if (has_unique_ || known_variants_ > 1) variants_.emplace(weights);
  if (!spec.ranges) return;
  segment_ = spec.ranges->segment;
  from_ = spec.ranges->from;
  lasts_ = spec.ranges->lasts;
  whole_ = spec.ranges->cache == RangeCaching::whole;
  if (!whole_) span_ = static_cast<std::uint32_t>(segments_of(spec.size.largest(), segment_));
}

// Numbers of requests that are each a variant of its own follow those of the known variants.
std::uint32_t Forms::variant(std::uint32_t pick, std::uint32_t own) const {
  if (!variants_) return 0;
  const std::uint32_t variant = variant_of_[variants_->pick(pick)];
  if (variant != kUnique) return variant;
  return known_variants_ + static_cast<std::uint32_t>(own % (kNumbers / span_ - known_variants_));
}

Forms::Drawn Forms::draw_form(DrawKey key, Counter counter, Bytes object) const {
  const DrawBlock block = draw(key, counter);
  Drawn drawn;
  if (has_ranges()) {
    const auto more = [&] {
      ++counter.d;
      return draw(key, counter).low64();
    };
    const Zipf law(segments_of(object, segment_), from_.zipf_exponent);
    drawn.segment = static_cast<std::uint32_t>(law.sample(block.low64(), more));
  }
  const std::uint32_t within = whole_ ? 0 : drawn.segment;
  drawn.form = variant(block.words[2], block.words[3]) * span_ + within;
  return drawn;
}

BytePart Forms::part_of(std::uint32_t segment, Bytes object) const {
  const Bytes from{segment * segment_.count()};
  CDNSIM_ASSERT(from < object, "an object is asked for segments that it has");
  return {from, std::min(segment_, object - from)};
}

std::optional<FormsProblem> forms_problem(const ContentSpec& spec) {
  if (spec.asked) {
    if (auto problem = problem_of_names(*spec.asked)) return problem;
    if (combinations_of(fields_of(spec)) > Forms::kMostCombinations) {
      return FormsProblem{"/asked",
                          fmt::format("more than {} combinations of parameters and headers; give "
                                      "fewer values, or leave out what the key leaves out",
                                      Forms::kMostCombinations)};
    }
  }
  if (!spec.ranges) return std::nullopt;
  return problem_of_ranges(spec, Forms(without_ranges(spec)));
}

}  // namespace cdnsim
