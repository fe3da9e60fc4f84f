// What a scenario says of traffic on a link that is not the CDN's own.
// Does not know links.
#pragma once

#include <array>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/curve.hpp>

namespace cdnsim {

enum class BackgroundDirection { both, forward, backward };

constexpr std::array<EnumName<BackgroundDirection>, 3> enum_names(BackgroundDirection) {
  return {{{BackgroundDirection::both, "both"},
           {BackgroundDirection::forward, "forward"},
           {BackgroundDirection::backward, "backward"}}};
}

struct BackgroundSpec {
  BitRate rate{0};
  Curve curve = Curve::constant();
  Duration utc_offset{0};
  BackgroundDirection direction = BackgroundDirection::both;
  bool billed = false;
};

template <class V>
void describe(V& v, BackgroundSpec& s) {
  v.required("rate", s.rate, "what it sends in each of its directions, before the curve",
             at_least(BitRate{0}));
  v.optional("curve", s.curve, "constant, diurnal or points:0s=1,5min=2");
  v.optional("utc_offset", s.utc_offset, "local time minus UTC, for a diurnal curve",
             at_least(Duration{-14h}), at_most(Duration{14h}));
  v.optional("direction", s.direction, "both, forward (what `from` sends) or backward");
  v.optional("billed", s.billed, "whether it counts in the link's bill");
}

}  // namespace cdnsim
