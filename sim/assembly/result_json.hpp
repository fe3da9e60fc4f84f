// A Result as canonical JSON text, and the digests that a result carries.
// Does not know files.
#pragma once

#include <string>

#include <nlohmann/json.hpp>

#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

nlohmann::json to_json(const Result& result);

// Sorted keys, one figure a line; ends with a newline.
std::string result_text(const Result& result);

// SHA-256 of the scenario with everything filled in.
std::string digest_of(const Scenario& scenario);

// SHA-256 of the result without its own digest, followed by the series' digest.
std::string digest_of(const Result& result, const std::string& series_digest);

// The targets of the scenario held against the figures of its result.
std::vector<SloResult> judge_targets(const Scenario& scenario, const Result& result);

}  // namespace cdnsim::assembly
