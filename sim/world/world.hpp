// A plausible global CDN out of the table of metros, a seed and a few numbers: a scenario that runs
// as it is, and that others extend.
// Does not know files. README.md says who is put where, and why.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::world {

struct WorldSpec {
  std::string name = "A content delivery network for the whole world";
  std::uint64_t seed = 1;
  std::uint32_t pops = 380;
  std::optional<std::uint32_t> places;  // metros with a PoP
  std::uint32_t networks = 1000;
  std::uint32_t embedded = 0;
  std::uint32_t shields = 6;
  std::uint32_t ixps = 120;
  std::uint32_t transit = 4;
  Rate requests{100'000};  // of everybody, before the time of day

  static constexpr std::uint32_t kPopsMax = 4000;
  static constexpr std::uint32_t kNetworksMax = 4000;
  static constexpr std::uint32_t kTransitMax = 32;
};

// Nothing, or what is wrong with the numbers and how to mend it.
std::string problem_of(const WorldSpec& spec);

// The same for the same numbers and seed. Draws are keyed by names, so that one PoP more leaves the
// rest alone as far as it can. REQUIRES: problem_of() has nothing to say.
Scenario make_world(const WorldSpec& spec);

// How many metros there are, how many have an exchange, and how many shields can be placed.
std::uint32_t most_places();
std::uint32_t most_ixps();
std::uint32_t most_shields();

}  // namespace cdnsim::world
