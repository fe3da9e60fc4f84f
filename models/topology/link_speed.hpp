// The speed of a link as people write it on maps: "10 Gbps", "OC-192c", "STM-16", "2.5" and "G".
// Does not know files.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/topology/graph_document.hpp>

namespace cdnsim {

// Nothing when the text is no plain speed: "OC3 and below", "Lit Fibre", ">1 Gbps".
std::optional<BitRate> labelled_speed(std::string_view label);

// From the attributes LinkSpeed and LinkSpeedUnits, or else LinkLabel, or else LinkType.
std::optional<BitRate> told_speed(const std::vector<GraphAttribute>& attributes);

}  // namespace cdnsim
