#include <algorithm>

#include <cdnsim/assembly/events.hpp>
#include <cdnsim/assembly/occurrences.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/models/operations/purge_scope.hpp>

namespace cdnsim::assembly {
namespace {

class Scheduler {
 public:
  Scheduler(const Scenario& scenario, const Plan& plan) : scenario_(scenario), plan_(plan) {
    for (std::size_t i = 0; i < plan.catalogue.size(); ++i) {
      const ContentSpec& spec = plan.catalogue[i].spec;
      classes_.push_back(ClassOfUrls{plan.catalogue[i].name, spec.objects, spec.tags});
    }
  }

  void add(const Occurrence& event) {
    event_ = event.event;
    std::visit([&](const auto& what) { add(event.name, SimTime{event.at}, what); }, event.what);
  }

  std::map<std::uint32_t, std::vector<Action>> take() {
    for (auto& [place, actions] : actions_) {
      std::stable_sort(actions.begin(), actions.end(),
                       [](const Action& a, const Action& b) { return a.at < b.at; });
    }
    return std::move(actions_);
  }

 private:
  // Every cache hears of a purge at a moment of its own.
  void add(const std::string& name, SimTime at, const PurgeEvent& event) {
    const Parsed<PurgeScope> scope = purge_scope(event, classes_);
    CDNSIM_ASSERT(scope.value, "purges are checked when the scenario is read");
    for (std::uint32_t place = 0; place < plan_.topology.size(); ++place) {
      const Place& where = plan_.topology.place(place);
      if (where.kind != PlaceKind::pop && where.kind != PlaceKind::shield &&
          where.kind != PlaceKind::embedded_cache) {
        continue;
      }
      const DrawBlock lot =
          draw(draw_key(scenario_.seed, {"purge", name, where.id}), Counter{0, 0, 0, 0});
      const Duration later{
          static_cast<std::int64_t>(unit(lot.low64()) * static_cast<double>(event.spread.count()))};
      const bool at_once = event.shields_first && where.kind == PlaceKind::shield;
      put(place, at + event.delay + (at_once ? Duration{0} : later),
          Purge{*scope.value, event.soft, at});
    }
  }

  void add(const std::string&, SimTime at, const DownEvent& event) {
    const std::uint32_t place = *plan_.topology.find(event.node);
    if (!event.server) {
      put(place, at, NodeSwitch{true});
      if (event.lasts) put(place, at + *event.lasts, NodeSwitch{false});
      return;
    }
    put_server(place, *event.server, at, event, event.wipes);
  }

  // What becomes of ways and cells, way_changes.hpp says.
  void add(const std::string&, SimTime at, const FailEvent& event) {
    for (const auto& [site, servers] : config::failing(scenario_.network, event).servers) {
      for (const std::uint32_t server : servers) {
        put_server(*plan_.topology.find(site), server, at, event, false);
      }
    }
  }
  void add(const std::string&, SimTime, const WithdrawEvent&) {}

  void add(const std::string&, SimTime at, const DegradeEvent& event) {
    if (event.link) return;  // the collector's, which tells ports what they can carry
    const std::uint32_t place = *plan_.topology.find(event.node);
    Degrade change{true, event.capacity.value(), event.delay, event.errors.value()};
    put(place, at, change);
    change.on = false;
    if (event.lasts) put(place, at + *event.lasts, change);
  }

  template <class Event>
  void put_server(std::uint32_t place, std::uint32_t server, SimTime at, const Event& event,
                  bool wipes) {
    put(place, at, ServerSwitch{server, true, false});
    put(place, at + event.noticed_after, ServerNoticed{server, true});
    if (!event.lasts) return;
    const SimTime back = at + *event.lasts;
    put(place, back, ServerSwitch{server, false, wipes});
    put(place, back + event.noticed_after, ServerNoticed{server, false});
  }

  template <class What>
  void put(std::uint32_t place, SimTime at, const What& what) {
    actions_[place].push_back(Action{at, event_, what});
  }

  const Scenario& scenario_;
  const Plan& plan_;
  std::vector<ClassOfUrls> classes_;
  std::uint32_t event_ = 0;
  std::map<std::uint32_t, std::vector<Action>> actions_;
};

}  // namespace

std::map<std::uint32_t, std::vector<Action>> actions_by_place(const Scenario& scenario,
                                                              const Plan& plan) {
  Scheduler scheduler(scenario, plan);
  for (const Occurrence& event : occurrences_of(scenario)) scheduler.add(event);
  return scheduler.take();
}

}  // namespace cdnsim::assembly
