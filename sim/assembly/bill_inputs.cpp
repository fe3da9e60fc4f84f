#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/assembly/bill_inputs.hpp>
#include <cdnsim/assembly/client_links.hpp>
#include <cdnsim/assembly/crossings.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

using Bins = std::vector<std::int64_t>;

class BillInputMaker {
 public:
  BillInputMaker(const Scenario& scenario, const Network& network, const BinnedPorts& ports)
      : scenario_(scenario), network_(network), plan_(*network.plan), ports_(ports) {}

  BillInputs make() {
    made_.billing = *scenario_.billing;
    for (std::size_t i = 0; i < plan_.catalogue.size(); ++i) {
      made_.classes.push_back(plan_.catalogue[i].name);
    }
    for (std::size_t i = 0; i < plan_.networks.size(); ++i) {
      made_.isps.push_back(plan_.networks[i].id);
      isp_at_[plan_.networks[i].place] = i;
    }
    made_.run = ports_.run;
    for (const EmbeddedCache& cache : plan_.embedded) fills_over_[cache.place] = cache.fills_over;
    add_sites();
    add_origins();
    add_served();
    crossed_ = crossings(network_);
    for (std::uint32_t i = 0; i < plan_.topology.links().size(); ++i) add_link(i);
    for (const ClientNetwork& network : plan_.networks) {
      made_.transit_prices.push_back(network.spec->transit_price);
    }
    for (const EmbeddedCache& cache : plan_.embedded) add_cache(cache);
    return std::move(made_);
  }

 private:
  const ObservedNode& node(const std::string& id) const {
    for (const auto& node : network_.nodes) {
      if (node->id() == id && !is_control(node->role())) return *node;
    }
    CDNSIM_ASSERT(false, "every place but client networks has a node");
    return *network_.nodes.front();
  }

  void add_sites() {
    for (const auto& [id, spec] : scenario_.network.pops) {
      add_site(id, spec, tier_of(scenario_.caching.edge, spec.kit).storage);
      made_.sites.back().is_virtual = spec.is_virtual;
      made_.sites.back().shares.by_isp = got_from(node(id));
    }
    for (const auto& [id, spec] : scenario_.network.shields) {
      add_site(id, spec, tier_of(scenario_.caching.shield, spec.kit).storage);
    }
    for (const auto& [id, spec] : scenario_.network.embedded) {
      add_site(id, spec, tier_of(scenario_.caching.embedded, spec.kit).storage);
      made_.sites.back().is_embedded = true;
      made_.sites.back().shares.by_isp = got_from(node(id));
    }
  }

  // What each client network's users got of it.
  std::vector<std::int64_t> got_from(const ObservedNode& node) const {
    std::vector<ClientCounts> counts(plan_.networks.size());
    node.add_client_counts(counts);
    std::vector<std::int64_t> bytes;
    for (const ClientCounts& count : counts) {
      bytes.push_back(static_cast<std::int64_t>(count.bytes));
    }
    return bytes;
  }

  template <class Spec>
  void add_site(const std::string& id, const Spec& spec, const StorageSpec& storage) {
    const std::uint32_t servers = spec.servers;
    site_at_[*plan_.topology.find(id)] = made_.sites.size();
    SiteInput& site = made_.sites.emplace_back();
    site.id = id;
    site.pricing = spec.pricing;
    site.servers = servers;
    site.ssd = storage.ssd.value_or(Bytes{0}) * servers;
    site.hdd = storage.hdd.value_or(Bytes{0}) * servers;
    site.shares.by_class = served_by(node(id));
  }

  void add_origins() {
    for (const auto& [id, spec] : scenario_.network.origins) {
      origin_at_[*plan_.topology.find(id)] = made_.origins.size();
      OriginInput& origin = made_.origins.emplace_back();
      origin.id = id;
      origin.pricing = spec.pricing;
      origin.sent.assign(made_.run.count, 0);
      origin.utc_offset = offset_of_most_users(std::nullopt);
      origin.shares.by_class = served_by(node(id));
    }
  }

  std::vector<std::int64_t> served_by(const ObservedNode& node) const {
    std::vector<std::int64_t> bytes;
    for (std::size_t i = 0; i < made_.classes.size(); ++i) {
      const auto content = static_cast<std::uint16_t>(i);
      bytes.push_back(
          static_cast<std::int64_t>(node.recorder().counts(Phase::measured, content).bytes_served));
    }
    return bytes;
  }

  void add_served() {
    made_.served.by_class.assign(made_.classes.size(), 0);
    made_.served.by_isp.assign(made_.isps.size(), 0);
    const auto add_to = [](std::vector<std::int64_t>& sum, const std::vector<std::int64_t>& more) {
      for (std::size_t i = 0; i < more.size(); ++i) sum[i] += more[i];
    };
    for (const auto& node : network_.nodes) {
      if (!serves_clients(node->role())) continue;
      add_to(made_.served.by_class, served_by(*node));
      add_to(made_.served.by_isp, got_from(*node));
    }
  }

  // Of the largest network that a PoP serves, or of all.
  Duration offset_of_most_users(std::optional<std::uint32_t> pop_place) const {
    const ClientNetworkSpec* most = nullptr;
    for (const ClientNetwork& network : plan_.networks) {
      if (pop_place && network.pop_place != *pop_place) continue;
      if (most == nullptr || network.spec->users > most->users) most = network.spec;
    }
    return most == nullptr ? Duration{0} : local_start(scenario_, *most);
  }

  // The CDN's end of a link: between two of its sites the PoP, which causes the fetches; of two
  // PoPs or two shields, `from`. Of a link at a client network without one, the other end.
  std::optional<bool> forward_is_sent(const Link& link) const {
    const bool from = site_at_.contains(link.from), to = site_at_.contains(link.to);
    if (from && to) {
      return kind_at(link.from) == PlaceKind::pop || kind_at(link.to) != PlaceKind::pop;
    }
    if (from) return true;
    if (to) return false;
    const std::optional<ClientLink> client = client_link(plan_.topology, link);
    return client ? std::optional(client->forward) : std::nullopt;
  }
  PlaceKind kind_at(std::uint32_t place) const { return plan_.topology.place(place).kind; }

  void add_link(std::uint32_t index) {
    const Link& link = plan_.topology.links()[index];
    const std::optional<bool> forward = forward_is_sent(link);
    const std::uint32_t own = forward.value_or(true) ? link.from : link.to;
    const std::uint32_t other = forward.value_or(true) ? link.to : link.from;
    LinkInput& made = made_.links.emplace_back();
    made.id = link.id;
    made.kind = link.spec.kind;
    made.pricing = link.spec.pricing;
    made.capacity = link.spec.capacity;
    const std::uint32_t sent = forward.value_or(true) ? 0 : 1;
    made.sent = ports_.billed(index, sent);
    made.received = ports_.billed(index, 1 - sent);
    if (const auto site = site_at_.find(own); site != site_at_.end()) made.site = site->second;
    const std::optional<ClientLink> client = client_link(plan_.topology, link);
    made.shares.by_isp = crossed_[index];
    if (client) made.isp = isp_at_.at(client->network);
    if (client && client->embedded) made.fills_over = fills_over_.at(own);
    if (link.spec.kind == LinkKind::transit && kind_at(link.from) == PlaceKind::client_network &&
        kind_at(link.to) == PlaceKind::client_network) {
      made.buyer = isp_at_.at(link.from);
    }
    if (const auto behind = made.isp ? made.isp : made.buyer) {
      made.utc_offset = local_start(scenario_, *plan_.networks[*behind].spec);
    } else {
      const bool at_pop = kind_at(own) == PlaceKind::pop;
      made.utc_offset = offset_of_most_users(at_pop ? std::optional(own) : std::nullopt);
    }
    made.pays = made.site && !origin_at_.contains(other);
    add_to_origin(link, index);
  }

  void add_cache(const EmbeddedCache& cache) {
    const EmbeddedSpec& spec = scenario_.network.embedded.at(plan_.topology.place(cache.place).id);
    const ClientNetwork& host = plan_.networks[cache.host];
    CacheInput made;
    made.site = site_at_.at(cache.place);
    made.isp = cache.host;
    made.hosting = hosting_of(spec);
    made.fills_paid = cache.fills_over == LinkKind::transit;
    made.otherwise_paid = cache.otherwise_over == LinkKind::transit;
    const auto otherwise = plan_.routing->best_path(host.pop_place, host.place);
    const auto fills = plan_.routing->best_path(cache.sources.front().place, cache.place);
    made.link = otherwise->ports.front().link;
    made.fills_by_link = fills->ports.front() == otherwise->ports.front();
    made_.caches.push_back(made);
  }

  Money hosting_of(const EmbeddedSpec& spec) const {
    const TariffSpec* tariff = find_tariff(*scenario_.billing, spec.hosting.value_or("colocation"));
    Usage use;
    use.power = spec.pricing.server_power * spec.servers;
    BillLines lines;
    std::get<ColocationTariff>(*tariff).bill(use, lines);
    return lines.front().amount;
  }

  void add_to_origin(const Link& link, std::uint32_t index) {
    for (const std::uint32_t direction : {0U, 1U}) {
      const auto origin = origin_at_.find(direction == 0 ? link.from : link.to);
      if (origin == origin_at_.end()) continue;
      const Bins bins = ports_.own(index, direction);
      Bins& sent = made_.origins[origin->second].sent;
      for (std::size_t i = 0; i < bins.size(); ++i) sent[i] += bins[i];
    }
  }

  const Scenario& scenario_;
  const Network& network_;
  const Plan& plan_;
  const BinnedPorts& ports_;
  BillInputs made_;
  std::map<std::uint32_t, std::size_t> isp_at_, site_at_, origin_at_;  // by place
  std::map<std::uint32_t, LinkKind> fills_over_;                       // of embedded caches
  std::vector<Bins> crossed_;                                          // by link, then network
};

// All ports have the same bins.
RunBins run_bins(const Scenario& scenario, const RateFigures& any) {
  RunBins run;
  run.start = scenario.warmup;
  run.count = any.bins().size();
  run.last_bin = any.last_bin();
  for (const auto& [id, workload] : scenario.traffic) {
    const auto* steady = std::get_if<Steady>(&workload);
    if (steady != nullptr && steady->curve.follows_clock()) run.follows_clock = true;
  }
  return run;
}

}  // namespace

BillInputs bill_inputs(const Scenario& scenario, const Network& network, const BinnedPorts& ports) {
  return BillInputMaker(scenario, network, ports).make();
}

BillInputs bill_inputs(const Scenario& scenario, const Network& network,
                       const Collector& collector) {
  BinnedPorts ports;
  ports.run = run_bins(scenario, collector.port(0, 0));
  ports.own = [&](std::uint32_t link, std::uint32_t direction) {
    return collector.port(link, direction).bins();
  };
  ports.billed = [&](std::uint32_t link, std::uint32_t direction) {
    return collector.billed(link, direction).bins();
  };
  return bill_inputs(scenario, network, ports);
}

}  // namespace cdnsim::assembly
