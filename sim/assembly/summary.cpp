#include <algorithm>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include <cdnsim/assembly/activity_summary.hpp>
#include <cdnsim/assembly/advice.hpp>
#include <cdnsim/assembly/bill_inputs.hpp>
#include <cdnsim/assembly/bill_summary.hpp>
#include <cdnsim/assembly/client_links.hpp>
#include <cdnsim/assembly/event_summary.hpp>
#include <cdnsim/assembly/hot_summary.hpp>
#include <cdnsim/assembly/latency_summary.hpp>
#include <cdnsim/assembly/launch_summary.hpp>
#include <cdnsim/assembly/live_summary.hpp>
#include <cdnsim/assembly/port_summary.hpp>
#include <cdnsim/assembly/site_cards.hpp>
#include <cdnsim/assembly/steering_summary.hpp>
#include <cdnsim/assembly/storage_summary.hpp>
#include <cdnsim/assembly/summary.hpp>
#include <cdnsim/assembly/viral_summary.hpp>

namespace cdnsim::assembly {
namespace {

ClassCounts measured(const Network& network, NodeRole role) {
  ClassCounts sum;
  for (const auto& node : network.nodes) {
    if (node->role() == role) sum += node->recorder().total(Phase::measured);
  }
  return sum;
}

ClassCounts measured(const Network& network, NodeRole role, std::uint16_t content) {
  ClassCounts sum;
  for (const auto& node : network.nodes) {
    if (node->role() == role) sum += node->recorder().counts(Phase::measured, content);
  }
  return sum;
}

// Of whoever serves clients.
ClassCounts measured_at_clients(const Network& network) {
  ClassCounts sum = measured(network, NodeRole::edge);
  sum += measured(network, NodeRole::embedded);
  return sum;
}

RequestTotals requests_of(const ClassCounts& edge) {
  RequestTotals totals;
  totals.outcomes = outcomes_of(edge);
  totals.errors = edge[Status::error];
  totals.timed_out = edge[Status::timed_out];
  totals.rate_limited = edge[Status::rate_limited];
  totals.not_found = edge[Status::not_found];
  totals.in_flight =
      totals.outcomes.requests - edge[Status::ok] - edge[Status::not_found] - edge.failed();
  return totals;
}

OriginTotals origin_of(const ClassCounts& edge, const ClassCounts& origin,
                       const Collector& collector, double measured_s) {
  OriginTotals totals;
  totals.requests = origin.requests();
  totals.bytes = origin.bytes_served + origin.bytes_pushed;
  totals.errors = origin.failed();
  totals.mean_rps = measured_s > 0 ? static_cast<double>(totals.requests) / measured_s : 0.0;
  totals.peak_rps = static_cast<double>(collector.origin_requests().peak());
  totals.p95_rps = collector.origin_requests().p95_per_second();
  totals.offload_ratio = 1.0 - ratio(totals.requests, edge.requests());
  totals.byte_offload_ratio = 1.0 - ratio(totals.bytes, edge.bytes_served);
  return totals;
}

std::optional<double> key_variants_of(const ContentClass& content) {
  if (!content.spec.key && !content.spec.asked) return std::nullopt;
  return content.forms.has_unique() ? std::numeric_limits<double>::quiet_NaN()
                                    : static_cast<double>(content.forms.known_variants());
}

void add_classes(const Network& network, const Collector& collector, Result& result) {
  for (std::size_t i = 0; i < network.plan->catalogue.size(); ++i) {
    const auto content = static_cast<std::uint16_t>(i);
    const ClassCounts origin = measured(network, NodeRole::origin, content);
    ClassResult found;
    ClassCounts at_clients = measured(network, NodeRole::edge, content);
    at_clients += measured(network, NodeRole::embedded, content);
    found.edge = activity_of(at_clients);
    found.origin_requests = origin.requests();
    found.origin_bytes = origin.bytes_served + origin.bytes_pushed;
    found.edge_peak_rps = static_cast<double>(collector.edge_requests(i).peak());
    found.origin_peak_rps = static_cast<double>(collector.origin_requests(i).peak());
    found.key_variants = key_variants_of(network.plan->catalogue[i]);
    result.classes[network.plan->catalogue[i].name] = found;
  }
}

// Requests of the fullest and of the emptiest server in means, and the share that spilled.
std::tuple<double, double, double> spread_of(const ServerLoads& loads) {
  std::uint64_t sum = 0, most = 0, least = std::numeric_limits<std::uint64_t>::max();
  for (const std::uint64_t requests : loads.requests) {
    sum += requests;
    most = std::max(most, requests);
    least = std::min(least, requests);
  }
  const std::uint64_t servers = loads.requests.size();
  return {ratio(most * servers, sum), ratio(servers == 0 ? 0 : least * servers, sum),
          ratio(loads.spilled, loads.assigned)};
}

std::optional<ConnectionResult> connections_of(const Scenario& scenario, const ObservedNode& node) {
  if (!scenario.caching.edge.connections && !scenario.caching.shield.connections &&
      !scenario.caching.embedded.connections) {
    return {};
  }
  const ConnectionCounts& counts = node.connections(Phase::measured);
  return ConnectionResult{counts.opened, counts.reused,
                          ratio(counts.reused, counts.opened + counts.reused), counts.taken_in};
}

void add_nodes(const Scenario& scenario, const Network& network, Result& result) {
  for (const auto& node : network.nodes) {
    const CacheFlows flows = node->flows();
    result.message_delays_raised += flows.delays_raised;
    if (is_control(node->role())) continue;
    const auto [fullest, emptiest, spilled] = spread_of(node->server_loads());
    const ClassCounts relayed = node->recorder().total(Phase::relayed);
    result.nodes.push_back(NodeResult{
        node->id(), std::string(name_of(node->role())),
        activity_of(node->recorder().total(Phase::measured)), relayed.requests(), relayed.found(),
        fullest, emptiest, spilled,
        servers_of(node->server_loads(), scenario.duration - scenario.warmup), flows.objects_held,
        flows.bytes_held, storage_of(flows.storage, scenario.duration),
        hot_of(node->hot_listings(), network.plan->catalogue), connections_of(scenario, *node)});
  }
}

std::string fills_over(const Plan& plan, std::uint32_t place) {
  for (const EmbeddedCache& cache : plan.embedded) {
    if (cache.place == place) return std::string(share_name(cache.fills_over));
  }
  return "";
}

void add_links(const Network& network, const Collector& collector, Result& result) {
  const std::vector<Link>& links = network.plan->topology.links();
  std::map<std::string, std::int64_t> to_clients;
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    LinkResult link;
    link.id = links[i].id;
    for (const auto& entry : enum_names(LinkKind{})) {
      if (entry.value == links[i].spec.kind) link.kind = entry.name;
    }
    link.from = links[i].spec.from;
    link.to = links[i].spec.to;
    link.capacity_bps = static_cast<double>(links[i].spec.capacity.count());
    const PortFigures& forward = collector.load(i, 0);
    const PortFigures& backward = collector.load(i, 1);
    link.forward = traffic_of(forward);
    link.backward = traffic_of(backward);
    link.dearer = dearer_of(link.forward, link.backward);
    link.utilisation_p95 = std::max(p95_of_all(forward), p95_of_all(backward)) / link.capacity_bps;
    link.longest_queue_ms = seconds(std::max(forward.longest_queue, backward.longest_queue)) * 1e3;
    if (const auto client = client_link(network.plan->topology, links[i])) {
      const TrafficFigures& in = client->forward ? link.forward : link.backward;
      const TrafficFigures& out = client->forward ? link.backward : link.forward;
      to_clients[std::string(share_name(links[i].spec.kind))] +=
          static_cast<std::int64_t>(in.bytes);
      // It came in by another link, and has not reached users yet.
      if (client->embedded) {
        const std::uint32_t cache = client->forward ? links[i].from : links[i].to;
        to_clients[fills_over(*network.plan, cache)] -= static_cast<std::int64_t>(out.bytes);
      }
    }
    result.links.push_back(std::move(link));
  }
  std::uint64_t all_to_clients = 0;
  for (auto& [kind, bytes] : to_clients) {
    bytes = std::max<std::int64_t>(bytes, 0);  // at the end of a run some may be under way
    all_to_clients += static_cast<std::uint64_t>(bytes);
  }
  for (const auto& [kind, bytes] : to_clients) {
    result.traffic_share[kind] = ratio(static_cast<std::uint64_t>(bytes), all_to_clients);
  }
}

// Bytes that users of each network got from caches inside it, and from those of neighbours.
auto from_caches(const Network& network) {
  const Plan& plan = *network.plan;
  std::vector<std::uint64_t> inside(plan.networks.size()), beside(plan.networks.size());
  for (const EmbeddedCache& cache : plan.embedded) {
    const auto node = std::ranges::find(network.nodes, plan.topology.place(cache.place).id,
                                        [](const auto& each) { return each->id(); });
    std::vector<ClientCounts> counts(plan.networks.size());
    (*node)->add_client_counts(counts);
    for (std::size_t i = 0; i < counts.size(); ++i) {
      (i == cache.host ? inside : beside)[i] += counts[i].bytes;
    }
  }
  return std::pair(inside, beside);
}

void add_isps(const Network& network, Result& result) {
  const Plan& plan = *network.plan;
  std::vector<ClientCounts> counts(plan.networks.size());
  const auto [inside, beside] = from_caches(network);
  std::map<std::string, std::uint64_t> fetched;  // by embedded caches
  for (const auto& node : network.nodes) {
    node->add_client_counts(counts);
    if (node->role() != NodeRole::embedded) continue;
    fetched[node->id()] = node->recorder().total(Phase::measured).bytes_fetched;
  }
  for (std::size_t i = 0; i < plan.networks.size(); ++i) {
    const ClientNetwork& client = plan.networks[i];
    const bool embedded = !client.embedded.empty();
    IspResult isp;
    isp.id = client.id;
    isp.region = plan.regions[client.region];
    isp.served_by = plan.topology.place(client.pop_place).id;
    isp.way = embedded ? "embedded" : std::string(enum_name(client.way_kind));
    for (const std::uint32_t cache : client.embedded) {
      isp.embedded.push_back(plan.topology.place(plan.embedded[cache].place).id);
      isp.fill_bytes += fetched[isp.embedded.back()];
    }
    isp.requests = counts[i].requests;
    isp.bytes = counts[i].bytes;
    isp.embedded_bytes = inside[i];
    if (client.caches.size() > client.embedded.size()) isp.neighbour_bytes = beside[i];
    isp.external_bytes = isp.bytes - isp.embedded_bytes + isp.fill_bytes;
    isp.external_offload_ratio = 1.0 - ratio(isp.external_bytes, isp.bytes);
    if (embedded) isp.cacheable_offload_ratio = 1.0 - ratio(isp.fill_bytes, isp.embedded_bytes);
    isp.way_delay_ms = seconds(client.way_delay) * 1e3;
    isp.round_trip_ms = seconds(client.round_trip) * 1e3;
    result.isps.push_back(std::move(isp));
  }
}

Coverage coverage_of(const Plan& plan) {
  std::uint64_t all = 0;
  std::array<std::uint64_t, 3> within{};
  constexpr std::array<Duration, 3> kLimits = {Duration{10ms}, Duration{50ms}, Duration{100ms}};
  for (const ClientNetwork& client : plan.networks) {
    all += client.spec->users;
    for (std::size_t i = 0; i < kLimits.size(); ++i) {
      if (client.round_trip <= kLimits[i]) within[i] += client.spec->users;
    }
  }
  return Coverage{ratio(within[0], all), ratio(within[1], all), ratio(within[2], all)};
}

void add_messages(const Network& network, const InFlight& in_flight, Result& result) {
  for (std::size_t kind = 0; kind < kMessageNames.size(); ++kind) {
    if (!network.uses(static_cast<MessageKind>(kind))) continue;
    MessageResult message{std::string(kMessageNames[kind]), 0, 0, 0, in_flight.messages[kind]};
    for (const auto& node : network.nodes) {
      message.sent += node->messages()[kind].sent;
      message.received += node->messages()[kind].received;
      message.dropped += node->messages()[kind].dropped;
    }
    result.messages.push_back(message);
  }
}

}  // namespace

Result summarise(const Scenario& scenario, const Network& network, const Collector& collector,
                 const InFlight& in_flight) {
  Result result;
  result.scenario =
      ScenarioSummary{scenario.name, scenario.question,          "",
                      scenario.seed, seconds(scenario.duration), seconds(scenario.warmup)};
  const ClassCounts edge = measured_at_clients(network);
  const ClassCounts origin = measured(network, NodeRole::origin);
  result.requests = requests_of(edge);
  result.tiers["edge"] = activity_of(measured(network, NodeRole::edge));
  if (!scenario.network.embedded.empty()) {
    result.tiers["embedded"] = activity_of(measured(network, NodeRole::embedded));
  }
  if (!scenario.network.shields.empty()) {
    result.tiers["shield"] = activity_of(measured(network, NodeRole::shield));
  }
  result.origin = origin_of(edge, origin, collector, seconds(scenario.duration - scenario.warmup));
  result.availability.requests = edge[Status::ok] + edge[Status::not_found] + edge.failed();
  result.availability.errors = edge.failed();
  result.availability.error_ratio = ratio(result.availability.errors, result.availability.requests);
  add_classes(network, collector, result);
  result.latency = latency_of(network);
  result.coverage = coverage_of(*network.plan);
  add_nodes(scenario, network, result);
  add_cards(scenario, network, collector, result);
  add_links(network, collector, result);
  if (!network.plan->topology.fabrics().empty()) result.ixps = ixps_of(network, collector);
  add_isps(network, result);
  add_messages(network, in_flight, result);
  if (network.detector != nullptr) result.viral = viral_of(scenario, network);
  if (!network.plan->demand->live_events().empty()) result.live = live_of(scenario, network);
  result.steering = steering_of(scenario, network);
  if (!scenario.launches.empty()) result.launches = launches_of(scenario, network);
  result.events = events_of(scenario, network, collector);
  if (scenario.billing) {
    const BillInputs inputs = bill_inputs(scenario, network, collector);
    const Bill bill = make_bill(inputs);
    add_bill(inputs, bill, result);
    result.cost->exchanges = exchange_results(scenario, network, inputs, bill);
    result.cost->site_candidates = site_candidates(scenario, network, inputs, bill);
  }
  return result;
}

}  // namespace cdnsim::assembly
