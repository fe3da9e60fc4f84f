// What HTTP says about how long a copy may be used (RFC 9111, RFC 5861), for a shared cache.
// Does not know caches: it reads Cache-Control and judges a copy by its dates.
#pragma once

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
  std::optional<Duration> max_age;
  std::optional<Duration> s_maxage;
  std::optional<Duration> stale_while_revalidate;
  std::optional<Duration> stale_if_error;

  bool operator==(const CacheControl&) const = default;

  bool storable() const { return !no_store && !is_private; }

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
