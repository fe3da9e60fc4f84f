// What HTTP says about how long a copy may be used (RFC 9111, RFC 5861), for a shared cache.
// Does not know caches: it reads Cache-Control and judges a copy by its dates.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// How long after its freshness a copy may still be used, and for what.
struct StaleWindows {
  Duration while_revalidate{0};
  Duration if_error{0};
  bool operator==(const StaleWindows&) const = default;
};

// The directives of a response, as written; the functions say what they mean to a shared cache.
struct CacheControl {
  bool is_public = false;
  bool is_private = false;
  bool no_store = false;
  bool no_cache = false;
  bool must_revalidate = false;
  bool proxy_revalidate = false;
  bool immutable = false;
  bool no_transform = false;
  bool must_understand = false;
  std::optional<Duration> max_age;
  std::optional<Duration> s_maxage;
  std::optional<Duration> stale_while_revalidate;
  std::optional<Duration> stale_if_error;

  bool operator==(const CacheControl&) const = default;

  // `status_understood`: the cache knows what the response's status means for caching. Only
  // must-understand asks for that, and then it takes the place of no-store.
  bool storable(bool status_understood = true) const;

  // Likewise, where the request had an Authorization field (RFC 9111, 3.5).
  bool storable_when_authorized(bool status_understood = true) const {
    return storable(status_understood) && (is_public || must_revalidate || s_maxage);
  }

  // From generation to staleness; nothing when the response leaves it to the cache.
  std::optional<Duration> lifetime() const;

  // None where a stale copy must not be used unasked. s-maxage alone does not close them, as
  // RFC 9111 would have it, because no CDN reads it so.
  StaleWindows stale_windows() const;
};

template <>
struct UnitInfo<CacheControl> {
  static constexpr const char* kName = "a Cache-Control value";
  static constexpr const char* kExample = "public, max-age=3600, stale-while-revalidate=60";
  static constexpr const char* kPattern = "^[ -~\\t]*$";
};

// An unknown, repeated or malformed directive is a problem: this reads scenarios, not the web.
template <>
Parsed<CacheControl> parse<CacheControl>(std::string_view text);
std::string to_text(const CacheControl& control);

// A real response's field, or several joined by commas. Never fails: unknown directives are passed
// over, of two values the first counts, a lifetime that is no number is 0, private="set-cookie"
// means the whole response as private does, and what follows a name amiss does not hide the name.
// Equal to what parse() gives wherever that finds no problem.
CacheControl read_cache_control(std::string_view header);

// The Age field: the first of several; nothing when it is no number.
std::optional<Duration> read_age(std::string_view header);

// What is known of a response's age, by this cache's clock but for `date` (RFC 9111, 4.2.3).
template <class TimePoint>
struct ResponseTimes {
  TimePoint asked_at;                  // the request that it answers was sent
  TimePoint came_at;                   // it was received
  std::optional<TimePoint> date{};     // its Date, by the origin's clock
  typename TimePoint::duration age{};  // its Age; 0 without one
};

template <class TimePoint>
constexpr auto current_age(const ResponseTimes<TimePoint>& response, TimePoint now) {
  using Length = typename TimePoint::duration;
  const TimePoint date = response.date.value_or(response.came_at);
  const Length apparent = std::max(Length::zero(), response.came_at - date);
  const Length corrected = response.age + (response.came_at - response.asked_at);
  return std::max(apparent, corrected) + (now - response.came_at);
}

enum class Use : std::uint8_t {
  fresh,
  stale_while_revalidate,  // may be served, and asks for a revalidation
  stale_if_error_only,     // may be served if the origin cannot be asked
  expired
};

// Both windows begin when the copy goes stale, and an instant at the end of one is outside it.
template <class TimePoint>
constexpr Use judge(TimePoint fresh_until, TimePoint now, const StaleWindows& windows) {
  if (now < fresh_until) return Use::fresh;
  const auto stale_for = now - fresh_until;
  if (stale_for < windows.while_revalidate) return Use::stale_while_revalidate;
  if (stale_for < windows.if_error) return Use::stale_if_error_only;
  return Use::expired;
}

}  // namespace cdnsim
