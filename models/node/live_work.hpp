// What live events give a cache node to do: its viewers' players, and who gets what unasked.
// Does not know caches.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include <cdnsim/models/node/players.hpp>

namespace cdnsim {

struct LiveWork {
  std::unique_ptr<Players> players;                   // where viewers ask it
  std::vector<std::vector<std::uint16_t>> pushed_to;  // askers, by content
};

}  // namespace cdnsim
