#include <algorithm>
#include <set>

#include <cdnsim/assembly/epochs.hpp>
#include <cdnsim/assembly/occurrences.hpp>
#include <cdnsim/config/domain_members.hpp>

namespace cdnsim::assembly {
namespace {

class OutageFinder {
 public:
  OutageFinder(const Scenario& scenario, const NetworkMap& map) : scenario_(scenario), map_(map) {}

  std::vector<Outage> find() {
    for (const Occurrence& event : occurrences_of(scenario_)) {
      Outage outage;
      outage.event = event.event;
      const auto lasts =
          std::visit([&](const auto& what) { return describe_in(what, outage); }, event.what);
      if (outage.links.empty() && outage.away.empty()) continue;
      set_times(SimTime{event.at}, lasts, outage);
      outages_.push_back(std::move(outage));
    }
    return std::move(outages_);
  }

 private:
  static std::optional<Duration> describe_in(const PurgeEvent&, Outage&) { return std::nullopt; }
  static std::optional<Duration> describe_in(const DegradeEvent&, Outage&) { return std::nullopt; }
  // Of a whole site; who asks other nodes has his own ways to find out.
  std::optional<Duration> describe_in(const DownEvent& event, Outage& outage) const {
    if (!event.server) add_away(event.node, outage);
    return event.lasts;
  }
  std::optional<Duration> describe_in(const WithdrawEvent& event, Outage& outage) const {
    add_away(event.pop, outage);
    return event.lasts;
  }
  // A site of which all servers fail is as good as down.
  std::optional<Duration> describe_in(const FailEvent& event, Outage& outage) const {
    const config::Failing failing = config::failing(scenario_.network, event);
    for (std::uint32_t i = 0; i < map_.links.size(); ++i) {
      const Link& link = map_.links[i].link;
      if (failing.links.contains(link.id) || failing.places.contains(map_.places[link.from].id) ||
          failing.places.contains(map_.places[link.to].id)) {
        outage.links.push_back(i);
      }
    }
    for (const auto& [site, servers] : failing.servers) {
      if (servers.size() == config::servers_of(scenario_.network, site)) add_away(site, outage);
    }
    return event.lasts;
  }

  // Where clients come to.
  void add_away(const std::string& site, Outage& outage) const {
    const auto found = std::ranges::find(map_.places, site, &Place::id);
    if (found == map_.places.end()) return;
    if (found->kind != PlaceKind::pop && found->kind != PlaceKind::embedded_cache) return;
    outage.away.push_back(static_cast<std::uint32_t>(found - map_.places.begin()));
  }

  void set_times(SimTime at, std::optional<Duration> lasts, Outage& outage) const {
    const Duration reacts = scenario_.network.convergence;
    outage.at = next_slot_edge(scenario_, at);
    if (lasts) outage.back = next_slot_edge(scenario_, at + *lasts);
    const SimTime seen = next_slot_edge(scenario_, outage.at + reacts);
    if (outage.back <= seen) return;
    outage.seen_at = seen;
    if (lasts) outage.seen_back = next_slot_edge(scenario_, outage.back + reacts);
  }

  const Scenario& scenario_;
  const NetworkMap& map_;
  std::vector<Outage> outages_;
};

bool covers(SimTime from, SimTime until, SimTime time) { return from <= time && time < until; }

Epoch epoch_at(SimTime time, const std::vector<Outage>& outages) {
  Epoch epoch;
  epoch.from = time;
  for (const Outage& outage : outages) {
    if (covers(outage.at, outage.back, time)) {
      for (const std::uint32_t link : outage.links) {
        const bool known = std::ranges::count(epoch.failed, link, &FailedLink::link) > 0;
        if (!known) epoch.failed.push_back(FailedLink{link, outage.event});
      }
    }
    if (!covers(outage.seen_at, outage.seen_back, time)) continue;
    epoch.avoided.insert(epoch.avoided.end(), outage.links.begin(), outage.links.end());
    epoch.withdrawn.insert(epoch.withdrawn.end(), outage.away.begin(), outage.away.end());
  }
  return epoch;
}

}  // namespace

SimTime next_slot_edge(const Scenario& scenario, SimTime time) {
  const std::int64_t slot = scenario.slot.count();
  return SimTime{Duration{(time.time_since_epoch().count() + slot - 1) / slot * slot}};
}

std::vector<Outage> outages_of(const Scenario& scenario, const NetworkMap& map) {
  return OutageFinder(scenario, map).find();
}

std::vector<Epoch> epochs_of(const Scenario& scenario, const std::vector<Outage>& outages) {
  const auto edges = [](const Outage& o) {
    return std::array{o.at, o.seen_at, o.back, o.seen_back};
  };
  std::set<SimTime> times;
  for (const Outage& outage : outages) {
    for (const SimTime time : edges(outage)) {
      if (time < SimTime{scenario.duration}) times.insert(time);
    }
  }
  std::vector<Epoch> epochs;
  for (const SimTime time : times) {
    epochs.push_back(epoch_at(time, outages));
    const auto first = std::ranges::find_if(
        outages, [&](const Outage& outage) { return std::ranges::count(edges(outage), time) > 0; });
    epochs.back().event = first->event;
  }
  return epochs;
}

void set_links(Routing& routing, const Epoch* epoch) {
  const std::vector<MapLink>& links = routing.map().links;
  for (std::uint32_t i = 0; i < links.size(); ++i) {
    const bool avoided = epoch != nullptr && std::ranges::count(epoch->avoided, i) > 0;
    routing.set_link_up(i, links[i].up && !avoided);
  }
}

}  // namespace cdnsim::assembly
