#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/data_path/freshness.hpp>

#include "http_text.hpp"

namespace cdnsim {

namespace {

using detail::lowered;
using detail::trimmed;

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
    Flag{"must-understand", &CacheControl::must_understand},
};
constexpr std::array kSpans{
    Span{"max-age", &CacheControl::max_age},
    Span{"s-maxage", &CacheControl::s_maxage},
    Span{"stale-while-revalidate", &CacheControl::stale_while_revalidate},
    Span{"stale-if-error", &CacheControl::stale_if_error},
};

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
  return "unknown Cache-Control directive " + quoted(name) + did_you_mean(name, known);
}

const Flag* find_flag(std::string_view name) {
  const auto found = std::find_if(kFlags.begin(), kFlags.end(),
                                  [&](const Flag& flag) { return flag.name == name; });
  return found == kFlags.end() ? nullptr : &*found;
}
const Span* find_span(std::string_view name) {
  const auto found = std::find_if(kSpans.begin(), kSpans.end(),
                                  [&](const Span& span) { return span.name == name; });
  return found == kSpans.end() ? nullptr : &*found;
}

// `after_name` is what follows a directive's name: "=60", or the same in quotes.
std::optional<Duration> seconds_after(std::string_view after_name) {
  std::string_view value = trimmed(after_name);
  if (!value.starts_with('=')) return std::nullopt;
  value = trimmed(value.substr(1));
  if (value.size() >= 2 && value.starts_with('"') && value.ends_with('"')) {
    value = value.substr(1, value.size() - 2);
  }
  return delta_seconds(value);
}

// Reads one directive into `control`. Returns what is wrong with it, or nothing.
std::string read_directive(std::string_view directive, CacheControl& control) {
  if (directive.find(';') != std::string_view::npos) {
    return "directives are separated by commas, not by \";\"";
  }
  const std::size_t equals = std::min(directive.find('='), directive.size());
  const std::string name = lowered(trimmed(directive.substr(0, equals)));
  if (const Flag* flag = find_flag(name)) {
    if (equals != directive.size()) return quoted(name) + " takes no value";
    return std::exchange(control.*flag->field, true) ? quoted(name) + " is given twice" : "";
  }
  const Span* span = find_span(name);
  if (span == nullptr) return unknown_directive(name);
  const std::optional<Duration> duration = seconds_after(directive.substr(equals));
  if (!duration) return quoted(name) + " needs whole seconds; write e.g. \"" + name + "=60\"";
  if (control.*span->field) return quoted(name) + " is given twice";
  control.*span->field = duration;
  return {};
}

// What begins like a known directive is taken for it, so that nothing that forbids is overlooked.
void read_what_there_is(std::string_view directive, CacheControl& control) {
  const std::string_view token = detail::leading_token(directive);
  const std::string name = lowered(token);
  if (const Flag* flag = find_flag(name)) {
    control.*flag->field = true;
  } else if (const Span* span = find_span(name); span != nullptr && !(control.*span->field)) {
    control.*span->field = seconds_after(directive.substr(token.size())).value_or(Duration(0));
  }
}

}  // namespace

bool CacheControl::storable(bool status_understood) const {
  if (is_private) return false;
  return must_understand ? status_understood : !no_store;
}

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
  for (detail::ListReader list(text); !list.done();) {
    const std::string_view directive = list.next();
    if (directive.empty()) continue;
    std::string problem = read_directive(directive, control);
    if (!problem.empty()) return {{}, std::move(problem)};
  }
  return {control, {}};
}

CacheControl read_cache_control(std::string_view header) {
  CacheControl control;
  for (detail::ListReader list(header); !list.done();) read_what_there_is(list.next(), control);
  return control;
}

std::optional<Duration> read_age(std::string_view header) {
  return delta_seconds(detail::ListReader(header).next());
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
