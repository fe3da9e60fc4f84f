// How many ways there are between two places, told apart by organisations and by links.
// Does not know how many are enough.
#pragma once

#include <cstddef>
#include <cstdint>

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

struct Diversity {
  std::size_t ways = 0;
  std::size_t as_paths = 0;  // different sequences of organisations; an exchange is none
  std::size_t disjoint = 0;  // most ways that share no link
  bool complete = true;      // all ways were seen; else the others are at least so many
};

// Over links that are up. Looks at the best `most` ways.
Diversity diversity(const Routing& routing, std::uint32_t from, std::uint32_t to,
                    std::size_t most = 64);

}  // namespace cdnsim
