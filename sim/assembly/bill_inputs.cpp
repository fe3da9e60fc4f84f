#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/assembly/bill_inputs.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

using Bins = std::vector<std::int64_t>;

std::int64_t sum_of(const Bins& bins) {
  std::int64_t sum = 0;
  for (const std::int64_t bytes : bins) sum += bytes;
  return sum;
}

class BillInputMaker {
 public:
  BillInputMaker(const Scenario& scenario, const Network& network, const Collector& collector)
      : scenario_(scenario), network_(network), plan_(*network.plan), collector_(collector) {}

  BillInputs make() {
    made_.billing = *scenario_.billing;
    for (std::size_t i = 0; i < plan_.catalogue.size(); ++i) {
      made_.classes.push_back(plan_.catalogue[i].name);
    }
    for (std::size_t i = 0; i < plan_.networks.size(); ++i) {
      made_.isps.push_back(plan_.networks[i].id);
      isp_at_[plan_.networks[i].place] = i;
    }
    add_run();
    add_sites();
    add_origins();
    add_served_classes();
    made_.served.by_isp.assign(made_.isps.size(), 0);
    for (std::uint32_t i = 0; i < plan_.topology.links().size(); ++i) add_link(i);
    return std::move(made_);
  }

 private:
  const ObservedNode& node(const std::string& id) const {
    for (const auto& node : network_.nodes) {
      if (node->id() == id && node->role() != NodeRole::detector) return *node;
    }
    CDNSIM_ASSERT(false, "every place but client networks has a node");
    return *network_.nodes.front();
  }

  // All ports have the same bins.
  void add_run() {
    const RateFigures& any = collector_.port(0, 0);
    made_.run.start = scenario_.warmup;
    made_.run.count = any.bins().size();
    made_.run.last_bin = any.last_bin();
    for (const auto& [id, workload] : scenario_.traffic) {
      const auto* steady = std::get_if<Steady>(&workload);
      if (steady != nullptr && steady->curve == Curve::diurnal()) made_.run.follows_clock = true;
    }
  }

  void add_sites() {
    for (const auto& [id, spec] : scenario_.network.pops) {
      add_site(id, spec.pricing, spec.servers, scenario_.caching.edge.storage);
      made_.sites.back().is_virtual = spec.is_virtual;
      std::vector<ClientCounts> counts(plan_.networks.size());
      node(id).add_client_counts(counts);
      for (const ClientCounts& count : counts) {
        made_.sites.back().shares.by_isp.push_back(static_cast<std::int64_t>(count.bytes));
      }
    }
    for (const auto& [id, spec] : scenario_.network.shields) {
      add_site(id, spec.pricing, spec.servers, scenario_.caching.shield.storage);
    }
  }

  void add_site(const std::string& id, const SitePricing& pricing, std::uint32_t servers,
                const StorageSpec& storage) {
    site_at_[*plan_.topology.find(id)] = made_.sites.size();
    SiteInput& site = made_.sites.emplace_back();
    site.id = id;
    site.pricing = pricing;
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

  void add_served_classes() {
    made_.served.by_class.assign(made_.classes.size(), 0);
    for (const auto& node : network_.nodes) {
      if (node->role() != NodeRole::edge) continue;
      const std::vector<std::int64_t> bytes = served_by(*node);
      for (std::size_t i = 0; i < bytes.size(); ++i) made_.served.by_class[i] += bytes[i];
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
  // PoPs or two shields, `from`.
  std::optional<bool> forward_is_sent(const Link& link) const {
    const bool from = site_at_.contains(link.from), to = site_at_.contains(link.to);
    if (from && to) {
      return kind_at(link.from) == PlaceKind::pop || kind_at(link.to) != PlaceKind::pop;
    }
    if (from) return true;
    if (to) return false;
    return std::nullopt;
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
    made.sent = collector_.port(index, forward.value_or(true) ? 0 : 1).bins();
    made.received = collector_.port(index, forward.value_or(true) ? 1 : 0).bins();
    if (forward) made.site = site_at_.at(own);
    if (const auto isp = isp_at_.find(other); isp != isp_at_.end()) {
      made.isp = isp->second;
      made_.served.by_isp[isp->second] += sum_of(made.sent);
    }
    if (made.isp) {
      made.utc_offset = local_start(scenario_, *plan_.networks[*made.isp].spec);
    } else {
      const bool at_pop = forward && kind_at(own) == PlaceKind::pop;
      made.utc_offset = offset_of_most_users(at_pop ? std::optional(own) : std::nullopt);
    }
    made.pays = forward && !origin_at_.contains(other);
    add_to_origin(link, index);
  }

  void add_to_origin(const Link& link, std::uint32_t index) {
    for (const std::uint32_t direction : {0U, 1U}) {
      const auto origin = origin_at_.find(direction == 0 ? link.from : link.to);
      if (origin == origin_at_.end()) continue;
      const Bins& bins = collector_.port(index, direction).bins();
      Bins& sent = made_.origins[origin->second].sent;
      for (std::size_t i = 0; i < bins.size(); ++i) sent[i] += bins[i];
    }
  }

  const Scenario& scenario_;
  const Network& network_;
  const Plan& plan_;
  const Collector& collector_;
  BillInputs made_;
  std::map<std::uint32_t, std::size_t> isp_at_, site_at_, origin_at_;  // by place
};

}  // namespace

BillInputs bill_inputs(const Scenario& scenario, const Network& network,
                       const Collector& collector) {
  return BillInputMaker(scenario, network, collector).make();
}

}  // namespace cdnsim::assembly
