#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

#include <boost/graph/adjacency_list.hpp>
#include <boost/graph/dijkstra_shortest_paths.hpp>
#include <boost/property_map/function_property_map.hpp>
#include <boost/range/iterator_range.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/topology.hpp>

namespace cdnsim {
namespace {

// What a way costs: delay first, then the number of links.
struct Cost {
  std::int64_t delay_ns = 0;
  std::uint32_t links = 0;
  friend auto operator<=>(const Cost&, const Cost&) = default;
};

constexpr Cost kNotReached{std::numeric_limits<std::int64_t>::max(), 0};
constexpr std::int64_t kNoLink = -1;

struct Sum {
  Cost operator()(const Cost& a, const Cost& b) const {
    if (a == kNotReached || b == kNotReached) return kNotReached;
    return {a.delay_ns + b.delay_ns, a.links + b.links};
  }
};

struct PlaceProperty {
  bool is_end = false;  // a client network or an origin: nothing passes through
};
struct LinkProperty {
  std::uint32_t link = 0;
  Cost cost;
};

// Directed, two edges a link, so that edges out of an end can be left out of a tree.
using BoostGraph =
    boost::adjacency_list<boost::vecS, boost::vecS, boost::directedS, PlaceProperty, LinkProperty>;

}  // namespace

// For every place the last link on the way to it, as found from one root.
struct Topology::Tree {
  std::vector<Cost> cost;
  std::vector<std::uint32_t> parent;
  std::vector<std::int64_t> link;
};

struct Topology::Graph {
  BoostGraph boost;
  std::map<std::string, std::uint32_t> by_id;
  std::map<std::uint32_t, Tree> trees;  // made when first asked for
};

std::string_view name_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::client_network: return "client_network";
    case PlaceKind::pop: return "pop";
    case PlaceKind::shield: return "shield";
    case PlaceKind::origin: return "origin";
    case PlaceKind::embedded_cache: return "embedded_cache";
    case PlaceKind::ixp: return "ixp";
    case PlaceKind::transit_provider: return "transit_provider";
  }
  return "";
}

Topology::Topology() : graph_(std::make_unique<Graph>()) {}
Topology::~Topology() = default;
Topology::Topology(Topology&&) noexcept = default;
Topology& Topology::operator=(Topology&&) noexcept = default;

std::uint32_t Topology::add_place(PlaceKind kind, std::string id, std::optional<BitRate> capacity) {
  const auto index = static_cast<std::uint32_t>(places_.size());
  const bool is_end = kind == PlaceKind::client_network || kind == PlaceKind::origin ||
                      kind == PlaceKind::embedded_cache;
  boost::add_vertex(PlaceProperty{is_end}, graph_->boost);
  graph_->by_id.emplace(id, index);
  places_.push_back(Place{kind, std::move(id), capacity});
  if (capacity) fabrics_.push_back(index);
  return index;
}

std::optional<PortRef> Topology::fabric_before(PortRef port) const {
  if (fabrics_.empty()) return std::nullopt;
  const Link& link = links_[port.link];
  const auto at = std::find(fabrics_.begin(), fabrics_.end(), port.forward ? link.from : link.to);
  if (at == fabrics_.end()) return std::nullopt;
  return PortRef{static_cast<std::uint32_t>(links_.size() + (at - fabrics_.begin())), true};
}

BitRate Topology::capacity_of(PortRef port) const {
  if (port.link < links_.size()) return links_[port.link].spec.capacity;
  return *places_[fabrics_[port.link - links_.size()]].capacity;
}

Sharing Topology::sharing_of(PortRef port) const {
  return port.link < links_.size() ? links_[port.link].spec.sharing : Sharing::fair;
}

std::optional<Duration> Topology::max_queue_of(PortRef port) const {
  return port.link < links_.size() ? links_[port.link].spec.max_queue : std::nullopt;
}

void Topology::add_link(std::string id, const LinkSpec& spec) {
  const auto from = find(spec.from);
  const auto to = find(spec.to);
  CDNSIM_ASSERT(from && to, "links are checked when the scenario is read");
  const auto index = static_cast<std::uint32_t>(links_.size());
  const LinkProperty property{index, Cost{spec.delay.value_or(Duration{0}).count(), 1}};
  boost::add_edge(*from, *to, property, graph_->boost);
  boost::add_edge(*to, *from, property, graph_->boost);
  links_.push_back(Link{std::move(id), spec, *from, *to});
  graph_->trees.clear();
}

std::optional<std::uint32_t> Topology::find(const std::string& id) const {
  const auto found = graph_->by_id.find(id);
  if (found == graph_->by_id.end()) return std::nullopt;
  return found->second;
}

const Topology::Tree& Topology::tree_from(std::uint32_t from) const {
  const auto known = graph_->trees.find(from);
  if (known != graph_->trees.end()) return known->second;

  const BoostGraph& graph = graph_->boost;
  Tree tree{std::vector<Cost>(places_.size(), kNotReached),
            std::vector<std::uint32_t>(places_.size(), from),
            std::vector<std::int64_t>(places_.size(), kNoLink)};
  // An edge that leaves an end other than the root costs infinitely much.
  const auto weight = boost::make_function_property_map<BoostGraph::edge_descriptor>(
      [&](const BoostGraph::edge_descriptor& edge) {
        const auto source = boost::source(edge, graph);
        return graph[source].is_end && source != from ? kNotReached : graph[edge].cost;
      });
  boost::dijkstra_shortest_paths(graph, from,
                                 boost::weight_map(weight)
                                     .distance_map(boost::make_iterator_property_map(
                                         tree.cost.begin(), get(boost::vertex_index, graph)))
                                     .predecessor_map(boost::make_iterator_property_map(
                                         tree.parent.begin(), get(boost::vertex_index, graph)))
                                     .distance_inf(kNotReached)
                                     .distance_zero(Cost{})
                                     .distance_combine(Sum())
                                     .distance_compare(std::less<Cost>()));
  // The links themselves in a second pass, first id first, so that Boost's order of visits
  // decides nothing.
  for (const auto& edge : boost::make_iterator_range(boost::edges(graph))) {
    const auto source = static_cast<std::uint32_t>(boost::source(edge, graph));
    const auto place = static_cast<std::uint32_t>(boost::target(edge, graph));
    const std::int64_t link = graph[edge].link;
    if (place == from || tree.cost[place] == kNotReached) continue;
    if (Sum()(tree.cost[source], get(weight, edge)) != tree.cost[place]) continue;
    if (tree.link[place] != kNoLink && tree.link[place] <= link) continue;
    tree.parent[place] = source;
    tree.link[place] = link;
  }
  return graph_->trees.emplace(from, std::move(tree)).first->second;
}

std::optional<Path> Topology::shortest_path(std::uint32_t from, std::uint32_t to) const {
  const Tree& tree = tree_from(from);
  if (tree.cost[to] == kNotReached) return std::nullopt;
  Path path;
  path.delay = Duration{tree.cost[to].delay_ns};
  for (std::uint32_t place = to; place != from; place = tree.parent[place]) {
    const auto link = static_cast<std::uint32_t>(tree.link[place]);
    path.narrowest = std::min(path.narrowest, links_[link].spec.capacity);
    path.ports.push_back(PortRef{link, links_[link].to == place});
  }
  std::reverse(path.ports.begin(), path.ports.end());
  return path;
}

}  // namespace cdnsim
