#include <vector>

#include <cdnsim/assembly/parent.hpp>
#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim::assembly {

std::uint32_t parent_of(const Scenario& scenario, const Plan& plan, std::uint32_t child,
                        const std::string& wanted, const std::string& origin) {
  const auto place = [&](const std::string& id) { return *plan.topology.find(id); };
  if (wanted == "none") return place(origin);
  if (wanted != "nearest") return place(wanted);
  std::vector<std::uint32_t> shields;
  for (const auto& [name, unused] : scenario.network.shields) shields.push_back(place(name));
  const std::uint32_t shield = nearest(*plan.routing, child, shields);
  return shield == kNowhere ? place(origin) : shield;
}

}  // namespace cdnsim::assembly
