#include <algorithm>
#include <map>
#include <set>
#include <string_view>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/world/graph_scenario.hpp>

namespace cdnsim::world {
namespace {

constexpr Duration kNextDoor = std::chrono::microseconds(50);  // within a node
constexpr std::uint64_t kUsers = 1'000'000;

// "New York" as new-york; letters that are not ASCII stay.
std::string slug_of(const std::string& text) {
  std::string slug;
  for (const char c : text) {
    const bool is_upper = c >= 'A' && c <= 'Z';
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || static_cast<unsigned char>(c) >= 0x80;
    if (is_plain || is_upper) {
      slug += is_upper ? static_cast<char>(c - 'A' + 'a') : c;
    } else if (!slug.empty() && slug.back() != '-') {
      slug += '-';
    }
  }
  while (!slug.empty() && slug.back() == '-') slug.pop_back();
  return slug;
}

const Metro& nearest_metro(Coordinates position) {
  const Metro* nearest = nullptr;
  for (const Metro& metro : metros()) {
    if (!nearest ||
        great_circle(metro.position, position) < great_circle(nearest->position, position)) {
      nearest = &metro;
    }
  }
  return *nearest;
}

class Importer {
 public:
  Importer(const GraphDocument& graph, const GraphChoices& choices)
      : graph_(graph), choices_(choices), kept_(graph.nodes.size(), true) {}

  GraphScenario import() {
    if (graph_.nodes.empty()) throw UserError("the graph has no nodes, so there is nothing to run");
    if (choices_.placed_only) leave_out_unplaced();
    check_lengths();
    keep_one_part();
    name_nodes();
    add_nodes();
    add_links();
    add_origin();
    add_traffic();
    made_.nodes_left_out = static_cast<std::uint64_t>(std::ranges::count(kept_, false));
    return std::move(made_);
  }

 private:
  NetworkSpec& network() { return made_.scenario.network; }
  bool is_kept(const GraphEdge& edge) const {
    return kept_[edge.from] && kept_[edge.to] && edge.from != edge.to;
  }

  void leave_out_unplaced() {
    for (std::size_t i = 0; i < kept_.size(); ++i) kept_[i] = graph_.nodes[i].position.has_value();
    if (std::ranges::count(kept_, true) == 0) {
      throw UserError(
          "no node of the graph has a position; give all links a delay instead (--delay 5ms)");
    }
  }

  std::optional<Duration> delay_of(const GraphEdge& edge) const {
    const auto& from = graph_.nodes[edge.from].position;
    const auto& to = graph_.nodes[edge.to].position;
    if (!from || !to) return choices_.delay;
    return std::max(kNextDoor, fibre_delay(great_circle(*from, *to), choices_.path_inflation));
  }

  void check_lengths() const {
    std::uint64_t links = 0, without = 0;
    for (const GraphEdge& edge : graph_.edges) {
      if (!is_kept(edge)) continue;
      ++links;
      without += !delay_of(edge);
    }
    if (without == 0) return;
    throw UserError(
        fmt::format("{} of {} links have an end without a position, so nobody knows how long they "
                    "are; give those a delay (--delay 1ms), or leave such nodes out "
                    "(--placed-only)",
                    without, links));
  }

  // Traffic does not get from one part to another.
  void keep_one_part() {
    std::vector<std::uint32_t> part(kept_.size());
    for (std::uint32_t i = 0; i < part.size(); ++i) part[i] = i;
    for (const GraphEdge& edge : graph_.edges) {
      if (!is_kept(edge) || part[edge.from] == part[edge.to]) continue;
      const auto [low, high] = std::minmax({part[edge.from], part[edge.to]});
      std::ranges::replace(part, std::uint32_t{high}, std::uint32_t{low});
    }
    std::map<std::uint32_t, std::uint64_t> sizes;
    for (std::uint32_t i = 0; i < part.size(); ++i) {
      if (kept_[i]) ++sizes[part[i]];
    }
    const auto largest = std::ranges::max_element(
        sizes, [](const auto& a, const auto& b) { return a.second < b.second; });
    if (sizes.size() > 1 && !choices_.largest_part) {
      throw UserError(fmt::format(
          "the graph has {} parts that no link joins, so most nodes would reach no origin; take "
          "the largest alone, of {} nodes (--largest-part)",
          sizes.size(), largest->second));
    }
    for (std::uint32_t i = 0; i < part.size(); ++i) kept_[i] &= part[i] == largest->first;
  }

  void name_nodes() {
    std::map<std::string, int> uses;
    for (const GraphNode& node : graph_.nodes) ++uses[slug_of(node.label)];
    for (std::size_t i = 0; i < graph_.nodes.size(); ++i) {
      const GraphNode& node = graph_.nodes[i];
      const std::string label = slug_of(node.label);
      std::string name = label.empty() ? "node-" + node.id : label;
      if (!label.empty() && uses[label] > 1) name += "-" + node.id;
      while (!taken_.insert(name).second || !taken_.insert("users-" + name).second) name += "-";
      names_.push_back(std::move(name));
    }
  }

  void add_nodes() {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!kept_[i]) continue;
      const GraphNode& node = graph_.nodes[i];
      PopSpec pop;
      pop.servers = 2;
      pop.shield = "none";
      network().pops.emplace(names_[i], pop);
      ClientNetworkSpec users;
      users.users = kUsers;
      users.region = node.country.empty() ? "map" : node.country;
      if (node.position) {
        const Metro& metro = nearest_metro(*node.position);
        if (node.country.empty()) users.region = enum_name(metro.region);
        users.utc_offset = metro.utc_offset;
      }
      network().client_networks.emplace("users-" + names_[i], users);
      add_link(names_[i], "users-" + names_[i], LinkKind::pni, kNextDoor, 1_Tbps);
    }
  }

  void add_link(const std::string& from, const std::string& to, LinkKind kind, Duration delay,
                BitRate capacity) {
    LinkSpec link;
    link.from = from;
    link.to = to;
    link.kind = kind;
    link.delay = delay;
    link.capacity = capacity;
    std::string id = fmt::format("{} {}", from, to);
    for (int other = 2; network().links.contains(id); ++other) {
      id = fmt::format("{} {} {}", from, to, other);
    }
    network().links.emplace(std::move(id), std::move(link));
  }

  // All nodes are one organisation. A link of a directed graph carries both ways, as links do.
  void add_links() {
    for (const GraphEdge& edge : graph_.edges) {
      if (!is_kept(edge)) {
        ++made_.links_left_out;
        continue;
      }
      const BitRate speed = edge.speed.value_or(choices_.capacity);
      add_link(names_[edge.from], names_[edge.to], LinkKind::backbone, *delay_of(edge),
               std::max(speed, BitRate{1'000}));
    }
  }

  std::size_t origin_node() const {
    std::vector<std::uint64_t> links(kept_.size());
    for (const GraphEdge& edge : graph_.edges) {
      if (!is_kept(edge)) continue;
      ++links[edge.from];
      ++links[edge.to];
    }
    std::size_t best = kept_.size();
    std::vector<std::string_view> known;
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (!kept_[i]) continue;
      const GraphNode& node = graph_.nodes[i];
      known.insert(known.end(), {names_[i], node.id, node.label});
      const std::string& wanted = choices_.origin;
      if (wanted.empty()) {
        if (best == kept_.size() || links[i] > links[best]) best = i;
      } else if (node.id == wanted || node.label == wanted || names_[i] == wanted) {
        return i;
      }
    }
    if (best < kept_.size()) return best;
    throw UserError(fmt::format("--origin: {} is no node that is taken{}", quoted(choices_.origin),
                                did_you_mean(choices_.origin, known)));
  }

  void add_origin() {
    made_.origin_at = names_[origin_node()];
    origin_ = "origin";
    while (taken_.contains(origin_)) origin_ += "-";
    network().origins.emplace(origin_, OriginSpec{});
    add_link(made_.origin_at, origin_, LinkKind::backbone, kNextDoor, 1_Tbps);
  }

  void add_traffic() {
    Scenario& scenario = made_.scenario;
    scenario.question = fmt::format("What does a CDN with a PoP at each node of {} do?",
                                    graph_.id.empty() ? "this graph" : graph_.id);
    scenario.duration = 30s;
    scenario.warmup = 10s;
    ContentSpec objects;
    objects.objects = 10'000;
    objects.popularity.zipf_exponent = 0.9;
    objects.size.law = FixedSize{100_KB};
    objects.origin = origin_;
    objects.cache_control = *parse<CacheControl>("public, max-age=3600").value;
    scenario.content["objects"] = objects;
    Steady everybody;
    everybody.rate = choices_.per_node * static_cast<double>(network().pops.size());
    everybody.mix["objects"] = 1.0;
    scenario.traffic["everybody"] = everybody;
    scenario.caching.edge.memory = 100_MB;
  }

  const GraphDocument& graph_;
  const GraphChoices& choices_;
  std::vector<std::uint8_t> kept_;  // by node
  std::vector<std::string> names_;  // by node: its PoP's id
  std::set<std::string> taken_;
  std::string origin_;
  GraphScenario made_;
};

}  // namespace

GraphScenario scenario_of(const GraphDocument& graph, const GraphChoices& choices) {
  return Importer(graph, choices).import();
}

}  // namespace cdnsim::world
