// Who a workload asks about: one client network, as far as demand depends on it.
// Does not know steering: demand never depends on who serves it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/topology/access_line.hpp>

namespace cdnsim {

struct Audience {
  std::string network;
  std::string region;
  double share = 0.0;  // of the demand: its share of the scenario's users, unless a workload weighs
  Duration utc_offset{0};
  std::optional<AccessKind> access = {};
  BitRate line = BitRate::max();  // what each user's own line carries
};

// One cell of an audience.
struct HeldCell {
  std::uint32_t audience = 0;
  std::uint32_t cell = 0;  // within the audience
};

}  // namespace cdnsim
