// What a scenario says of a node's connections to those it asks.
// Does not know how they are kept.
#pragma once

#include <cstdint>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct ConnectionSpec {
  std::uint32_t pool = 32;
  Duration idle_timeout = std::chrono::seconds(60);
  std::uint32_t round_trips = 2;
};

template <class V>
void describe(V& v, ConnectionSpec& s) {
  v.optional("pool", s.pool,
             "idle connections that a node keeps to each place it asks; 0: none, so that every "
             "fetch opens one",
             at_most(1'000'000u));
  v.optional("idle_timeout", s.idle_timeout, "how long an idle connection is kept",
             above(Duration{0}), at_most(Duration{24h}));
  v.optional("round_trips", s.round_trips,
             "round trips that opening one takes before the fetch can leave: one for TCP, one for "
             "TLS 1.3, two for TLS 1.2",
             at_most(10u));
}

}  // namespace cdnsim
