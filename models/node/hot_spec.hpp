// What a scenario says of objects that are too hot for one server of a PoP.
// Does not know how they are found.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct HotSpec {
  Rate rate{1000.0};
  std::optional<Ratio> server_load;
  Duration refresh = std::chrono::seconds(5);
  std::uint32_t replicas = 4;
  Duration cool_down = std::chrono::seconds(60);
  std::uint32_t tracked = 1024;

  // The rate that counts where a request takes a server this long.
  Rate least_rate(Duration service_time) const {
    if (!server_load || service_time <= Duration{0}) return rate;
    return std::min(rate, Rate{server_load->value() / seconds(service_time)});
  }
};

// For a node that finds nothing by itself: what it is told is hot is on its list while it is held.
inline HotSpec held_alone() {
  HotSpec spec;
  spec.rate = Rate{1e15};
  spec.refresh = std::chrono::seconds(1);
  spec.cool_down = Duration{0};
  spec.tracked = 64;
  return spec;
}

template <class V>
void describe(V& v, HotSpec& s) {
  v.optional("rate", s.rate, "an object with so many requests per second at one node is hot",
             at_least(Rate{1.0}));
  v.optional("server_load", s.server_load,
             "so is one that takes this share of a server's time (its rate x service_time)",
             above(Ratio{0.0}));
  v.optional("refresh", s.refresh,
             "how long requests are counted before the list of hot objects is made anew",
             at_least(Duration{1s}), at_most(Duration{1h}));
  v.optional("replicas", s.replicas, "servers that serve a hot object in turn; 0: all of them",
             at_most(64u));
  v.optional("cool_down", s.cool_down,
             "an object stays on the list until it was below the rate for so long",
             at_least(Duration{0}), at_most(Duration{24h}));
  v.optional("tracked", s.tracked, "objects that a node counts at a time", at_least(1u),
             at_most(1'000'000u));
}

}  // namespace cdnsim
