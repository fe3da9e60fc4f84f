// Whom a place asks for what an origin owns: the shield that it names, the nearest, or the origin.
// Does not know who else may be asked before or after.
#pragma once

#include <cstdint>
#include <string>

#include <cdnsim/assembly/network.hpp>

namespace cdnsim::assembly {

// `wanted` is a shield's id, "nearest" or "none". REQUIRES: that it was checked.
std::uint32_t parent_of(const Scenario& scenario, const Plan& plan, std::uint32_t child,
                        const std::string& wanted, const std::string& origin);

}  // namespace cdnsim::assembly
