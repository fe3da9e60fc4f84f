// Pulsed traffic: full rate for a while, then silence for a while, and again.
// Does not know cells, PoPs or caches.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/workload/audience.hpp>

namespace cdnsim {

struct Pulse {
  static constexpr std::string_view kKind = "pulse";
  Rate rate{0.0};
  Duration on = std::chrono::seconds(1);
  Duration off = std::chrono::seconds(1);
  std::map<std::string, double> mix;

  // Requests per second of one client network at a moment.
  double rate_of(const Audience& audience, SimTime now) const {
    const bool is_on = now.time_since_epoch() % (on + off) < on;
    return is_on ? rate.per_second() * audience.share : 0.0;
  }
};

template <class V>
void describe(V& v, Pulse& s) {
  v.required("rate", s.rate, "requests per second of all users together while it is on",
             at_least(Rate{0.0}));
  v.optional("on", s.on, "how long it is on", at_least(Duration{1ms}));
  v.optional("off", s.off, "how long it is off", at_least(Duration{1ms}));
  v.required("mix", s.mix, "share of each content class; need not sum to 1",
             keys_refer_to("/content"), at_least(0.0));
}

}  // namespace cdnsim
