#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <cdnsim/data_path/freshness.hpp>

#include "nearest_name.hpp"

namespace cdnsim {

namespace {

struct Flag {
  std::string_view name;
  bool CacheControl::* field;
};
struct Span {
  std::string_view name;
  std::optional<Duration> CacheControl::* field;
};

constexpr std::array kFlags{
    Flag{"public", &CacheControl::is_public},
    Flag{"private", &CacheControl::is_private},
    Flag{"no-store", &CacheControl::no_store},
    Flag{"no-cache", &CacheControl::no_cache},
    Flag{"must-revalidate", &CacheControl::must_revalidate},
    Flag{"proxy-revalidate", &CacheControl::proxy_revalidate},
    Flag{"immutable", &CacheControl::immutable},
    Flag{"no-transform", &CacheControl::no_transform},
};
constexpr std::array kSpans{
    Span{"max-age", &CacheControl::max_age},
    Span{"s-maxage", &CacheControl::s_maxage},
    Span{"stale-while-revalidate", &CacheControl::stale_while_revalidate},
    Span{"stale-if-error", &CacheControl::stale_if_error},
};

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

// Whole seconds; more than 2^31 count as 2^31, as RFC 9111 has it.
std::optional<Duration> delta_seconds(std::string_view digits) {
  constexpr std::int64_t kMost = std::int64_t{1} << 31;
  if (digits.empty()) return std::nullopt;
  std::int64_t count = 0;
  for (const char c : digits) {
    if (c < '0' || c > '9') return std::nullopt;
    count = std::min(count * 10 + (c - '0'), kMost);
  }
  return std::chrono::seconds(count);
}

std::string unknown_directive(std::string_view name) {
  std::vector<std::string_view> known;
  for (const Flag& flag : kFlags) known.push_back(flag.name);
  for (const Span& span : kSpans) known.push_back(span.name);
  return "unknown Cache-Control directive " + quoted(name) + detail::did_you_mean(name, known);
}

// Reads one directive into `control`. Returns what is wrong with it, or nothing.
std::string read_directive(std::string_view directive, CacheControl& control) {
  if (directive.find(';') != std::string_view::npos) {
    return "directives are separated by commas, not by \";\"";
  }
  const std::size_t equals = std::min(directive.find('='), directive.size());
  const std::string name = lowered(trimmed(directive.substr(0, equals)));
  const bool has_value = equals != directive.size();
  const auto is_it = [&](const auto& known) { return known.name == name; };
  if (const auto flag = std::find_if(kFlags.begin(), kFlags.end(), is_it); flag != kFlags.end()) {
    if (has_value) return quoted(name) + " takes no value";
    return std::exchange(control.*flag->field, true) ? quoted(name) + " is given twice" : "";
  }
  const auto span = std::find_if(kSpans.begin(), kSpans.end(), is_it);
  if (span == kSpans.end()) return unknown_directive(name);
  std::string_view value = has_value ? trimmed(directive.substr(equals + 1)) : "";
  if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
    value = value.substr(1, value.size() - 2);
  }
  const std::optional<Duration> duration = delta_seconds(value);
  if (!duration) return quoted(name) + " needs whole seconds; write e.g. \"" + name + "=60\"";
  if (control.*span->field) return quoted(name) + " is given twice";
  control.*span->field = duration;
  return {};
}

}  // namespace

std::optional<Duration> CacheControl::lifetime() const {
  if (no_cache) return Duration(0);
  return s_maxage ? s_maxage : max_age;
}

StaleWindows CacheControl::stale_windows() const {
  if (no_cache || must_revalidate || proxy_revalidate) return {};
  return {stale_while_revalidate.value_or(Duration(0)), stale_if_error.value_or(Duration(0))};
}

template <>
Parsed<CacheControl> parse<CacheControl>(std::string_view text) {
  CacheControl control;
  std::string_view rest = text;
  while (!trimmed(rest).empty()) {
    const std::size_t end = std::min(rest.find(','), rest.size());
    const std::string_view directive = trimmed(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (directive.empty()) continue;  // RFC 9110 lets lists have empty elements
    std::string problem = read_directive(directive, control);
    if (!problem.empty()) return {{}, std::move(problem)};
  }
  return {control, {}};
}

std::string to_text(const CacheControl& control) {
  std::string text;
  const auto add = [&](std::string_view directive) {
    if (!text.empty()) text += ", ";
    text += directive;
  };
  for (const Flag& flag : kFlags) {
    if (control.*flag.field) add(flag.name);
  }
  for (const Span& span : kSpans) {
    if (!(control.*span.field)) continue;
    const auto whole = std::chrono::duration_cast<std::chrono::seconds>(*(control.*span.field));
    add(std::string(span.name) + "=" + std::to_string(whole.count()));
  }
  return text;
}

}  // namespace cdnsim
