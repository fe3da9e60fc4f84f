// A request as it is drawn, and whose: cells of audiences, and what arrivals of a batch call them.
// Does not know workloads.
#pragma once

#include <cstdint>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/audience.hpp>

namespace cdnsim {

// One request. `cell` is the caller's label, so that a batch can mix many cells. `object` is the
// object's number, or its index where its class has numbers_elsewhere: then the key tells it.
struct Arrival {
  std::int64_t at_ns;
  std::uint64_t key;
  std::uint32_t object;
  std::uint16_t content;
  std::uint16_t cell : 15;
  std::uint16_t new_connection : 1;

  SimTime at() const { return SimTime{Duration{at_ns}}; }
};
static_assert(sizeof(Arrival) == 24);

// A cell of an audience and what its arrivals are to be called.
struct LabelledCell {
  std::uint32_t cell = 0;
  std::uint16_t label = 0;
};

struct AudienceInfo {
  Audience audience;
  std::uint32_t cells = 1;
  double new_connections = 0.0;
};

}  // namespace cdnsim
