// Which way traffic takes between networks: valley-free, as organisations like it, links up or
// down. Does not know scenarios, traffic or steering. README.md says what a valid way is and which
// is best.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include <cdnsim/models/routing/way_tree.hpp>

namespace cdnsim {

// Ways to a place are found when that place is first asked for, so one object serves one thread.
class Routing {
 public:
  explicit Routing(NetworkMap map);

  const NetworkMap& map() const { return map_; }

  // The way that `from` sends over; its answer may come another way.
  std::optional<Path> best_path(std::uint32_t from, std::uint32_t to) const;

  // Of that way, without putting it together.
  std::optional<Duration> delay(std::uint32_t from, std::uint32_t to) const;

  bool is_up(std::uint32_t link) const { return up_[link] != 0; }
  // Forgets what no longer holds: on a failure the ways to places of which some crossed the link,
  // on a repair those to places that would be reached better over it.
  void set_link_up(std::uint32_t link, bool up);

  // How often ways to a place were searched for, of which a repair or a failure may cost some
  // again.
  std::uint64_t trees_computed() const { return trees_computed_; }

  // What searches of one's own start from.
  const PhaseGraph& graph() const { return graph_; }
  const LinkStates& link_states() const { return up_; }
  const WayTree& tree_to(std::uint32_t place) const;

 private:
  bool would_help(const WayTree& tree, std::uint32_t link) const;

  NetworkMap map_;
  PhaseGraph graph_;
  LinkStates up_;
  mutable std::vector<std::unique_ptr<WayTree>> trees_;  // by place that they lead to
  mutable std::uint64_t trees_computed_ = 0;
};

// A way as ports, with its delay and its narrowest link.
Path path_of(const NetworkMap& map, const PhaseGraph& graph, const Way& way);

// The kind of the first link that leaves the organisation; of a way that stays inside: on_net when
// it has such a link, else backbone.
LinkKind kind_of(const NetworkMap& map, const Path& path);

}  // namespace cdnsim
