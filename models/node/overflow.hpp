// Where a PoP without room sends a client's request, and how many it sent and took.
// Does not know why there is no room.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/workload/demand.hpp>

namespace cdnsim {

// From some time on: the next PoP for a client network, if there is one.
struct OverflowTarget {
  SimTime from{};
  bool is_there = false;
  NodeId node{};
  std::uint16_t guest = 0;  // as it names who comes over a connection; the next: who opened one
  Duration takes{0};        // until the request is there
};

class Overflow {
 public:
  // The cells of a network go to `targets`, which come in the order of time. REQUIRES: the first
  // from the start.
  void add(std::uint32_t audience, std::vector<OverflowTarget> targets) {
    if (targets_.size() <= audience) targets_.resize(audience + 1);
    targets_[audience] = std::move(targets);
  }

  // Nothing where there is no other PoP.
  const OverflowTarget* target(std::uint32_t audience, SimTime now) const {
    if (audience >= targets_.size() || targets_[audience].empty()) return nullptr;
    const std::vector<OverflowTarget>& all = targets_[audience];
    const auto later = std::ranges::upper_bound(all, now, {}, &OverflowTarget::from);
    const OverflowTarget& target = *(later - 1);
    return target.is_there ? &target : nullptr;
  }

  // After the warm-up, by when they came to who sent them.
  std::uint64_t sent = 0;
  std::uint64_t taken = 0;

 private:
  std::vector<std::vector<OverflowTarget>> targets_;  // by client network
};

}  // namespace cdnsim
