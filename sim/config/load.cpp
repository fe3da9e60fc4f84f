#include <filesystem>

#include <cdnsim/config/read_scenario.hpp>
#include <cdnsim/scenario/load.hpp>

namespace cdnsim {

Scenario load_scenario(const std::string& file, std::span<const std::string> sets) {
  config::Document document;
  config::Problems problems(document);
  Scenario scenario;
  if (config::read_with_bases(file, document, problems)) {
    scenario = config::read_scenario(document, sets, problems);
  }
  problems.raise();
  scenario.name = std::filesystem::path(file).stem().string();
  return scenario;
}

}  // namespace cdnsim
