#include <algorithm>
#include <map>

#include <fmt/format.h>

#include <cdnsim/assembly/events.hpp>
#include <cdnsim/assembly/launch_join.hpp>
#include <cdnsim/assembly/live_join.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/parent.hpp>
#include <cdnsim/assembly/steering_join.hpp>
#include <cdnsim/assembly/viral_join.hpp>
#include <cdnsim/assembly/way_changes.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/origin_node.hpp>

namespace cdnsim::assembly {
namespace {

// The longest window that is no longer than `limit` and fits a second evenly, so that a second
// never ends inside a window.
Duration even_part_of_second(Duration limit) {
  constexpr std::int64_t kNanoseconds = 1'000'000'000;
  std::int64_t parts = kNanoseconds / std::min(limit.count(), kNanoseconds);
  while (kNanoseconds % parts != 0 || Duration{kNanoseconds / parts} > limit) ++parts;
  return Duration{kNanoseconds / parts};
}

class Builder {
 public:
  Builder(const Scenario& scenario, const Replay& replay)
      : scenario_(scenario),
        plan_(make_plan(scenario, replay)),
        node_of_place_(plan_->topology.size()) {}

  Network build() {
    for (const auto& [id, spec] : scenario_.network.pops) {
      const TierSpec tier = that_replicates(scenario_.caching.edge, scenario_.caching);
      add_cache_node(id, NodeRole::edge, spec.servers, tier_of(tier, spec.kit),
                     cells_of_pop(place(id)), {}, spec.max_rate);
    }
    for (const EmbeddedCache& cache : plan_->embedded) add_embedded(cache);
    for (const auto& [id, spec] : scenario_.network.shields) {
      add_cache_node(id, NodeRole::shield, spec.servers,
                     tier_of(scenario_.caching.shield, spec.kit), {});
    }
    for (const auto& [id, spec] : scenario_.network.origins) add_origin(id, spec);
    join_clients();
    for (const auto& [id, spec] : scenario_.network.pops) join_upwards(id, spec, spec.peers);
    for (const EmbeddedCache& cache : plan_->embedded) join_sources(cache);
    for (const auto& [id, spec] : scenario_.network.shields) join_upwards(id, spec, {});
    if (scenario_.caching.viral) add_detector();
    join_steering();
    join_launches();
    const bool pushes = join_pushes(scenario_, *plan_, joins_, nodes_);
    schedule();
    Network network;
    network.lookahead = even_part_of_second(std::max(shortest_delay_, scenario_.min_message_delay));
    for (const Duration delay : reach_) {
      network.reach.push_back(std::max({delay, scenario_.min_message_delay, network.lookahead}));
    }
    network.plan = std::move(plan_);
    network.nodes = std::move(nodes_);
    network.joins = std::move(joins_);
    network.detector = detector_;
    network.reporters = std::move(reporters_);
    network.controller = controller_;
    network.launches = std::move(launches_);
    network.pushes = pushes;
    network.redirects = scenario_.steering.when_full == WhenFull::redirect;
    return network;
  }

 private:
  struct Delays {
    Duration up{0};    // of fetches
    Duration down{0};  // of answers
  };

  const Topology& topology() const { return plan_->topology; }
  const Routing& routing() const { return *plan_->routing; }
  std::uint32_t place(const std::string& id) const { return *topology().find(id); }
  NodeId node_at(std::uint32_t place) const { return NodeId{node_of_place_[place]}; }
  SimTime end() const { return SimTime{scenario_.duration}; }

  std::unique_ptr<Recorder> make_recorder() const {
    return std::make_unique<Recorder>(plan_->regions.size(), plan_->catalogue.size(),
                                      SimTime{scenario_.warmup}, end());
  }

  // PoPs of one make share what never changes of their placement.
  const Placement& placement(std::uint32_t servers, const TierSpec& tier) {
    const PolicyText text = placement_text(tier);
    const auto key = std::pair(servers, to_text(text));
    const auto known = placements_.find(key);
    if (known != placements_.end()) return known->second;
    std::vector<RingMember> members;
    for (std::uint32_t i = 0; i < servers; ++i) members.push_back({"server " + std::to_string(i)});
    Parsed<Placement> made = make_placement(text, members);
    CDNSIM_ASSERT(made.value, "placements are checked when the scenario is read");
    return placements_.emplace(key, *std::move(made.value)).first->second;
  }

  void add_node(std::uint32_t place, std::unique_ptr<ObservedNode> node) {
    node_of_place_[place] = static_cast<std::uint32_t>(nodes_.size());
    nodes_.push_back(std::move(node));
    reach_.push_back(Duration::max());
  }

  // Cells that a node holds, and of each the classes; no classes at all: whatever they ask for.
  struct Held {
    std::vector<HeldCell> cells;
    std::vector<ClassMask> classes;
  };

  bool may_hold(std::uint32_t pop, std::uint32_t network, std::uint32_t cell) const {
    return std::ranges::count(plan_->holds[network][cell], pop, &CellHold::pop) > 0 ||
           (!plan_->candidates.empty() &&
            std::ranges::count(plan_->candidates[network], pop) > 0) ||
           has_some_time(plan_->launched_cells, pop, network, cell);
  }

  // Whatever embedded caches do not take of the cells that are steered to it some time.
  Held cells_of_pop(std::uint32_t pop) const {
    Held held;
    bool any_share = false;
    for (std::uint32_t i = 0; i < plan_->networks.size(); ++i) {
      for (std::uint32_t cell = 0; cell < plan_->holds[i].size(); ++cell) {
        if (!may_hold(pop, i, cell) || !is_left_some_time(*plan_, i, cell)) continue;
        LeftOver left = left_for_pops(*plan_, i, cell);
        const bool changes = !changes_of_left(*plan_, i, cell).empty();
        any_share = any_share || changes || !left.classes.empty();
        held.cells.push_back(HeldCell{i, cell});
        held.classes.push_back(std::move(left.classes));
      }
    }
    if (!any_share) held.classes.clear();
    return held;
  }

  void add_embedded(const EmbeddedCache& cache) {
    const std::string& id = topology().place(cache.place).id;
    const EmbeddedSpec& spec = scenario_.network.embedded.at(id);
    Held held;
    for (const CellShare& share : cache.cells) {
      held.cells.push_back(HeldCell{share.audience, share.cell});
      held.classes.push_back(share.classes);
    }
    add_cache_node(id, NodeRole::embedded, spec.servers,
                   tier_of(scenario_.caching.embedded, spec.kit), std::move(held),
                   fill_rules(scenario_, *plan_, cache));
  }

  void add_cache_node(const std::string& id, NodeRole role, std::uint32_t servers,
                      const TierSpec& tier, Held held, std::optional<FillRules> fill = {},
                      std::optional<Rate> max_rate = {}) {
    const std::vector<HeldCell>& cells = held.cells;
    CDNSIM_REQUIRE_USER(
        cells.size() <= ArrivalQueue::kMostCells,
        fmt::format(
            "#/network/client_networks: {} cells are served by \"{}\", which holds at most {}; "
            "give the networks fewer \"cells\"",
            cells.size(), id, ArrivalQueue::kMostCells));
    held_[place(id)].cells = cells;
    CacheNodeConfig config{id,
                           role,
                           servers,
                           tier,
                           scenario_.min_message_delay,
                           draw_key(scenario_.seed, {"copies", id}),
                           max_rate,
                           some_link_limits_its_queue(),
                           draw_key(scenario_.seed, {"service", id}),
                           std::move(fill),
                           draw_key(scenario_.seed, {"errors", id})};
    ArrivalQueue arrivals(*plan_->demand, cells, end(), plan_->traces.get());
    if (!held.classes.empty()) arrivals.take_only(std::move(held.classes), plan_->catalogue);
    auto node = std::make_unique<CacheNode>(std::move(config), placement(servers, tier),
                                            plan_->catalogue, make_recorder(), std::move(arrivals));
    cache_nodes_[place(id)] = node.get();
    add_node(place(id), std::move(node));
  }

  bool some_link_limits_its_queue() const {
    return std::ranges::any_of(scenario_.network.links,
                               [](const auto& link) { return link.second.max_queue.has_value(); });
  }

  void add_origin(const std::string& id, const OriginSpec& spec) {
    auto node = std::make_unique<OriginNode>(
        id, spec, plan_->catalogue, make_recorder(), scenario_.min_message_delay,
        draw_key(scenario_.seed, {"aborts", id}), draw_key(scenario_.seed, {"service", id}),
        draw_key(scenario_.seed, {"errors", id}));
    origin_nodes_[place(id)] = node.get();
    add_node(place(id), std::move(node));
  }

  void join_clients() {
    for (auto& [pop, user] : held_) {
      CacheNode& node = *cache_nodes_.at(pop);
      user.place = pop;
      user.egress = &node.egress();
      for (const HeldCell& cell : user.cells) {
        const ClientNetwork& client = plan_->networks[cell.audience];
        const Path path = *routing().best_path(pop, client.place);
        const Duration back = routing().best_path(client.place, pop)->delay;
        user.routes.push_back(add_client_route(*plan_, client, path, back, node.egress()));
        node.add_cell(user.routes.back(), client.region);
      }
    }
  }

  // Makes `parent` one of the places that `child` asks about a class of content.
  void add_upstream(std::uint32_t child, std::size_t content, std::uint32_t parent, bool is_peer) {
    const auto [up, down] = delays(child, parent);
    joins_.push_back(
        Join{node_of_place_[child], node_of_place_[parent], content, up, down, is_peer});
    cache_nodes_.at(child)->add_upstream(content, Upstream{node_at(parent), up, is_peer, down});
  }

  Delays delays(std::uint32_t child, std::uint32_t parent) {
    const auto [known, is_new] = delays_.try_emplace({child, parent});
    if (is_new) known->second = join(child, parent);
    return known->second;
  }

  // The ways of fetches from `child` up to `parent` and of answers down, each as its sender likes.
  Delays join(std::uint32_t child, std::uint32_t parent) {
    const auto up = routing().best_path(child, parent);
    const auto path = routing().best_path(parent, child);
    CDNSIM_ASSERT(up && path,
                  "nodes that cannot reach each other are found when a scenario is read");
    ObservedNode& node = *nodes_[node_of_place_[parent]];
    const Egress::RouteId route =
        node.egress().add_route(topology(), *path, BitRate::max(), Duration{0});
    if (const auto cache = cache_nodes_.find(parent); cache != cache_nodes_.end()) {
      cache->second->add_asker(node_at(child), route);
    } else {
      origin_nodes_.at(parent)->add_asker(node_at(child), route);
    }
    may_receive(node_of_place_[parent], up->delay);
    may_receive(node_of_place_[child], path->delay);
    pairs_.push_back(WayUser{child,
                             parent,
                             node_at(child),
                             node_at(parent),
                             &node.egress(),
                             route,
                             fetch_timeout(child),
                             {}});
    return Delays{up->delay, path->delay};
  }

  Duration fetch_timeout(std::uint32_t place) const {
    switch (topology().place(place).kind) {
      case PlaceKind::pop: return scenario_.caching.edge.fetch_timeout;
      case PlaceKind::embedded_cache: return scenario_.caching.embedded.fetch_timeout;
      default: return scenario_.caching.shield.fetch_timeout;
    }
  }

  // What events do, and what becomes of ways and cells.
  void schedule() {
    ActionsByPlace actions = actions_by_place(scenario_, *plan_);
    std::vector<CellUser> users;
    for (const auto& [pop, user] : held_) users.push_back(user);
    add_way_changes(*plan_, users, pairs_, actions, [this](std::uint32_t place, Duration delay) {
      may_receive(node_of_place_[place], delay);
    });
    for (const PlannedLaunch& launch : plan_->launches) add_mirrors(built(), launch, actions);
    for (const auto& [place, list] : actions) {
      for (const Action& action : list) nodes_[node_of_place_[place]]->schedule(action);
    }
  }

  // Messages from somebody take so long to it.
  void may_receive(std::uint32_t node, Duration delay) {
    shortest_delay_ = std::min(shortest_delay_, delay);
    reach_[node] = std::min(reach_[node], delay);
  }

  BuiltNodes built() {
    return {scenario_,
            *plan_,
            cache_nodes_,
            held_,
            [this](std::uint32_t place) { return node_at(place); },
            [this](NodeId node, Duration delay) { may_receive(index_of(node), delay); }};
  }
  NodeId next_node() {
    reach_.push_back(Duration::max());
    return NodeId{static_cast<std::uint32_t>(nodes_.size())};
  }

  // A node of its own, at the place of another.
  void add_detector() {
    auto made = join_detector(built(), next_node(), make_recorder());
    detector_ = made.get();
    nodes_.push_back(std::move(made));
    reporters_ = reporters(built());
  }

  // What of steering happens during the run.
  void join_steering() {
    if (scenario_.steering.method == SteeringMethod::engine) {
      auto made = join_controller(built(), next_node(), make_recorder());
      controller_ = made.get();
      nodes_.push_back(std::move(made));
    }
    if (scenario_.steering.when_full == WhenFull::redirect) join_overflow(built());
  }

  void join_launches() {
    for (const PlannedLaunch& launch : plan_->launches) {
      std::optional<Upstream> source;
      if (const auto* peers =
              std::get_if<PeerWarming>(&scenario_.launches.at(launch.pop).warming)) {
        const auto [up, down] = delays(launch.place, place(peers->from));
        source = Upstream{node_at(place(peers->from)), up, true, down};
      }
      warm_launched(built(), launch, source);
      auto made = join_launch(built(), launch, next_node(), make_recorder());
      launches_.push_back(made.get());
      nodes_.push_back(std::move(made));
    }
  }

  void join_sources(const EmbeddedCache& cache) {
    for (const FillSource& source : cache.sources) {
      for (std::size_t content = 0; content < plan_->catalogue.size(); ++content) {
        add_upstream(cache.place, content, source.place, false);
      }
      pairs_.back().passed_over = source.passed_over;
    }
  }

  // Peers first, then the parent and who stands in for it.
  template <class Spec>
  void join_upwards(const std::string& id, const Spec& spec,
                    const std::vector<std::string>& peers) {
    const std::uint32_t child = place(id);
    for (std::size_t content = 0; content < plan_->catalogue.size(); ++content) {
      for (const std::string& peer : peers) add_upstream(child, content, place(peer), true);
      const std::string& origin = plan_->catalogue[content].spec.origin;
      const auto special = spec.shields.find(origin);
      const std::string& wanted = special == spec.shields.end() ? spec.shield : special->second;
      const std::uint32_t parent = parent_of(scenario_, *plan_, child, wanted, origin);
      add_upstream(child, content, parent, false);
      const auto shield = scenario_.network.shields.find(topology().place(parent).id);
      if (shield == scenario_.network.shields.end() || shield->second.failover.empty()) continue;
      if (shield->second.failover != id) {
        add_upstream(child, content, place(shield->second.failover), false);
      }
    }
  }

  const Scenario& scenario_;
  std::unique_ptr<Plan> plan_;
  std::vector<std::uint32_t> node_of_place_;
  std::vector<std::unique_ptr<ObservedNode>> nodes_;
  std::vector<Duration> reach_;             // by node
  std::map<std::uint32_t, CellUser> held_;  // by place of the PoP
  std::vector<WayUser> pairs_;
  std::map<std::uint32_t, CacheNode*> cache_nodes_;
  std::map<std::uint32_t, OriginNode*> origin_nodes_;
  std::map<std::pair<std::uint32_t, std::string>, Placement> placements_;  // by servers and text
  std::map<std::pair<std::uint32_t, std::uint32_t>, Delays> delays_;       // by child and parent
  std::vector<Join> joins_;
  const DetectorNode* detector_ = nullptr;
  std::vector<const CacheNode*> reporters_;
  const ControllerNode* controller_ = nullptr;
  std::vector<const LaunchNode*> launches_;
  Duration shortest_delay_ = Duration::max();
};

}  // namespace

Network build_network(const Scenario& scenario, const Replay& replay) {
  return Builder(scenario, replay).build();
}

}  // namespace cdnsim::assembly
