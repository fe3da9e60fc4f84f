// Whose bytes crossed which link, by the routes that they took.
// Does not know what anything costs.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/assembly/network.hpp>

namespace cdnsim::assembly {

// By link, then client network, in bytes after the warm-up. What nodes send one another is for
// those networks whose users cause it: of a cache inside a network those that it serves, of a PoP
// also those of the caches that it fills, of a shield those of who asks it. A link that nothing
// crossed has no entries.
std::vector<std::vector<std::int64_t>> crossings(const Network& network);

}  // namespace cdnsim::assembly
