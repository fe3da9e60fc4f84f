#include <algorithm>
#include <utility>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim {

namespace {

constexpr std::string_view kNameLetters = "abcdefghijklmnopqrstuvwxyz0123456789_-";

bool is_name(std::string_view text) {
  return !text.empty() && text.find_first_not_of(kNameLetters) == std::string_view::npos;
}

template <class Text>
Parsed<Text> not_a_policy(std::string_view text) {
  return {{}, is_not(text, UnitInfo<Text>::kName, UnitInfo<Text>::kExample)};
}

// A parameter's value: "0.1", "200k", "1MiB".
Parsed<double> parse_value(std::string_view text) {
  const Parsed<double> plain = parse<double>(text);
  if (plain.value) return plain;
  if (const auto bytes = parse<Bytes>(text); bytes.value) {
    return {static_cast<double>(bytes.value->count()), {}};
  }
  const auto count = parse<std::uint64_t>(text);
  return count.value ? Parsed<double>{static_cast<double>(*count.value), {}} : plain;
}

// Cuts off what is before the first `separator`, and the separator.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view head = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return head;
}

std::string joined(std::span<const std::string_view> names) {
  std::string text;
  for (const std::string_view name : names) {
    if (!text.empty()) text += ", ";
    text += name;
  }
  return text;
}

// What is wrong with a value, or nothing.
std::string problem_of(const PolicyParameter& known, double value) {
  const std::string name(known.name);
  if (value < known.least || value > known.most) {
    return name + " is " + decimal_text(value) + "; it may be from " + decimal_text(known.least) +
           " to " + decimal_text(known.most);
  }
  const bool whole = static_cast<double>(static_cast<std::int64_t>(value)) == value;
  if (known.whole && !whole) return name + " is " + decimal_text(value) + ", but must be whole";
  return {};
}

std::string unknown_parameter(const std::string& policy, std::string_view name,
                              std::span<const PolicyParameter> known) {
  if (known.empty()) return "policy " + quoted(policy) + " has no parameters";
  std::vector<std::string_view> names;
  for (const PolicyParameter& parameter : known) names.push_back(parameter.name);
  return "policy " + quoted(policy) + " has no parameter " + quoted(name) +
         did_you_mean(name, names) + " known: " + joined(names);
}

template <class Text>
Parsed<Text> parse_policy(std::string_view text) {
  std::string_view rest = text;
  Text policy;
  const std::string_view name = cut(rest, ':');
  if (!is_name(name) || text.ends_with(':') || text.ends_with(',')) return not_a_policy<Text>(text);
  policy.name = name;
  while (!rest.empty()) {
    std::string_view value = cut(rest, ',');
    const std::string parameter(cut(value, '='));
    if (!is_name(parameter)) return not_a_policy<Text>(text);
    const Parsed<double> number = parse_value(value);
    if (!number.value) return {{}, parameter + " of " + quoted(text) + ": " + number.problem};
    if (!policy.parameters.emplace(parameter, *number.value).second) {
      return {{}, quoted(text) + " gives " + parameter + " twice"};
    }
  }
  return {std::move(policy), {}};
}

}  // namespace

template <>
Parsed<PolicyText> parse<PolicyText>(std::string_view text) {
  return parse_policy<PolicyText>(text);
}
template <>
Parsed<AdmissionText> parse<AdmissionText>(std::string_view text) {
  return parse_policy<AdmissionText>(text);
}

std::string to_text(const PolicyText& policy) {
  std::string text = policy.name;
  char separator = ':';
  for (const auto& [name, value] : policy.parameters) {
    text += std::exchange(separator, ',') + name + "=" + decimal_text(value);
  }
  return text;
}

Parsed<std::vector<double>> policy_values(const PolicyText& text,
                                          std::span<const PolicyParameter> known) {
  std::vector<double> values;
  for (const PolicyParameter& parameter : known) values.push_back(parameter.otherwise);
  for (const auto& [name, value] : text.parameters) {
    const auto found = std::find_if(known.begin(), known.end(),
                                    [&](const PolicyParameter& p) { return p.name == name; });
    if (found == known.end()) return {{}, unknown_parameter(text.name, name, known)};
    if (std::string problem = problem_of(*found, value); !problem.empty()) {
      return {{}, "policy " + quoted(text.name) + ": " + problem};
    }
    values[static_cast<std::size_t>(found - known.begin())] = value;
  }
  return {std::move(values), {}};
}

std::string unknown_policy(std::string_view kind, std::string_view name,
                           std::span<const std::string_view> known) {
  return "unknown " + std::string(kind) + " " + quoted(name) + did_you_mean(name, known) +
         (did_you_mean(name, known).empty() ? "; known: " : " known: ") + joined(known);
}

}  // namespace cdnsim
