#include <algorithm>
#include <limits>
#include <queue>
#include <tuple>
#include <utility>

#include <boost/graph/compressed_sparse_row_graph.hpp>
#include <boost/range/iterator_range.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/routing/way_tree.hpp>

namespace cdnsim {
namespace {

// A step seen from its end: searches run from where ways lead to, backwards.
struct Arrow {
  std::uint32_t step;
  std::uint32_t link;
  std::int64_t delay_ns;
  Preference preference;
};

using BoostGraph = boost::compressed_sparse_row_graph<boost::directedS, boost::no_property, Arrow,
                                                      boost::no_property, std::uint32_t>;

}  // namespace

struct PhaseGraph::Graph {
  BoostGraph backwards;
  std::vector<std::uint8_t> has_inside;  // by node: a start node that another one leads to
};

PhaseGraph::PhaseGraph(const NetworkMap& map, Rules rules)
    : phases_(unfold(map, rules)), steps_of_link_(map.links.size()) {
  for (const MapLink& link : map.links) {
    delay_ns_.push_back(link.link.spec.delay.value_or(Duration{0}).count());
  }
  const std::size_t nodes = phases_.place_of.size();
  first_step_.assign(nodes + 1, 0);
  std::vector<std::pair<std::uint32_t, std::uint32_t>> ends;
  std::vector<Arrow> arrows;
  std::vector<std::uint8_t> has_inside(nodes, 0);
  for (std::uint32_t index = 0; index < phases_.steps.size(); ++index) {
    const Step& step = phases_.steps[index];
    ++first_step_[step.from + 1];
    steps_of_link_[step.link].push_back(index);
    ends.emplace_back(step.to, step.from);
    arrows.push_back(Arrow{index, step.link, delay_ns_[step.link], step.preference});
    if (phases_.is_start[step.to]) has_inside[step.to] = 1;
  }
  for (std::size_t node = 0; node < nodes; ++node) first_step_[node + 1] += first_step_[node];
  graph_ = std::make_unique<Graph>(
      Graph{BoostGraph(boost::edges_are_unsorted_multi_pass, ends.begin(), ends.end(),
                       arrows.begin(), static_cast<std::uint32_t>(nodes)),
            std::move(has_inside)});
}

PhaseGraph::~PhaseGraph() = default;
PhaseGraph::PhaseGraph(PhaseGraph&&) noexcept = default;
PhaseGraph& PhaseGraph::operator=(PhaseGraph&&) noexcept = default;

// Outside of the first organisation only links and delay count, so that levels of equally many
// links do. What is liked counts once, where a way leaves; then ways spread inside by a heap.
class PhaseGraph::Search {
 public:
  Search(const PhaseGraph& owner, const LinkStates& up)
      : owner_(owner),
        phases_(owner.phases_),
        graph_(owner.graph_->backwards),
        up_(up),
        cost_(phases_.place_of.size(), kUnreached) {
    tree_.next.assign(phases_.place_of.size(), WayTree::kNone);
    tree_.crossed.assign(owner.steps_of_link_.size(), false);
  }

  WayTree run(std::span<const std::uint32_t> places) {
    CDNSIM_ASSERT(!places.empty(), "ways lead somewhere");
    for (const std::uint32_t place : places) {
      for (const WayPhase phase : {WayPhase::start, WayPhase::up, WayPhase::down}) {
        const std::uint32_t node = node_of(place, phase);
        if (tree_.next[node] == WayTree::kArrived) continue;  // named twice
        tree_.next[node] = WayTree::kArrived;
        cost_[node] = WayCost{};
        if (!phases_.is_start[node]) level_.push_back(node);
      }
    }
    while (!level_.empty()) spread_level();
    spread_inside();
    for (const std::uint32_t step : tree_.next) {
      if (step < WayTree::kArrived) tree_.crossed[owner_.step(step).link] = true;
    }
    return std::move(tree_);
  }

 private:
  static constexpr WayCost kUnreached{Preference::transit,
                                      std::numeric_limits<std::uint32_t>::max(), 0};
  using Waiting = std::pair<WayCost, std::uint32_t>;

  void spread_level() {
    next_level_.clear();
    for (const std::uint32_t node : level_) {
      if (!owner_.leads_on(tree_, node)) continue;
      const WayCost& rest = cost_[node];
      for (const auto edge : boost::make_iterator_range(boost::out_edges(node, graph_))) {
        const Arrow& arrow = graph_[edge];
        if (!up_[arrow.link]) continue;
        const std::uint32_t before = boost::target(edge, graph_);
        WayCost cost{Preference::inside, rest.links + 1, rest.delay_ns + arrow.delay_ns};
        if (phases_.is_start[before]) {
          cost.preference = arrow.preference;
        } else if (tree_.next[before] == WayTree::kNone) {
          next_level_.push_back(before);
        }
        improve(before, cost, arrow);
      }
    }
    level_.swap(next_level_);
  }

  void spread_inside() {
    std::priority_queue<Waiting, std::vector<Waiting>, std::greater<>> waiting;
    const std::vector<std::uint8_t>& has_inside = owner_.graph_->has_inside;
    for (std::uint32_t node = 0; node < cost_.size(); ++node) {
      if (has_inside[node] && tree_.reaches(node)) waiting.emplace(cost_[node], node);
    }
    while (!waiting.empty()) {
      const auto [rest, node] = waiting.top();
      waiting.pop();
      if (rest != cost_[node] || !owner_.leads_on(tree_, node)) continue;
      for (const auto edge : boost::make_iterator_range(boost::out_edges(node, graph_))) {
        const Arrow& arrow = graph_[edge];
        if (!up_[arrow.link]) continue;
        const std::uint32_t before = boost::target(edge, graph_);
        const WayCost cost{rest.preference, rest.links + 1, rest.delay_ns + arrow.delay_ns};
        if (cost < cost_[before] && has_inside[before]) waiting.emplace(cost, before);
        improve(before, cost, arrow);
      }
    }
  }

  void improve(std::uint32_t node, const WayCost& cost, const Arrow& arrow) {
    if (cost > cost_[node]) return;
    if (cost == cost_[node] && !precedes(arrow, tree_.next[node])) return;
    cost_[node] = cost;
    tree_.next[node] = arrow.step;
  }

  // At equal cost. Both ways have as many links left, and what follows is settled, so that they are
  // walked side by side until they differ or meet.
  bool precedes(const Arrow& arrow, std::uint32_t known) const {
    if (known >= WayTree::kArrived) return false;
    std::uint32_t a = arrow.step;
    std::uint32_t b = known;
    while (a != b && a < WayTree::kArrived && b < WayTree::kArrived) {
      const Step& one = owner_.step(a);
      const Step& other = owner_.step(b);
      if (one.link != other.link) return one.link < other.link;
      a = tree_.next[one.to];
      b = tree_.next[other.to];
    }
    return arrow.step < known;
  }

  const PhaseGraph& owner_;
  const Phases& phases_;
  const BoostGraph& graph_;
  const LinkStates& up_;
  std::vector<WayCost> cost_;  // by node
  WayTree tree_;
  std::vector<std::uint32_t> level_;
  std::vector<std::uint32_t> next_level_;
};

WayTree PhaseGraph::tree_to(std::span<const std::uint32_t> places, const LinkStates& up) const {
  return Search(*this, up).run(places);
}

Way PhaseGraph::way_from(const WayTree& tree, std::uint32_t node) const {
  CDNSIM_ASSERT(tree.reaches(node), "there is a way");
  Way way;
  while (tree.next[node] != WayTree::kArrived) {
    way.push_back(tree.next[node]);
    node = step(way.back()).to;
  }
  return way;
}

Duration PhaseGraph::delay_from(const WayTree& tree, std::uint32_t node) const {
  CDNSIM_ASSERT(tree.reaches(node), "there is a way");
  std::int64_t delay_ns = 0;
  while (tree.next[node] != WayTree::kArrived) {
    const Step& taken = step(tree.next[node]);
    delay_ns += delay_ns_[taken.link];
    node = taken.to;
  }
  return Duration{delay_ns};
}

WayCost PhaseGraph::cost_of(std::span<const std::uint32_t> way) const {
  WayCost cost;
  bool is_outside = way.empty() || !phases_.is_start[step(way.front()).from];
  for (const std::uint32_t index : way) {
    const Step& crossed = step(index);
    ++cost.links;
    cost.delay_ns += delay_ns_[crossed.link];
    if (is_outside || crossed.preference == Preference::inside) continue;
    cost.preference = crossed.preference;
    is_outside = true;
  }
  return cost;
}

bool PhaseGraph::precedes(const Way& a, const Way& b) const {
  const auto [x, y] = std::mismatch(a.begin(), a.end(), b.begin(), b.end(),
                                    [this](std::uint32_t one, std::uint32_t other) {
                                      return step(one).link == step(other).link;
                                    });
  if (x != a.end() && y != b.end()) return step(*x).link < step(*y).link;
  return a < b;
}

}  // namespace cdnsim
