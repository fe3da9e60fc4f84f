// A viral spike: one object that goes from nothing to a peak and then halves again and again.
// Does not know cells, PoPs or caches.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/models/workload/audience.hpp>
#include <cdnsim/models/workload/content.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

// How one region takes part: its share of the demand against its share of users, and how late.
struct RegionalSpread {
  double weight = 1.0;
  Duration lag{0};
};

template <class V>
void describe(V& v, RegionalSpread& s) {
  v.optional("weight", s.weight,
             "interest per user, relative to regions not named (1); it does not change the whole",
             at_least(0.0), at_most(1000.0));
  v.optional("lag", s.lag, "how much later the spike starts there", at_least(Duration{0}));
}

struct Viral {
  static constexpr std::string_view kKind = "viral";
  std::optional<Rate> peak;
  std::optional<std::uint64_t> views;
  Duration starts{0};
  Duration rise = std::chrono::seconds(90);
  Duration half_life = std::chrono::minutes(4);
  SizeLaw size;
  std::string origin;
  CacheControl cache_control;
  std::map<std::string, RegionalSpread> spread;
  std::optional<Ratio> social_share;

  // The object, as a class of content that is named like the workload.
  ContentSpec own_content() const;

  // Requests per second at the peak: as given, or so many that all who ever come are `views`. The
  // rise brings half a rectangle of it, what follows peak x half-life / ln 2.
  double peak_rate() const;
  // How much of the demand falls on a user there, against users elsewhere.
  double weight_in(const std::string& region) const;
  // Requests per second of one client network: a smooth rise (3u^2 - 2u^3), then exponential decay.
  double rate_of(const Audience& audience, SimTime now) const;
};

template <class V>
void describe(V& v, Viral& s) {
  v.optional("peak", s.peak, "requests per second at the peak, all regions without lag together",
             at_least(Rate{0.0}));
  v.optional("views", s.views,
             "instead of the peak: requests in all, if the run lasts for ever: peak x (rise / 2 + "
             "half_life / ln 2)",
             at_least(std::uint64_t{1}), at_most(std::uint64_t{1'000'000'000'000}));
  v.required("starts", s.starts, "when the first region starts, from the start of the run",
             at_least(Duration{0}));
  v.optional("rise", s.rise, "from nothing to the peak", at_least(Duration{1ms}));
  v.optional("half_life", s.half_life, "time in which demand halves after the peak",
             at_least(Duration{1ms}));
  v.required("size", s.size, "size of the object");
  v.required("origin", s.origin, "the origin that owns it", refers_to("/network/origins"));
  v.optional("cache_control", s.cache_control, "as in HTTP; nothing: not cacheable for any time");
  v.require(s.peak.has_value() != s.views.has_value(), "peak",
            "give either peak or views; null takes out what a file extends");
  v.map("spread", s.spread, "how regions differ; those not named have weight 1 and no lag");
  v.optional("social_share", s.social_share,
             "share of its requests that come from social media; none when not given");
}

}  // namespace cdnsim
