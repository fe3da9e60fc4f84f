// Which server of a node a key belongs to, whatever their loads.
// Does not know servers or caches.
#pragma once

#include <cstdint>
#include <variant>

#include <cdnsim/data_path/placement.hpp>

namespace cdnsim {

// When all servers are down the first one refuses.
inline std::uint32_t or_first(std::uint32_t owner) { return owner == kNobody ? 0 : owner; }

inline std::uint32_t owner_in(const Placement& placement, std::uint64_t key) {
  if (const BoundedRing* bounded = std::get_if<BoundedRing>(&placement)) {
    return or_first(bounded->first(key, [](std::uint32_t) { return true; }));
  }
  return std::visit([&](const auto& family) { return or_first(family.owner(key)); }, placement);
}

}  // namespace cdnsim
