// What the parts of the generator share: the metros in use, who stands where, and draws.
// Does not know in which order they are made (world.cpp).
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/world/world.hpp>

namespace cdnsim::world {

// 1: a hub with everything; 2: a large market; 3: the rest.
enum class Tier : std::uint8_t { one = 1, two, three };

struct Network {
  std::string id;
  std::uint64_t users = 0;
};

// A metro and what is put there.
struct Site {
  const Metro* metro = nullptr;
  bool has_ixp = false;
  std::vector<std::string> pops;  // the first one is the metro's main PoP
  Tier tier = Tier::three;        // of its main PoP
  std::vector<Network> networks;  // largest first
};

struct World {
  WorldSpec spec;
  Scenario scenario;
  std::vector<Site> sites;                          // in the order of metros()
  std::vector<std::vector<std::uint32_t>> transit;  // by provider: sites with a router of it
  std::vector<std::pair<std::string, const Metro*>> shields;

  NetworkSpec& network() { return scenario.network; }
};

// Where networks meet, and the cables between such places.
std::vector<std::string_view> hub_metros();   // the more important ones first
std::vector<std::string_view> core_metros();  // ends of cables, hubs too
std::vector<std::pair<std::string_view, std::string_view>> cables();

// In [0, 1), by the seed and names.
double chance(const World& world, std::initializer_list<std::string_view> names);

Distance between(const Metro& a, const Metro& b);

// Bits per second that so many users cause in their busiest hour.
double busy_bps(const World& world, double users);

// The next size of 1, 2, 5 times a power of ten, from 100 Mbps on, that holds so much.
BitRate port_for(double bits_per_second);

void add_link(World& world, const std::string& from, const std::string& to, LinkKind kind,
              BitRate capacity, const std::string& tariff = {});

// The parts, each of which needs those before it.
void place_clients(World& world);
void place_embedded(World& world);
void place_cdn(World& world);
void place_transit(World& world);
void join_clients(World& world);
void join_cdn(World& world);
void describe_traffic(World& world);

// "transit-2-tokyo"
std::string router_id(std::size_t provider, const Metro& metro);
std::string ixp_id(const Metro& metro);

}  // namespace cdnsim::world
