#include <set>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/models/operations/purge_scope.hpp>

namespace cdnsim::config {
namespace {

// In the order of the catalogue.
std::vector<ClassOfUrls> classes_of(const Scenario& scenario) {
  std::vector<ClassOfUrls> classes;
  for (const auto& [name, spec] : scenario.content) {
    classes.push_back(ClassOfUrls{name, spec.objects, spec.tags});
  }
  for (const auto& [name, workload] : scenario.traffic) {
    std::visit(
        [&](const auto& w) {
          if constexpr (requires { w.own_content(); }) {
            const ContentSpec spec = w.own_content();
            classes.push_back(ClassOfUrls{name, spec.objects, spec.tags});
          }
          if constexpr (requires { w.own_classes(name); }) {
            const std::vector<std::string> own = w.own_classes(name);
            classes.push_back(ClassOfUrls{own[0], w.segments_content().objects, 1});
            classes.push_back(ClassOfUrls{own[1], w.manifests_content().objects, 1});
          }
        },
        workload);
  }
  return classes;
}

class EventChecker {
 public:
  EventChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems), classes_(classes_of(scenario)) {}

  void check(const std::string& name, const EventSpec& event) {
    place_ = pointer_to({"events", name});
    if (problems_.told_at(place_)) return;
    const bool knows_end = scenario_.duration > Duration{0} && !problems_.touches("/duration");
    if (knows_end && event.at >= scenario_.duration) {
      add("/at", fmt::format("the run is over after {}", to_text(scenario_.duration)));
    }
    std::visit([&](const auto& what) { check(what); }, event.what);
    std::visit([&](const auto& what) { check_again(what, event); }, event.what);
  }

 private:
  void add(std::string_view key, std::string message) {
    const std::string place = place_ + std::string(key);
    if (!problems_.touches(place)) problems_.add(place, std::move(message));
  }

  void check(const PurgeEvent& event) {
    if (problems_.touches(place_ + "/purge") || problems_.told_at("/content")) return;
    const Parsed<PurgeScope> scope = purge_scope(event, classes_);
    if (!scope.value) add("/purge", scope.problem);
  }

  void check(const DownEvent& event) {
    if (problems_.touches(place_ + "/down/node")) return;
    if (event.wipes && !(event.server && event.lasts)) {
      add("/down/wipes",
          "only a server that comes back can be wiped; give \"server\" and \"lasts\"");
    }
    if (!event.server) return;
    const std::uint32_t servers = servers_of(scenario_.network, event.node);
    if (servers == 0) {
      add("/down/server", "an origin has no servers of its own; leave this out");
    } else if (*event.server >= servers) {
      add("/down/server",
          fmt::format("{} has {} servers, numbered from 0", cdnsim::quoted(event.node), servers));
    }
  }

  // Names are checked as they are read.
  void check(const FailEvent& event) {
    if (!event.pod || problems_.told_at(place_ + "/fail")) return;
    const std::uint32_t pods = pods_of(scenario_.network, event.place());
    if (*event.pod < pods || pods == 0) return;
    add("/fail/pod",
        fmt::format("{} has {} {}, numbered from 0: pods of {} servers (\"pod_servers\")",
                    cdnsim::quoted(event.place()), pods, pods == 1 ? "pod" : "pods",
                    servers_of_pod(scenario_.network, event.place(), 0).end));
  }
  void check(const WithdrawEvent&) {}
  void check(const DegradeEvent& event) {
    if (!event.link || scenario_.replay != ReplayMode::atomic) return;
    add("/degrade/link", "in an atomic replay requests are alone and no link is full; take it out");
  }

  // So often that the run would be about little else.
  void check(const FaultsEvent& event) {
    constexpr double kFaultsMax = 100'000;
    std::size_t things = event.sites.size() + event.links.size() + event.ixps.size() +
                         event.transit_providers.size() + event.domains.size();
    for (const std::string& site : event.servers_of) things += servers_of(scenario_.network, site);
    const double faults = static_cast<double>(things) * seconds(scenario_.duration) /
                          seconds(event.mtbf + event.mttr);
    if (problems_.touches(place_ + "/faults") || faults <= kFaultsMax) return;
    add("/faults/mtbf", fmt::format("{} things would fail about {:.0f} times in {}; at most "
                                    "{:.0f}: let them work for longer",
                                    things, faults, to_text(scenario_.duration), kFaultsMax));
  }

  // What happens again must be over by then.
  template <class What>
  void check_again(const What& what, const EventSpec& event) {
    if constexpr (requires { what.lasts; }) {
      if (!event.every || problems_.touches(place_ + "/every")) return;
      if (what.lasts && *what.lasts < *event.every) return;
      add("/every", what.lasts ? fmt::format("it would happen again after {} while it lasts {}",
                                             to_text(*event.every), to_text(*what.lasts))
                               : "what happens again has to be over before; give \"lasts\"");
    }
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::vector<ClassOfUrls> classes_;
  std::string place_;
};

// What a tier says of single classes must be about classes there are.
void check_classes(const TierSpec& tier, std::string_view name,
                   const std::vector<ClassOfUrls>& classes, Problems& problems) {
  std::vector<std::string> known;
  for (const ClassOfUrls& each : classes) known.push_back(each.name);
  for (const auto& [content, spec] : tier.classes) {
    const std::string place = pointer_to({"caching", name, "classes", content});
    if (std::ranges::find(known, content) != known.end() || problems.touches(place)) continue;
    problems.add(place, fmt::format("no class of content is called {}{}", cdnsim::quoted(content),
                                    hint(content, known)));
  }
}

}  // namespace

void check_events(const Scenario& scenario, Problems& problems) {
  if (scenario.replay == ReplayMode::atomic && !scenario.events.empty()) {
    problems.add("/events",
                 "an atomic replay has a clock of its own: nothing can happen in it; "
                 "replay in the trace's time (\"timed\")");
  }
  EventChecker checker(scenario, problems);
  for (const auto& [name, event] : scenario.events) checker.check(name, event);
}

void check_tier_classes(const Scenario& scenario, Problems& problems) {
  if (problems.told_at("/content") || problems.told_at("/traffic")) return;
  const std::vector<ClassOfUrls> classes = classes_of(scenario);
  check_classes(scenario.caching.edge, "edge", classes, problems);
  check_classes(scenario.caching.shield, "shield", classes, problems);
  check_classes(scenario.caching.embedded, "embedded", classes, problems);
}

}  // namespace cdnsim::config
