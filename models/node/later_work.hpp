// What a cache node keeps for later: moments at which somebody has waited too long, and purges as
// long as older answers may be under way.
// Does not know the node.
#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/action.hpp>

namespace cdnsim {

struct Deadline {
  SimTime at{};
  std::uint32_t server = 0;
  auto operator<=>(const Deadline&) const = default;
};

// A purge that has been carried out, as long as older fetches may be under way.
struct CarriedOut {
  Purge purge;
  SimTime at{};
  std::vector<std::uint64_t> flights;  // begun until then, by server
};

}  // namespace cdnsim
