// Who a workload asks about: one client network, as far as demand depends on it.
// Does not know steering: demand never depends on who serves it.
#pragma once

#include <string>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct Audience {
  std::string network;
  std::string region;
  double user_share = 0.0;  // of all users of the scenario
  Duration utc_offset{0};
};

}  // namespace cdnsim
