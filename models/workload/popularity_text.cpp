// Popularity laws as text.
#include <string>
#include <type_traits>

#include <fmt/format.h>

#include <cdnsim/models/workload/law_text.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {
namespace {

// Calls fn with a law of each kind that there is.
template <class Fn, class... Laws>
void for_each_rank_law(Fn&& fn, std::type_identity<std::variant<Laws...>>) {
  (fn(Laws{}), ...);
}

std::string not_a_popularity(std::string_view text) {
  std::string others;
  for_each_rank_law(
      [&]<class Law>(const Law&) { others += fmt::format(", \"{}\"", Law::kExample); },
      std::type_identity<RankLaw>{});
  return fmt::format(
      "\"{}\" is not a popularity law; write \"uniform\" or e.g. \"zipf:0.9\" (exponent 0 to 20)"
      "{}",
      text, others);
}

template <class Law>
std::string wrong_parameters(std::string_view text) {
  std::string takes;
  for (const RankLawParameter<Law>& parameter : Law::parameters()) {
    takes += fmt::format("{}{} from {} to {}", takes.empty() ? "" : ", ", parameter.name,
                         parameter.least, parameter.most);
  }
  return fmt::format("\"{}\": {} takes {}; write e.g. \"{}\"", text, Law::kName, takes,
                     Law::kExample);
}

template <class Law>
Parsed<PopularityLaw> parse_rank_law(std::string_view parameters, std::string_view whole) {
  const auto given = law_parameters(parameters);
  const auto wanted = Law::parameters();
  Law law;
  bool fits = given.size() == wanted.size();
  for (const RankLawParameter<Law>& parameter : wanted) {
    const auto found = given.find(parameter.name);
    fits = fits && found != given.end() &&
           read_number(found->second, parameter.least, parameter.most, law.*parameter.value);
  }
  if (!fits) return {{}, wrong_parameters<Law>(whole)};
  return {PopularityLaw{0.0, law}, {}};
}

}  // namespace

template <>
Parsed<PopularityLaw> parse<PopularityLaw>(std::string_view text) {
  constexpr std::string_view kZipf = "zipf:";
  PopularityLaw law;
  if (text == "uniform") return {law, {}};
  if (text.starts_with(kZipf) &&
      read_number(text.substr(kZipf.size()), 0.0, 20.0, law.zipf_exponent)) {
    return {law, {}};
  }
  Parsed<PopularityLaw> parsed{{}, not_a_popularity(text)};
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) return parsed;
  for_each_rank_law(
      [&]<class Law>(const Law&) {
        if (text.substr(0, colon) == Law::kName) {
          parsed = parse_rank_law<Law>(text.substr(colon + 1), text);
        }
      },
      std::type_identity<RankLaw>{});
  return parsed;
}

std::string to_text(const PopularityLaw& law) {
  if (!law.other) {
    return law.zipf_exponent == 0.0 ? "uniform" : fmt::format("zipf:{}", law.zipf_exponent);
  }
  return std::visit(
      []<class Law>(const Law& ranks) {
        std::string text(Law::kName);
        char mark = ':';
        for (const RankLawParameter<Law>& parameter : Law::parameters()) {
          text += fmt::format("{}{}={}", mark, parameter.name, ranks.*parameter.value);
          mark = ',';
        }
        return text;
      },
      *law.other);
}

}  // namespace cdnsim
