// Steady traffic: a base rate shared out by users, shaped by a curve, over a mix of content.
// Does not know cells, PoPs or caches.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/workload/audience.hpp>
#include <cdnsim/models/workload/bursts.hpp>
#include <cdnsim/models/workload/curve.hpp>
#include <cdnsim/models/workload/tastes.hpp>

namespace cdnsim {

struct Steady {
  static constexpr std::string_view kKind = "steady";
  Rate rate{0.0};
  std::map<std::string, double> mix;
  Curve curve = Curve::constant();
  Tastes tastes;
  std::optional<BurstSpec> bursts;

  // Requests per second of one client network at a moment.
  double rate_of(const Audience& audience, SimTime now) const {
    return rate.per_second() * audience.share * curve.at(now, audience.utc_offset);
  }
};

template <class V>
void describe(V& v, Steady& s) {
  v.required("rate", s.rate, "requests per second of all users together, before the curve",
             at_least(Rate{0.0}));
  v.required("mix", s.mix, "share of each content class; need not sum to 1",
             keys_refer_to("/content"), at_least(0.0));
  v.optional("curve", s.curve,
             "constant, diurnal, diurnal:1.8 (its busiest moment over its mean) or "
             "points:0s=1,5min=2");
  v.map("tastes", s.tastes, "who asks for more of some classes; nobody when not given");
  v.optional("bursts", s.bursts, "how requests come in bursts; independently when not given");
}

}  // namespace cdnsim
