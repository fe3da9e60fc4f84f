#include <cdnsim/config/schema_writer.hpp>
#include <cdnsim/config/schemas.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

std::string scenario_schema() {
  return file_schema<Scenario>("cdnsim scenario", "scenario.schema.json");
}

std::string result_schema() {
  return document_schema<Result>("cdnsim result", "result.schema.json");
}

}  // namespace cdnsim::config
