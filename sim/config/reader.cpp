#include <algorithm>
#include <limits>
#include <optional>

#include <cdnsim/config/embedded_links.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/reader.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

// Beyond this a double has no fraction, and does not hold every whole number.
constexpr double kExactMax = 9007199254740992.0;  // 2^53

bool is_huge(double number) { return number > kExactMax || number < -kExactMax; }

// A number without a fraction, as JSON Schema has it: 24.0 is whole.
std::optional<std::int64_t> whole(double number) {
  if (is_huge(number)) return std::nullopt;
  const auto integer = static_cast<std::int64_t>(number);
  if (static_cast<double>(integer) != number) return std::nullopt;
  return integer;
}

// Adds the strings that `steps[at]...` means; a step * means every member.
void collect_strings(const Value& value, const std::vector<std::string>& steps, std::size_t at,
                     std::vector<std::string>& names) {
  const Object* members = value.as<Object>();
  if (at == steps.size()) {
    if (const std::string* text = value.as<std::string>()) names.push_back(*text);
  } else if (members && steps[at] == "*") {
    for (const Member& member : *members) collect_strings(member.value, steps, at + 1, names);
  } else if (const Member* member = members ? find(*members, steps[at]) : nullptr) {
    collect_strings(member->value, steps, at + 1, names);
  }
}

// The links that are made for embedded caches at which none is drawn.
void add_links_made(const Value& root, std::vector<std::string>& names) {
  const Value* caches = at_pointer(root, "/network/embedded");
  if (caches == nullptr || !caches->is<Object>()) return;
  std::vector<std::string> ends;
  for (const char* end : {"from", "to"})
    collect_strings(root, {"network", "links", "*", end}, 0, ends);
  for (const Member& cache : *caches->as<Object>()) {
    if (std::ranges::find(ends, cache.key) == ends.end()) {
      names.push_back(link_of_embedded(cache.key));
    }
  }
}

std::string where(const RefersTo& target) {
  const std::vector<std::string> pointers(target.pointers.begin(), target.pointers.end());
  return joined(pointers);
}

}  // namespace

void Reader::complain(const Value& value, std::string message) {
  problems_.add(value.place(), pointer_, std::move(message));
}

void Reader::wrong_type(const Value& value, const std::string& wanted) {
  if (value.is<Broken>()) return;
  complain(value, fmt::format("found {}; wanted {}", found(value), wanted));
}

// Named after the key: `unknown policy "sive"; did you mean "sieve"?`
void Reader::unknown_name(const Value& value, std::string_view name,
                          const std::vector<std::string>& known) {
  const std::string key = unescaped(std::string_view(pointer_).substr(pointer_.rfind('/') + 1));
  const bool is_index = !key.empty() && key.find_first_not_of("0123456789") == key.npos;
  complain(value, fmt::format("unknown {} {}{}", is_index ? "name" : key, cdnsim::quoted(name),
                              hint(name, known)));
}

const Member* Reader::take(std::string_view key) {
  scope_->known.emplace_back(key);
  return find(scope_->members, key);
}

void Reader::missing(std::string_view key, std::string_view meaning, const std::string& wanted) {
  complain(scope_->value,
           fmt::format("missing key {}: {}; wanted {}", cdnsim::quoted(key), meaning, wanted));
}

void Reader::report_unknown_keys() {
  if (scope_->keys_unknown) return;
  for (const Member& member : scope_->members) {
    if (std::ranges::find(scope_->known, member.key) != scope_->known.end()) continue;
    at_step(member.key, [&] {
      const std::string meant = problems_.full() ? "" : hint(member.key, scope_->known);
      problems_.add(member.key_place, pointer_, "unknown key" + meant);
    });
  }
}

void Reader::require(bool holds, std::string_view key, std::string_view message) {
  if (holds || problems_.count() > scope_->problems_before) return;
  const Member* member = find(scope_->members, key);
  at_step(key, [&] { complain(member ? member->value : scope_->value, std::string(message)); });
  scope_->problems_before = problems_.count();  // other rules are told too
}

bool Reader::is_id(const Member& member) {
  const bool has_controls = std::ranges::any_of(
      member.key, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; });
  if (!member.key.empty() && !has_controls) return true;
  problems_.add(
      member.key_place, pointer_,
      has_controls ? "a name must not hold control characters" : "a name must not be empty");
  return false;
}

const Reader::Names& Reader::names_at(std::string_view pointer) {
  const auto known = names_.find(pointer);
  if (known != names_.end()) return known->second;
  Names& names = names_[std::string(pointer)];
  if (pointer.find("/*") != pointer.npos) {
    collect_strings(document_.root, steps_of(pointer), 0, names.emplace());
  } else if (const Value* value = at_pointer(document_.root, pointer)) {
    const Object* members = value->as<Object>();
    if (!members) return names;
    names.emplace();
    for (const Member& member : *members) names->push_back(member.key);
  } else {
    names.emplace();
  }
  if (pointer == "/network/links") add_links_made(document_.root, *names);
  std::ranges::sort(*names);
  return names;
}

void Reader::check_name(Place place, std::string_view name, const RefersTo& target) {
  const auto is_name = [&](std::string_view known) { return known == name; };
  if (std::ranges::any_of(target.words, is_name)) return;
  std::vector<std::string> known(target.words.begin(), target.words.end());
  for (const std::string_view pointer : target.pointers) {
    const Names& names = names_at(pointer);
    if (!names || std::ranges::binary_search(*names, name)) return;
  }
  for (const std::string_view pointer : target.pointers) {
    if (problems_.full()) break;
    const Names& names = names_at(pointer);
    known.insert(known.end(), names->begin(), names->end());
  }
  const auto repeated = std::ranges::unique(known);
  known.erase(repeated.begin(), repeated.end());
  problems_.add(
      place, pointer_,
      fmt::format("{} is not in {}{}", cdnsim::quoted(name), where(target), hint(name, known)));
}

bool Reader::parse_leaf(const Value& value, bool& out) {
  const bool* found = value.as<bool>();
  if (found) out = *found;
  return found != nullptr;
}

bool Reader::parse_leaf(const Value& value, std::string& out) {
  const std::string* text = value.as<std::string>();
  if (text) out = *text;
  return text != nullptr;
}

// Relative to the file that says it; an override, which has no lines, speaks of where one stands.
bool Reader::parse_leaf(const Value& value, FilePath& out) {
  const std::string* text = value.as<std::string>();
  if (!text) return false;
  if (text->empty()) complain(value, "the name of the file is missing");
  const Place place = value.place();
  const std::filesystem::path said_in = place.line == 0 ? "" : document_.sources[place.source];
  out = FilePath{*text, said_in.parent_path().string()};
  return !text->empty();
}

bool Reader::parse_leaf(const Value& value, AnyValue& out) {
  out.json = json_text(value);
  return true;
}

bool Reader::parse_leaf(const Value& value, double& out) {
  if (const auto* number = value.as<double>()) {
    out = *number;
  } else if (const auto* integer = value.as<std::int64_t>()) {
    out = static_cast<double>(*integer);
  } else if (const auto* count = value.as<std::uint64_t>()) {
    out = static_cast<double>(*count);
  } else {
    return false;
  }
  return true;
}

bool Reader::parse_leaf(const Value& value, std::int64_t& out) {
  const auto* count = value.as<std::uint64_t>();
  const auto* number = value.as<double>();
  if (const auto* integer = value.as<std::int64_t>()) {
    out = *integer;
  } else if (count && std::in_range<std::int64_t>(*count)) {
    out = static_cast<std::int64_t>(*count);
  } else if (number && whole(*number)) {
    out = *whole(*number);
  } else if (count || (number && is_huge(*number))) {
    complain(value, shown(value) + " does not fit 64 bits");
    return false;
  } else {
    return false;
  }
  return true;
}

bool Reader::parse_leaf(const Value& value, std::uint64_t& out) {
  if (const auto* count = value.as<std::uint64_t>()) {
    out = *count;
    return true;
  }
  if (const std::string* text = value.as<std::string>()) {
    Parsed<std::uint64_t> parsed = parse<std::uint64_t>(*text);
    if (!parsed.value) complain(value, std::move(parsed.problem));
    out = parsed.value.value_or(0);
    return parsed.value.has_value();
  }
  std::int64_t integer = 0;
  if (!parse_leaf(value, integer)) return false;
  if (integer < 0) complain(value, shown(value) + " is negative");
  out = static_cast<std::uint64_t>(integer);
  return integer >= 0;
}

bool Reader::parse_leaf(const Value& value, std::uint32_t& out) {
  constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
  std::uint64_t count = 0;
  if (!parse_leaf(value, count)) return false;
  if (count > kMost)
    complain(value, fmt::format("{} is too large; at most {}", shown(value), kMost));
  out = static_cast<std::uint32_t>(count);
  return count <= kMost;
}

}  // namespace cdnsim::config
