#include <cdnsim/config/read_scenario.hpp>

#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/override.hpp>
#include <cdnsim/config/reader.hpp>

namespace cdnsim::config {

Scenario read_scenario(Document& document, std::span<const std::string> sets, Problems& problems) {
  for (const std::string& set : sets) apply_override(set, document, problems);
  Scenario scenario;
  Reader(document, problems).read_document(scenario);
  check_scenario(scenario, problems);
  return scenario;
}

}  // namespace cdnsim::config
