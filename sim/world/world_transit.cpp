// Transit providers: each has routers in many metros, joined by its own lines, and peers with the
// others wherever both are at the ends of a cable.
#include <algorithm>
#include <limits>
#include <set>

#include <fmt/format.h>

#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

// The long lines that most traffic between regions takes, as a rough sketch of the map.
constexpr std::pair<std::string_view, std::string_view> kCables[] = {
    {"ashburn", "london"},       {"ashburn", "chicago"},      {"ashburn", "dallas"},
    {"ashburn", "miami"},        {"chicago", "san-jose"},     {"dallas", "los-angeles"},
    {"los-angeles", "san-jose"}, {"miami", "sao-paulo"},      {"sao-paulo", "santiago"},
    {"london", "amsterdam"},     {"amsterdam", "frankfurt"},  {"london", "paris"},
    {"paris", "frankfurt"},      {"paris", "madrid"},         {"madrid", "miami"},
    {"paris", "marseille"},      {"frankfurt", "marseille"},  {"amsterdam", "stockholm"},
    {"frankfurt", "warsaw"},     {"marseille", "dubai"},      {"dubai", "mumbai"},
    {"dubai", "nairobi"},        {"nairobi", "johannesburg"}, {"london", "lagos"},
    {"lagos", "johannesburg"},   {"mumbai", "singapore"},     {"singapore", "jakarta"},
    {"singapore", "hong-kong"},  {"singapore", "sydney"},     {"hong-kong", "tokyo"},
    {"tokyo", "seoul"},          {"san-jose", "tokyo"},       {"los-angeles", "sydney"},
    {"sao-paulo", "lagos"},      {"sydney", "johannesburg"}};

constexpr BitRate kLine = 1_Tbps;  // of a provider: wide enough for everybody's traffic here

bool is_core(const Metro& metro) {
  const std::vector<std::string_view> cores = core_metros();
  return std::ranges::find(cores, metro.id) != cores.end();
}

// At the ends of all cables, and in about half of the other hubs.
void place_routers(World& world, std::size_t provider) {
  const std::vector<std::string_view> hubs = hub_metros();
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const Metro& metro = *world.sites[i].metro;
    const std::string id = router_id(provider, metro);
    const bool is_hub = std::ranges::find(hubs, metro.id) != hubs.end();
    if (!is_core(metro) && !(is_hub && chance(world, {"router", id}) < 0.5)) continue;
    TransitProviderSpec router;
    router.place = metro.id;
    world.network().transit_providers.emplace(id, router);
    world.transit[provider].push_back(i);
  }
}

// Along the cables, and from each other router to the nearest end of one.
void join_routers(World& world, std::size_t provider) {
  for (const auto& [from, to] : kCables) {
    add_link(world, router_id(provider, *find_metro(from)), router_id(provider, *find_metro(to)),
             LinkKind::backbone, kLine);
  }
  for (const std::uint32_t site : world.transit[provider]) {
    const Metro& metro = *world.sites[site].metro;
    if (is_core(metro)) continue;
    const Metro* nearest = nullptr;
    for (const std::string_view core : core_metros()) {
      const Metro* there = find_metro(core);
      if (!nearest || between(metro, *there) < between(metro, *nearest)) nearest = there;
    }
    add_link(world, router_id(provider, metro), router_id(provider, *nearest), LinkKind::backbone,
             kLine);
  }
}

}  // namespace

std::vector<std::pair<std::string_view, std::string_view>> cables() {
  return {std::begin(kCables), std::end(kCables)};
}

std::vector<std::string_view> core_metros() {
  std::set<std::string_view> ends;
  for (const auto& [from, to] : kCables) ends.insert({from, to});
  return {ends.begin(), ends.end()};
}

void place_transit(World& world) {
  world.transit.resize(world.spec.transit);
  for (std::size_t provider = 0; provider < world.transit.size(); ++provider) {
    place_routers(world, provider);
    join_routers(world, provider);
  }
  for (std::size_t one = 0; one < world.transit.size(); ++one) {
    for (std::size_t other = one + 1; other < world.transit.size(); ++other) {
      for (const std::string_view core : core_metros()) {
        const Metro& metro = *find_metro(core);
        add_link(world, router_id(one, metro), router_id(other, metro), LinkKind::pni, kLine);
      }
    }
  }
}

}  // namespace cdnsim::world
