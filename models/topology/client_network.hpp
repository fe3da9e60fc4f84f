// What holds of a client network that a scenario only says in part: by its place, by its access
// lines, or as everywhere.
// Does not know links.
#pragma once

#include <string>

#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

std::string region_of(const ClientNetworkSpec& spec);
Duration utc_offset_of(const ClientNetworkSpec& spec);
Duration access_delay_of(const ClientNetworkSpec& spec);
BitRate access_rate_of(const ClientNetworkSpec& spec);

}  // namespace cdnsim
