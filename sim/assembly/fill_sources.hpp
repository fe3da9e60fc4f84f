// Whom an embedded cache fetches from, one after the other, and in which stretches of the run it
// passes somebody over. Does not know nodes, nor what is fetched.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace cdnsim {
struct Scenario;
}

namespace cdnsim::assembly {

struct Plan;

struct FillSource {
  std::uint32_t place = 0;
  std::vector<bool> passed_over;  // by epoch; empty: never
};

// `wanted` is "nearest" or a PoP or shield. Whoever is named comes first, with who stands in for a
// shield; then the PoP that serves the host otherwise, and those that do so after some failure.
// In each epoch the one that steering then has in mind is asked before the others, and a PoP that
// is withdrawn is not. REQUIRES: the plan's networks are steered to PoPs. Afterwards the plan's
// routing knows all links again.
std::vector<FillSource> fill_sources(const Scenario& scenario, const Plan& plan,
                                     const std::string& wanted, std::uint32_t cache,
                                     std::uint32_t host);

}  // namespace cdnsim::assembly
