// The best way from every place to some places, and what a way costs.
// Does not know how it was found.
#pragma once

#include <compare>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <vector>

#include <cdnsim/models/routing/phases.hpp>

namespace cdnsim {

// The order of ways: how the organisation that sends likes to leave, then links, then delay. What
// is still equal goes by the links, first one first.
struct WayCost {
  Preference preference = Preference::inside;
  std::uint32_t links = 0;
  std::int64_t delay_ns = 0;
  friend auto operator<=>(const WayCost&, const WayCost&) = default;
};

using Way = std::vector<std::uint32_t>;  // steps

struct WayTree {
  static constexpr std::uint32_t kNone = ~std::uint32_t{0};  // no way
  static constexpr std::uint32_t kArrived = kNone - 1;       // one of the places that it leads to

  std::vector<std::uint32_t> next;  // by node: the step to take
  std::vector<bool> crossed;        // by link: some way in it crosses the link

  bool reaches(std::uint32_t node) const { return next[node] != kNone; }
};

// The map unfolded, and the search through it. Boost.Graph stays in phase_graph.cpp.
class PhaseGraph {
 public:
  PhaseGraph(const NetworkMap& map, Rules rules);
  ~PhaseGraph();
  PhaseGraph(PhaseGraph&&) noexcept;
  PhaseGraph& operator=(PhaseGraph&&) noexcept;

  const Phases& phases() const { return phases_; }
  const Step& step(std::uint32_t index) const { return phases_.steps[index]; }
  // The steps that leave a node stand side by side: first, and one past the last.
  std::uint32_t first_step(std::uint32_t node) const { return first_step_[node]; }
  std::uint32_t end_of_steps(std::uint32_t node) const { return first_step_[node + 1]; }
  const std::vector<std::uint32_t>& steps_of_link(std::uint32_t link) const {
    return steps_of_link_[link];
  }

  // To the nearest of `places`, in the order of ways. REQUIRES: `places` is not empty.
  WayTree tree_to(std::span<const std::uint32_t> places, const LinkStates& up) const;

  // Whether a way may come to a node and go on along a tree: no host is in between.
  bool leads_on(const WayTree& tree, std::uint32_t node) const {
    return tree.next[node] == WayTree::kArrived || (tree.reaches(node) && phases_.passes[node]);
  }
  // From a node along a tree. REQUIRES: the tree reaches it.
  Way way_from(const WayTree& tree, std::uint32_t node) const;
  Duration delay_from(const WayTree& tree, std::uint32_t node) const;  // likewise
  WayCost cost_of(std::span<const std::uint32_t> way) const;
  // At equal cost: whether the links of way `a` come before those of `b`, first link first. Over
  // the same links through two sessions at an exchange the steps keep the order total.
  bool precedes(const Way& a, const Way& b) const;

 private:
  struct Graph;
  class Search;
  Phases phases_;
  std::vector<std::uint32_t> first_step_;
  std::vector<std::vector<std::uint32_t>> steps_of_link_;
  std::vector<std::int64_t> delay_ns_;  // by link
  std::unique_ptr<Graph> graph_;
};

}  // namespace cdnsim
