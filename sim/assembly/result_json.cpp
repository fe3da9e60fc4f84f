#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/config/json_writer.hpp>
#include <cdnsim/observe/digest.hpp>

namespace cdnsim::assembly {

nlohmann::json to_json(const Result& result) { return config::JsonWriter::write(result); }

std::string result_text(const Result& result) { return to_json(result).dump(2) + "\n"; }

std::string digest_of(const Scenario& scenario) {
  return sha256_hex(config::JsonWriter::write(scenario).dump());
}

std::string digest_of(const Result& result, const std::string& series_digest) {
  nlohmann::json document = to_json(result);
  document.erase("digest");
  return sha256_hex(document.dump() + series_digest);
}

std::vector<SloResult> judge_targets(const Scenario& scenario, const Result& result) {
  std::vector<SloResult> judged;
  const nlohmann::json document = scenario.slo.empty() ? nlohmann::json() : to_json(result);
  for (const auto& [name, target] : scenario.slo) {
    const nlohmann::json::json_pointer pointer(target.metric);
    CDNSIM_REQUIRE_USER(document.contains(pointer) &&
                            (document.at(pointer).is_number() || document.at(pointer).is_null()),
                        fmt::format("#/slo/{}/metric: the result has no figure at \"{}\"; see "
                                    "`cdnsim schema result`",
                                    name, target.metric));
    SloResult slo;
    slo.name = name;
    slo.metric = target.metric;
    // What has no value misses every target.
    slo.value = document.at(pointer).is_null() ? std::numeric_limits<double>::quiet_NaN()
                                               : document.at(pointer).get<double>();
    double margin = 0;
    bool first = true;
    const auto hold = [&](const char* kind, double bound, double distance) {
      slo.target[kind] = bound;
      margin = first ? distance : std::min(distance, margin);
      first = false;
    };
    if (target.at_least_value) {
      hold("at_least", *target.at_least_value, slo.value - *target.at_least_value);
    }
    if (target.at_most_value) {
      hold("at_most", *target.at_most_value, *target.at_most_value - slo.value);
    }
    slo.margin = margin;
    slo.met = margin >= 0;
    judged.push_back(std::move(slo));
  }
  return judged;
}

}  // namespace cdnsim::assembly
