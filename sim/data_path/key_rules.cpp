#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/data_path/url_key.hpp>

#include "http_text.hpp"
#include "url.hpp"

namespace cdnsim {

namespace {

using detail::trimmed;

constexpr std::array<std::string_view, 28> kTracking{
    "utm_*",   "gclid",   "gclsrc", "dclid",  "gbraid", "wbraid",      "srsltid",
    "fbclid",  "igshid",  "igsh",   "twclid", "ttclid", "li_fat_id",   "epik",
    "msclkid", "yclid",   "mc_cid", "mc_eid", "_ga",    "_gl",         "_hsenc",
    "_hsmi",   "vero_id", "ef_id",  "irgwc",  "dm_i",   "oly_anon_id", "oly_enc_id"};

constexpr std::string_view kTrackingName = "tracking";
constexpr std::array<std::string_view, 5> kRuleNames{"query", "order", "scheme", "host", "vary"};
constexpr std::array<std::string_view, 4> kQueryNames{"all", "none", "only", "all-but"};
constexpr std::array<std::string_view, 3> kVaryNames{"given", "lower", "coding"};
constexpr std::string_view kCodingHeader = "accept-encoding";

bool matches(std::string_view pattern, std::string_view name) {
  if (!pattern.ends_with('*')) return pattern == name;
  pattern.remove_suffix(1);
  return name.starts_with(pattern);
}

VaryBy usual_for(std::string_view header) {
  return header == kCodingHeader ? VaryBy::coding : VaryBy::given;
}

// Cuts off what is before the first `separator`, and the separator. Without blanks.
std::string_view cut(std::string_view& rest, char separator) {
  const std::size_t end = std::min(rest.find(separator), rest.size());
  const std::string_view head = trimmed(rest.substr(0, end));
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return head;
}

template <std::size_t n>
std::string either(const std::array<std::string_view, n>& known) {
  std::string text;
  for (std::size_t i = 0; i < n; ++i) {
    text += i == 0 ? "" : i + 1 == n ? " or " : ", ";
    text += known[i];
  }
  return text;
}

template <std::size_t n>
std::string unknown(std::string_view what, std::string_view given,
                    const std::array<std::string_view, n>& known) {
  const std::string near = did_you_mean(given, known);
  return std::string(what) + " " + quoted(given) +
         (near.empty() ? "; write " + either(known) : near);
}

// The place of `given` among the known names, or their number.
template <std::size_t n>
std::size_t place_of(std::string_view given, const std::array<std::string_view, n>& known) {
  return static_cast<std::size_t>(std::find(known.begin(), known.end(), given) - known.begin());
}

std::string twice(std::string_view name) { return quoted(name) + " is given twice"; }

// Each reader of a rule returns what is wrong with it, or nothing.
std::string read_parameter(std::string_view given, KeyRules& rules) {
  if (given == kTrackingName) return std::exchange(rules.tracking, true) ? twice(given) : "";
  const bool is_whole = given.ends_with('=') && !given.ends_with("*=");
  const std::string_view name = is_whole ? given.substr(0, given.size() - 1) : given;
  Parsed<std::string> spelt = detail::one_spelling(name);
  if (!spelt.value) return "parameter " + quoted(given) + " " + spelt.problem;
  std::string& pattern = *spelt.value;
  if (pattern.empty() || pattern == "*") {
    return "a list of parameters needs names between its commas, such as \"utm_*,session\"";
  }
  if (pattern.find_first_of("&=#;") != std::string::npos) {
    return "parameter " + quoted(given) + " has a character that no name has";
  }
  if (pattern.find('*') < pattern.size() - 1) {
    return "parameter " + quoted(given) + ": a \"*\" can only be the last character";
  }
  if (std::count(rules.parameters.begin(), rules.parameters.end(), pattern) != 0) {
    return twice(given);
  }
  rules.parameters.push_back(std::move(pattern));
  return {};
}

std::string read_query(std::string_view value, KeyRules& rules) {
  const bool has_list = value.find(':') != std::string_view::npos;
  const std::string_view name = cut(value, ':');
  const std::size_t place = place_of(name, kQueryNames);
  if (place == kQueryNames.size()) return unknown("unknown query rule", name, kQueryNames);
  rules.query = static_cast<QueryRule>(place);
  const bool wants_list = rules.query == QueryRule::only || rules.query == QueryRule::all_but;
  if (has_list && !wants_list) return "query=" + std::string(name) + " takes no names";
  if (!wants_list) return {};
  if (trimmed(value).empty()) {
    return "query=" + std::string(name) + " needs names; write e.g. \"query=" + std::string(name) +
           ":id,page\"";
  }
  for (bool more = true; more;) {
    more = value.find(',') != std::string_view::npos;
    std::string problem = read_parameter(cut(value, ','), rules);
    if (!problem.empty()) return problem;
  }
  return {};
}

std::string read_header(std::string_view given, KeyRules& rules) {
  std::string_view rest = given;
  const bool has_by = given.find(':') != std::string_view::npos;
  VaryRule rule{detail::lowered(cut(rest, ':')), VaryBy::given};
  if (rule.name == "*") return "vary=* would match no request; name the headers that count";
  if (rule.name.empty() || detail::leading_token(rule.name) != rule.name) {
    return quoted(given) + " is not a header's name; write e.g. \"vary=accept-encoding\"";
  }
  rule.by = usual_for(rule.name);
  if (has_by) {
    const std::string_view by = trimmed(rest);
    const std::size_t place = place_of(by, kVaryNames);
    if (place == kVaryNames.size()) return unknown("unknown way to read a header", by, kVaryNames);
    rule.by = static_cast<VaryBy>(place);
  }
  if (rule.by == VaryBy::coding && rule.name != kCodingHeader) {
    return "only accept-encoding can be read as \"coding\", not " + quoted(rule.name);
  }
  for (const VaryRule& other : rules.vary) {
    if (other.name == rule.name) return twice(rule.name);
  }
  rules.vary.push_back(std::move(rule));
  return {};
}

std::string read_vary(std::string_view value, KeyRules& rules) {
  for (bool more = true; more;) {
    more = value.find(',') != std::string_view::npos;
    std::string problem = read_header(cut(value, ','), rules);
    if (!problem.empty()) return problem;
  }
  return {};
}

// One of two words: the second sets `flag` to `meaning`, the first to its opposite.
std::string read_choice(std::string_view rule, std::string_view value,
                        const std::array<std::string_view, 2>& words, bool meaning, bool& flag) {
  const std::size_t place = place_of(value, words);
  if (place == words.size()) {
    return unknown("unknown " + std::string(rule) + " rule", value, words);
  }
  flag = (place == 1) == meaning;
  return {};
}

std::string read_rule(std::string_view name, std::string_view value, KeyRules& rules) {
  constexpr std::array<std::string_view, 2> kOrders{"kept", "sorted"}, kUses{"count", "ignore"};
  if (name == "query") return read_query(value, rules);
  if (name == "order") return read_choice(name, value, kOrders, true, rules.sorted);
  if (name == "scheme") return read_choice(name, value, kUses, false, rules.scheme_counts);
  if (name == "host") return read_choice(name, value, kUses, false, rules.host_counts);
  if (name == "vary") return read_vary(value, rules);
  return unknown("unknown key rule", name, kRuleNames);
}

std::string query_text(const KeyRules& rules) {
  std::string text(kQueryNames[static_cast<std::size_t>(rules.query)]);
  char separator = ':';
  if (rules.tracking) text += std::exchange(separator, ',') + std::string(kTrackingName);
  for (const std::string& name : rules.parameters) {
    text += std::exchange(separator, ',') + name + (name == kTrackingName ? "=" : "");
  }
  return text;
}

std::string vary_text(const KeyRules& rules) {
  std::string text;
  for (const VaryRule& rule : rules.vary) {
    if (!text.empty()) text += ',';
    text += rule.name;
    if (rule.by == usual_for(rule.name)) continue;
    text += ':';
    text += kVaryNames[static_cast<std::size_t>(rule.by)];
  }
  return text;
}

}  // namespace

std::span<const std::string_view> tracking_parameters() { return kTracking; }

bool KeyRules::counts(std::string_view parameter) const {
  if (query == QueryRule::all || query == QueryRule::none) return query == QueryRule::all;
  const auto is_it = [&](std::string_view pattern) { return matches(pattern, parameter); };
  const bool listed = std::any_of(parameters.begin(), parameters.end(), is_it) ||
                      (tracking && std::any_of(kTracking.begin(), kTracking.end(), is_it));
  return listed == (query == QueryRule::only);
}

template <>
Parsed<KeyRules> parse<KeyRules>(std::string_view text) {
  KeyRules rules;
  std::set<std::string_view> seen;
  std::string_view rest = text;
  for (bool more = true; more;) {
    more = rest.find(';') != std::string_view::npos;
    std::string_view value = cut(rest, ';');
    const bool has_value = value.find('=') != std::string_view::npos;
    const std::string_view name = cut(value, '=');
    if (!has_value) {
      return {{}, is_not(text, UnitInfo<KeyRules>::kName, UnitInfo<KeyRules>::kExample)};
    }
    if (!seen.insert(name).second) return {{}, "key rule " + twice(name)};
    std::string problem = read_rule(name, trimmed(value), rules);
    if (!problem.empty()) return {{}, std::move(problem)};
  }
  return {std::move(rules), {}};
}

std::string to_text(const KeyRules& rules) {
  std::string text;
  const auto add = [&](const std::string& rule) { text += (text.empty() ? "" : "; ") + rule; };
  if (rules.query != QueryRule::all) add("query=" + query_text(rules));
  if (rules.sorted) add("order=sorted");
  if (!rules.scheme_counts) add("scheme=ignore");
  if (!rules.host_counts) add("host=ignore");
  if (!rules.vary.empty()) add("vary=" + vary_text(rules));
  return text.empty() ? "query=all" : text;
}

}  // namespace cdnsim
