#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/scenario_map.hpp>

namespace cdnsim::config {
namespace {

void check_resolvers(const NetworkSpec& network, Problems& problems) {
  for (const auto& [id, spec] : network.client_networks) {
    const std::string pointer = pointer_to({"network", "client_networks", id, "resolver"});
    if (!spec.resolver || problems.touches(pointer) || find_metro(*spec.resolver)) continue;
    problems.add(pointer, unknown_metro(*spec.resolver));
  }
}

void check_whole_seconds(Duration value, const std::string& pointer, Problems& problems) {
  if (value % 1s == Duration{0} || problems.touches(pointer)) return;
  problems.add(pointer, fmt::format("{} is not a whole number of seconds", to_text(value)));
}

void check_engine(const Scenario& scenario, Problems& problems) {
  const EngineSpec& engine = scenario.steering.engine;
  check_whole_seconds(engine.report_every, "/steering/engine/report_every", problems);
  check_whole_seconds(engine.decide_every, "/steering/engine/decide_every", problems);
  check_whole_seconds(engine.ttl, "/steering/engine/ttl", problems);
  if (scenario.steering.method != SteeringMethod::engine) return;
  const auto check = [&](bool holds, const char* pointer, std::string message) {
    if (!holds && !problems.touches(pointer)) problems.add(pointer, std::move(message));
  };
  check(scenario.replay == ReplayMode::timed, "/steering/method",
        "an atomic replay has no load to steer by; write nearest, anycast or geodns");
  check(engine.report_every <= engine.decide_every, "/steering/engine/decide_every",
        fmt::format("it decides every {}, more often than PoPs report, every {}",
                    to_text(engine.decide_every), to_text(engine.report_every)));
  if (!problems.touches("/duration")) {
    check(engine.decide_every < scenario.duration, "/steering/engine/decide_every",
          fmt::format("it never decides in a run of {}", to_text(scenario.duration)));
  }
  const EngineWeights& weights = engine.weights;
  check(weights.proximity + weights.load + weights.network + weights.health > 0,
        "/steering/engine/weights", "nothing counts; give something a weight above 0");
}

void check_when_full(const Scenario& scenario, Problems& problems) {
  if (scenario.steering.when_full != WhenFull::redirect) return;
  constexpr const char* kPointer = "/steering/when_full";
  if (problems.touches(kPointer)) return;
  if (scenario.replay == ReplayMode::atomic) {
    problems.add(kPointer, "in an atomic replay nothing is ever full; leave this out");
  } else if (scenario.network.pops.size() < 2) {
    problems.add(kPointer, "there is no other PoP to redirect to; write shed, or add a PoP");
  }
}

}  // namespace

// Answers go by distance, so everybody must stand somewhere.
void check_steering(const Scenario& scenario, Problems& problems) {
  const NetworkSpec& network = scenario.network;
  if (problems.told_at("/network") || problems.told_at("")) return;
  check_resolvers(network, problems);
  check_whole_seconds(scenario.steering.geodns.ttl, "/steering/geodns/ttl", problems);
  check_engine(scenario, problems);
  check_when_full(scenario, problems);
  if (scenario.steering.method != SteeringMethod::geodns) return;
  for (const auto& [id, spec] : network.pops) {
    const std::string pointer = pointer_to({"network", "pops", id});
    if (!spec.place.empty() || problems.touches(pointer)) continue;
    problems.add(pointer, "steering by geodns needs to know where it is; give it a \"place\"");
  }
  for (const auto& [id, spec] : network.client_networks) {
    const std::string pointer = pointer_to({"network", "client_networks", id});
    if (spec.resolver || !spec.place.empty() || problems.touches(pointer)) continue;
    problems.add(pointer,
                 "steering by geodns needs to know where its users ask; give it a \"place\" or a "
                 "\"resolver\"");
  }
}

}  // namespace cdnsim::config
