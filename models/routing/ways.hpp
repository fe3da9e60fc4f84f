// All ways between two places, one after the other in the order of ways.
// Does not know why one is better than another.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/models/routing/way_tree.hpp>

namespace cdnsim {

// Each way found is kept; the next one is the best of those that leave a known way somewhere and
// then go on as the tree says, which no way can beat.
class Ways {
 public:
  // REQUIRES: `tree` was made from `graph` with the same `up`; all three outlive this.
  Ways(const PhaseGraph& graph, const WayTree& tree, const LinkStates& up, std::uint32_t from);

  // Nothing when there are no more, or after `kMostLooks`.
  std::optional<Way> next();
  bool gave_up() const { return looks_ >= kMostLooks; }

 private:
  // Loops are looked at too, since ways without one may leave them: a limit keeps that short.
  static constexpr std::size_t kMostLooks = 20'000;

  struct Candidate {
    WayCost cost;
    Way way;
    std::size_t fixed;  // steps that are shared with a way found before, and one that is not
  };

  bool is_behind(const Candidate& a, const Candidate& b) const;
  bool same_links(const Way& a, const Way& b) const;
  void push(Way way, std::size_t fixed);
  Candidate pop();
  bool branch(const Candidate& candidate);

  const PhaseGraph& graph_;
  const WayTree& tree_;
  const LinkStates& up_;
  const std::uint32_t from_;
  std::vector<Candidate> heap_;
  std::vector<std::uint8_t> visited_;  // by place
  std::optional<Way> last_;
  std::size_t looks_ = 0;
};

}  // namespace cdnsim
