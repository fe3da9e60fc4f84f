// A flash crowd: doors open at a moment, and a crowd with a mix of its own comes on top of the
// usual traffic, stays for a while and goes. Does not know cells, PoPs or caches.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/workload/audience.hpp>
#include <cdnsim/models/workload/bursts.hpp>
#include <cdnsim/models/workload/tastes.hpp>

namespace cdnsim {

struct Flash {
  static constexpr std::string_view kKind = "flash";
  Rate rate{0.0};
  Rate peak{0.0};
  Duration starts{0};
  Duration rise = std::chrono::seconds(30);
  double steepness = 0;
  Duration lasts = std::chrono::minutes(5);
  Duration half_life = std::chrono::minutes(4);
  std::map<std::string, double> mix;
  std::map<std::string, double> crowd_mix;
  Tastes tastes;
  std::optional<BurstSpec> bursts;

  // Requests per second of one client network at a moment: who is always there, and the crowd.
  double rate_of(const Audience& audience, SimTime) const {
    return rate.per_second() * audience.share;
  }
  double crowd_rate_of(const Audience& audience, SimTime now) const {
    return (peak.per_second() - rate.per_second()) * audience.share * crowd_at(now);
  }
  // How much of the crowd is there: from 0 to 1 in `rise`, then all of it, then by halves.
  double crowd_at(SimTime now) const;
};

template <class V>
void describe(V& v, Flash& s) {
  v.required("rate", s.rate, "requests per second of all users together before and after the crowd",
             at_least(Rate{0.0}));
  v.required("peak", s.peak, "requests per second while all of the crowd is there",
             at_least(Rate{0.0}));
  v.required("starts", s.starts, "when the crowd begins to come, from the start of the run",
             at_least(Duration{0}));
  v.optional("rise", s.rise, "from nobody to the whole crowd", at_least(Duration{1ms}));
  v.optional("steepness", s.steepness,
             "k of (e^ku - 1) / (e^k - 1), the crowd that is there after u of the rise: 0 is a "
             "straight line, above most come late, below most come at once",
             at_least(-20.0), at_most(20.0));
  v.optional("lasts", s.lasts, "how long the whole crowd stays", at_least(Duration{0}));
  v.optional("half_life", s.half_life, "time in which the crowd halves after that",
             at_least(Duration{1ms}));
  v.required("mix", s.mix, "share of each content class; need not sum to 1",
             keys_refer_to("/content"), at_least(0.0));
  v.map("crowd_mix", s.crowd_mix, "the same of what the crowd asks for; mix when not given",
        keys_refer_to("/content"), at_least(0.0));
  v.map("tastes", s.tastes, "who asks for more of some classes; nobody when not given");
  v.optional("bursts", s.bursts, "how requests come in bursts; independently when not given");
  v.require(s.peak.per_second() >= s.rate.per_second(), "peak",
            "a crowd adds to the rate; give at least as much");
}

}  // namespace cdnsim
