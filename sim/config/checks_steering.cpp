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

}  // namespace

// Answers go by distance, so everybody must stand somewhere.
void check_steering(const Scenario& scenario, Problems& problems) {
  const NetworkSpec& network = scenario.network;
  if (problems.told_at("/network") || problems.told_at("")) return;
  check_resolvers(network, problems);
  if (scenario.steering.geodns.ttl % 1s != Duration{0} &&
      !problems.touches("/steering/geodns/ttl")) {
    problems.add("/steering/geodns/ttl", fmt::format("{} is not a whole number of seconds",
                                                     to_text(scenario.steering.geodns.ttl)));
  }
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
