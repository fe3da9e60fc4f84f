#include <algorithm>
#include <set>

#include <cdnsim/assembly/epochs.hpp>

namespace cdnsim::assembly {
namespace {

class OutageFinder {
 public:
  OutageFinder(const Scenario& scenario, const NetworkMap& map) : scenario_(scenario), map_(map) {}

  std::vector<Outage> find() {
    std::uint32_t number = 0;
    for (const auto& [name, event] : scenario_.events) {
      Outage outage;
      outage.event = number++;
      const auto lasts =
          std::visit([&](const auto& what) { return describe_in(what, outage); }, event.what);
      if (outage.links.empty() && !outage.pop) continue;
      set_times(SimTime{event.at}, lasts, outage);
      outages_.push_back(std::move(outage));
    }
    return std::move(outages_);
  }

 private:
  static std::optional<Duration> describe_in(const PurgeEvent&, Outage&) { return std::nullopt; }
  // Of a whole PoP; clients of other nodes have their own ways to find out.
  std::optional<Duration> describe_in(const DownEvent& event, Outage& outage) const {
    if (!event.server && scenario_.network.pops.contains(event.node)) {
      outage.pop = place_of(event.node);
    }
    return event.lasts;
  }
  std::optional<Duration> describe_in(const WithdrawEvent& event, Outage& outage) const {
    outage.pop = place_of(event.pop);
    return event.lasts;
  }
  std::optional<Duration> describe_in(const FailEvent& event, Outage& outage) const {
    for (std::uint32_t i = 0; i < map_.links.size(); ++i) {
      const Link& link = map_.links[i].link;
      const bool fails = event.link ? link.id == *event.link
                                    : map_.places[link.from].id == event.place() ||
                                          map_.places[link.to].id == event.place();
      if (fails) outage.links.push_back(i);
    }
    return event.lasts;
  }

  std::uint32_t place_of(const std::string& id) const {
    const auto found = std::ranges::find(map_.places, id, &Place::id);
    return static_cast<std::uint32_t>(found - map_.places.begin());
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
    if (outage.pop) epoch.withdrawn.push_back(*outage.pop);
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
