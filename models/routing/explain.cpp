#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/models/routing/explain.hpp>
#include <cdnsim/models/routing/fault.hpp>
#include <cdnsim/models/routing/ways.hpp>

namespace cdnsim {
namespace {

double milliseconds(std::int64_t ns) { return static_cast<double>(ns) / 1e6; }

class Explanation {
 public:
  Explanation(const Routing& routing, std::uint32_t from, std::uint32_t to, std::size_t most)
      : routing_(routing),
        map_(routing.map()),
        from_(from),
        to_(to),
        most_(most),
        all_up_(routing.link_states().size(), 1) {}

  std::vector<Explained> run() {
    add_ways();
    if (all_up_ != routing_.link_states()) add_ways_over_what_is_down();
    add_what_breaks_the_rule();
    return std::move(explained_);
  }

 private:
  void add_ways() {
    const PhaseGraph& graph = routing_.graph();
    Ways ways(graph, routing_.tree_to(to_), routing_.link_states(), from_);
    std::optional<Way> best;
    for (std::size_t i = 0; i < most_; ++i) {
      std::optional<Way> way = ways.next();
      if (!way) return;
      if (!best) {
        add(path_of(map_, graph, *way), Verdict::chosen, "chosen");
        best = std::move(way);
      } else {
        add_lost(*way, *best);
      }
    }
  }

  void add_lost(const Way& way, const Way& best) {
    const PhaseGraph& graph = routing_.graph();
    const WayCost cost = graph.cost_of(way);
    const WayCost least = graph.cost_of(best);
    Path path = path_of(map_, graph, way);
    if (cost.preference != least.preference) {
      add(std::move(path), Verdict::kind,
          fmt::format("kind: {} is liked less than {}", name_of(cost.preference),
                      name_of(least.preference)));
    } else if (cost.links != least.links) {
      add(std::move(path), Verdict::length,
          fmt::format("length: {} links, the chosen way has {}", cost.links, least.links));
    } else if (cost.delay_ns != least.delay_ns) {
      add(std::move(path), Verdict::delay,
          fmt::format("delay: {} ms, the chosen way takes {} ms", milliseconds(cost.delay_ns),
                      milliseconds(least.delay_ns)));
    } else {
      const auto [mine, its] =
          std::mismatch(way.begin(), way.end(), best.begin(),
                        [&](auto x, auto y) { return graph.step(x).link == graph.step(y).link; });
      add(std::move(path), Verdict::name,
          fmt::format("name: {} comes after {}", id(graph.step(*mine).link),
                      id(graph.step(*its).link)));
    }
  }

  void add_ways_over_what_is_down() {
    const PhaseGraph& graph = routing_.graph();
    const WayTree tree = graph.tree_to({&to_, 1}, all_up_);
    Ways ways(graph, tree, all_up_, from_);
    for (std::size_t found = 0; found < most_;) {
      const std::optional<Way> way = ways.next();
      if (!way) return;
      const auto broken = std::find_if(way->begin(), way->end(), [&](std::uint32_t step) {
        return !routing_.is_up(graph.step(step).link);
      });
      if (broken == way->end()) continue;
      add(path_of(map_, graph, *way), Verdict::down,
          fmt::format("down: {}", id(graph.step(*broken).link)));
      ++found;
    }
  }

  // These are in no order of liking, for nobody likes them: by links, then by delay.
  void add_what_breaks_the_rule() {
    const PhaseGraph lawless(map_, Rules::none);
    const WayTree tree = lawless.tree_to({&to_, 1}, all_up_);
    Ways ways(lawless, tree, all_up_, from_);
    for (std::size_t found = 0; found < most_;) {
      const std::optional<Way> way = ways.next();
      if (!way) return;
      Path path = path_of(map_, lawless, *way);
      std::optional<Fault> fault = fault_of(map_, routing_.graph(), from_, path.ports);
      if (!fault) continue;
      add(std::move(path), fault->verdict, std::move(fault->why));
      ++found;
    }
  }

  const std::string& id(std::uint32_t link) const { return map_.links[link].link.id; }

  void add(Path path, Verdict verdict, std::string why) {
    const LinkKind kind = kind_of(map_, path);
    explained_.push_back(Explained{std::move(path), kind, verdict, std::move(why)});
  }

  const Routing& routing_;
  const NetworkMap& map_;
  const std::uint32_t from_;
  const std::uint32_t to_;
  const std::size_t most_;
  const LinkStates all_up_;
  std::vector<Explained> explained_;
};

}  // namespace

std::vector<Explained> explain(const Routing& routing, std::uint32_t from, std::uint32_t to,
                               std::size_t most) {
  return Explanation(routing, from, to, most).run();
}

}  // namespace cdnsim
