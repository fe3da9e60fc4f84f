// Who a workload asks about: one client network, as far as demand depends on it.
// Does not know steering: demand never depends on who serves it.
#pragma once

#include <string>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct Audience {
  std::string network;
  std::string region;
  double share = 0.0;  // of the demand: its share of the scenario's users, unless a workload weighs
  Duration utc_offset{0};
};

}  // namespace cdnsim
