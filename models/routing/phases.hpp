// The map unfolded by phase: every way through this graph is valley-free, so that a search need
// not know the rule. Does not know which links are up, nor costs.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/models/routing/network_map.hpp>

namespace cdnsim {

// A place is three nodes: a way that is still inside the organisation that it starts from; one
// that left it and only climbed, so that it may still do anything; one that can only go down.
enum class WayPhase : std::uint8_t { start, up, down };

// One link crossed in one direction in one phase.
struct Step {
  std::uint32_t from;  // nodes
  std::uint32_t to;
  std::uint32_t link;
  Preference preference;
  bool forward;
};

enum class Rules { valley_free, none };

struct Phases {
  std::vector<std::uint32_t> place_of;  // by node
  std::vector<std::uint8_t> is_start;   // by node
  std::vector<std::uint8_t> passes;     // by node: a way may lead through
  std::vector<Step> steps;              // by `from`, then by link
};

constexpr std::uint32_t node_of(std::uint32_t place, WayPhase phase) {
  return place * 3 + static_cast<std::uint32_t>(phase);
}

// Without rules all places are only start nodes and all links join siblings.
// REQUIRES: no link joins two exchanges.
Phases unfold(const NetworkMap& map, Rules rules);

}  // namespace cdnsim
