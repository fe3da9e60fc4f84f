// A scenario as the text of a file that reads back as the same: one line for each PoP, network,
// link and class. Does not know where the scenario comes from.
#pragma once

#include <string>
#include <string_view>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// `schema` is the path to the schema as the file will say it; empty: it says none. What has its
// default is left out.
std::string scenario_text(const Scenario& scenario, std::string_view schema = {});

}  // namespace cdnsim::config
