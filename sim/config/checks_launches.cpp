#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/reach.hpp>

namespace cdnsim::config {
namespace {

class LaunchChecker {
 public:
  LaunchChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems) {}

  void check(const std::string& pop, const LaunchSpec& spec) {
    place_ = pointer_to({"launches", pop});
    if (problems_.told_at(place_)) return;
    check_times(spec);
    check_warming(pop, spec);
    if (spec.roll_back) check_roll_back(spec, *spec.roll_back);
  }

  void check_ways() {
    if (problems_.told_at("/network") || problems_.told_at("/launches")) return;
    if (scenario_.network.pops.empty()) return;  // a mistake of its own
    const Reach reach(scenario_.network);
    check_before(reach);
    for (const auto& [pop, spec] : scenario_.launches) {
      place_ = pointer_to({"launches", pop});
      const std::string decides = launch_place(scenario_, spec);
      for (const auto& [id, unused] : scenario_.network.pops) {
        if (id == decides || reach.joined(id, decides)) continue;
        add("/place", fmt::format("{}, where it is decided, is not reached by {}; add a link, or "
                                  "name another place",
                                  cdnsim::quoted(decides), cdnsim::quoted(id)));
        break;
      }
      const auto* peers = std::get_if<PeerWarming>(&spec.warming);
      if (peers == nullptr || peers->from == pop || reach.joined(pop, peers->from)) continue;
      add("/peers/from", fmt::format("{} cannot reach {}; add a link", cdnsim::quoted(pop),
                                     cdnsim::quoted(peers->from)));
    }
  }

 private:
  void add(std::string_view key, std::string message) {
    const std::string place = place_ + std::string(key);
    if (!problems_.touches(place)) problems_.add(place, std::move(message));
  }

  void check_before(const Reach& reach) {
    std::vector<std::string> open;
    for (const auto& [id, unused] : scenario_.network.pops) {
      if (!scenario_.launches.contains(id)) open.push_back(id);
    }
    if (open.empty()) {
      return problems_.add("/launches",
                           "every PoP is launched; somebody must serve clients before: take one "
                           "out");
    }
    const auto reached = reach.around(open);
    for (const auto& [id, unused] : scenario_.network.client_networks) {
      if (reached.contains(id)) continue;
      problems_.add("/launches",
                    fmt::format("before the launches no PoP reaches {}; join it to one of the "
                                "others by a link",
                                cdnsim::quoted(id)));
    }
  }

  void check_times(const LaunchSpec& spec) {
    const bool knows_end = scenario_.duration > Duration{0} && !problems_.touches("/duration");
    if (knows_end && spec.at >= scenario_.duration) {
      add("/at", fmt::format("the run is over after {}", to_text(scenario_.duration)));
    }
    if (spec.report_every % 1s != Duration{0}) {
      add("/report_every",
          fmt::format("{} is not a whole number of seconds", to_text(spec.report_every)));
    }
    const auto* shadow = std::get_if<ShadowWarming>(&spec.warming);
    const Duration least = spec.at + (shadow == nullptr ? Duration{0} : shadow->lasts);
    if (spec.starts && *spec.starts < least) {
      add("/starts",
          shadow == nullptr
              ? fmt::format("the first stage would begin before the launch, at {}", to_text(least))
              : fmt::format("the first stage would begin before mirrored requests end, at {}",
                            to_text(least)));
    }
  }

  void check_warming(const std::string& pop, const LaunchSpec& spec) {
    if (const auto* peers = std::get_if<PeerWarming>(&spec.warming)) {
      if (scenario_.launches.contains(peers->from)) {
        add("/peers/from", peers->from == pop
                               ? "a PoP cannot warm itself; name another one"
                               : fmt::format("{} is launched itself and may be empty; name a PoP "
                                             "that serves from the start",
                                             cdnsim::quoted(peers->from)));
      }
    }
    check_objects(spec);
    const bool traced = std::ranges::any_of(scenario_.traffic, [](const auto& workload) {
      return std::holds_alternative<TraceReplay>(workload.second);
    });
    if (std::holds_alternative<ShadowWarming>(spec.warming) && traced) {
      add("/shadow",
          "requests of a trace are played once and cannot be mirrored; warm it by top_n or peers");
    }
  }

  // Objects that are fetched unasked are told by their rank alone.
  static const char* untold(const ContentSpec& content) {
    if (content.churn) return "its objects come and go (churn)";
    if (content.regional) return "regions have rankings of their own (regional)";
    if (content.asked || content.ranges) return "it is asked for in many forms (asked, ranges)";
    return nullptr;
  }

  // A class that is named and cannot be warmed is a mistake; so is a launch with nothing to warm.
  void check_objects(const LaunchSpec& spec) {
    const auto* top = std::get_if<TopWarming>(&spec.warming);
    if (top == nullptr && !std::holds_alternative<PeerWarming>(spec.warming)) return;
    const std::string key = top == nullptr ? "/peers" : "/top_n";
    const bool named = top != nullptr && top->classes;
    std::string why;
    bool some = false;
    for (const auto& [name, content] : scenario_.content) {
      if (named && std::ranges::find(*top->classes, name) == top->classes->end()) continue;
      const char* problem = untold(content);
      some = some || problem == nullptr;
      if (problem != nullptr) why = fmt::format("{}: {}", cdnsim::quoted(name), problem);
      if (problem != nullptr && named) {
        add(key + "/classes", fmt::format("{}, so it is not known what to fetch; leave it out, or "
                                          "warm by shadow",
                                          why));
      }
    }
    if (named || some || why.empty()) return;
    add(key, fmt::format("no class can be fetched unasked ({}); warm by shadow", why));
  }

  void check_roll_back(const LaunchSpec& spec, const RollBackSpec& back) {
    for (std::size_t i = 0; i < spec.stages.size(); ++i) {
      if (back.settle + spec.report_every <= spec.stages[i].lasts) continue;
      add(fmt::format("/stages/{}/lasts", i),
          fmt::format("nothing is measured of a stage that settles for {} and is over after {}; "
                      "it must last for a report interval more, {}",
                      to_text(back.settle), to_text(spec.stages[i].lasts),
                      to_text(back.settle + spec.report_every)));
    }
    // Nothing follows from a time that is a mistake itself.
    const char* const when = spec.starts ? "/starts" : "/at";
    if (problems_.touches(place_ + when)) return;
    const Duration begins = spec.starts.value_or(spec.at);
    if (!back.p95_above || begins >= scenario_.warmup + spec.report_every) return;
    add("/roll_back/p95_above",
        fmt::format("there is nothing to hold it against: the first stage may begin at {}, and "
                    "latencies are known from {} on (warmup and one report interval)",
                    to_text(begins), to_text(scenario_.warmup + spec.report_every)));
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::string place_;
};

}  // namespace

void check_launches(const Scenario& scenario, Problems& problems) {
  if (scenario.launches.empty()) return;
  if (scenario.replay == ReplayMode::atomic) {
    return problems.add("/launches",
                        "an atomic replay has a clock of its own: nothing can happen in it; "
                        "replay in the trace's time (\"timed\")");
  }
  if (scenario.steering.method == SteeringMethod::engine) {
    return problems.add("/launches",
                        "an engine moves cells itself, so no launch can; steer by nearest, anycast "
                        "or geodns");
  }
  LaunchChecker checker(scenario, problems);
  for (const auto& [pop, spec] : scenario.launches) checker.check(pop, spec);
  checker.check_ways();
}

}  // namespace cdnsim::config
