#include <filesystem>
#include <variant>

#include <nlohmann/json.hpp>

#include <cdnsim/config/document.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/read_scenario.hpp>
#include <cdnsim/config/scenario_text.hpp>
#include <cdnsim/tools/result_files.hpp>
#include <cdnsim/tools/run_scenario_file.hpp>

namespace cdnsim::tools {
namespace {

namespace fs = std::filesystem;

// What stands in run.json of the folder of traces; the run's own folder when it says nothing.
fs::path folder_of_traces(const std::string& folder) {
  if (!fs::exists(fs::path(folder) / "run.json")) return folder;
  const auto record = nlohmann::json::parse(text_of_run(folder, "run.json"), nullptr, false);
  return record.is_object() ? record.value("files_in", folder) : folder;
}

}  // namespace

std::string run_scenario_text(const Scenario& scenario) { return config::scenario_text(scenario); }

std::optional<std::string> folder_of_files(const Scenario& scenario) {
  for (const auto& [name, workload] : scenario.traffic) {
    const auto* trace = std::get_if<TraceReplay>(&workload);
    if (trace != nullptr) return fs::absolute(trace->file.folder).lexically_normal().string();
  }
  return std::nullopt;
}

std::optional<Scenario> read_run_scenario(const std::string& folder) {
  if (!fs::exists(fs::path(folder) / kScenarioFile)) return std::nullopt;
  config::Document document;
  config::Problems problems(document);
  Scenario scenario;
  // Files are sought beside the document, which goes by the name that it once had.
  const std::string name = (folder_of_traces(folder) / kScenarioFile).string();
  if (config::read_text(name, text_of_run(folder, kScenarioFile), document, problems)) {
    scenario = config::read_scenario(document, {}, problems);
  }
  problems.raise();
  scenario.name = fs::path(kScenarioFile).stem().string();
  return scenario;
}

}  // namespace cdnsim::tools
