// Where the CDN itself stands: PoPs, exchanges, shields and origins.
#include <algorithm>
#include <limits>

#include <fmt/format.h>

#include <cdnsim/world/apportion.hpp>
#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

// Metros where many networks meet, whatever their people; those with most exchange first.
constexpr std::string_view kHubs[] = {
    "frankfurt", "amsterdam", "london",    "ashburn",     "singapore", "sao-paulo",    "tokyo",
    "san-jose",  "new-york",  "hong-kong", "paris",       "sydney",    "johannesburg", "dubai",
    "mumbai",    "miami",     "chicago",   "los-angeles", "dallas",    "stockholm",    "madrid",
    "milan",     "warsaw",    "vienna",    "seoul",       "osaka",     "jakarta",      "lagos",
    "nairobi",   "santiago",  "toronto",   "seattle",     "atlanta",   "marseille"};

// In this order: near the clouds' largest regions first.
constexpr std::string_view kShields[] = {
    "ashburn", "frankfurt", "singapore",    "san-jose",  "tokyo",   "sao-paulo", "london",
    "sydney",  "mumbai",    "johannesburg", "hong-kong", "chicago", "dubai",     "paris",
    "seoul",   "dallas",    "miami",        "stockholm", "jakarta", "toronto"};

constexpr std::uint32_t kPopsPerPlaceMax = 64;

std::uint32_t rank_of(const Metro& metro) {
  const auto found = std::ranges::find(kHubs, metro.id);
  return static_cast<std::uint32_t>(found - std::begin(kHubs));
}
bool is_hub(const Metro& metro) { return rank_of(metro) < std::size(kHubs); }

// 200 places for 380 PoPs, and so on.
std::uint32_t places_for(const WorldSpec& spec) {
  const std::uint32_t usual = std::max(1u, (spec.pops * 10 + 9) / 19);
  return std::min({spec.places.value_or(usual), most_places(), spec.pops});
}

// Sites, the first ones first: hubs in their order, then where most people are online. How many
// exactly is not known anyway, so draws decide between two that are close.
std::vector<std::uint32_t> by_weight(const World& world) {
  std::vector<std::pair<double, std::uint32_t>> order;
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    const Metro& metro = *world.sites[i].metro;
    const double about = 0.9 + 0.2 * chance(world, {"place", metro.id});
    const double users = static_cast<double>(metro.internet_users) * about;
    order.emplace_back(is_hub(metro) ? -1e12 + rank_of(metro) : -users, i);
  }
  std::sort(order.begin(), order.end());
  std::vector<std::uint32_t> sites;
  for (const auto& [weight, site] : order) sites.push_back(site);
  return sites;
}

Tier tier_of(const Metro& metro) {
  if (is_hub(metro)) return Tier::one;
  return metro.internet_users >= 3'000'000 ? Tier::two : Tier::three;
}

std::uint32_t servers_of(Tier tier) {
  switch (tier) {
    case Tier::one: return 4;
    case Tier::two: return 2;
    case Tier::three: break;
  }
  return 1;
}

// The first PoP of a metro is of its tier, further ones of the next lower one. In one small market
// of four the place is rented.
void add_pops(World& world, Site& site, std::uint32_t count) {
  const Metro& metro = *site.metro;
  site.tier = tier_of(metro);
  for (std::uint32_t i = 0; i < count; ++i) {
    PopSpec pop;
    const Tier tier = i == 0 || site.tier == Tier::three
                          ? site.tier
                          : static_cast<Tier>(static_cast<int>(site.tier) + 1);
    pop.place = metro.id;
    pop.servers = servers_of(tier);
    pop.is_virtual =
        tier == Tier::three && count == 1 && chance(world, {"rented", metro.id}) < 0.25;
    std::string id = i == 0 ? std::string(metro.id) : fmt::format("{}-{}", metro.id, i + 1);
    world.network().pops.emplace(id, pop);
    site.pops.push_back(std::move(id));
  }
}

void place_pops(World& world, const std::vector<std::uint32_t>& order) {
  const std::uint32_t places = places_for(world.spec);
  std::vector<double> users;
  for (std::uint32_t i = 0; i < places; ++i) {
    users.push_back(static_cast<double>(world.sites[order[i]].metro->internet_users));
  }
  const std::vector<std::uint32_t> counts =
      apportion(world.spec.pops, users, std::vector<std::uint32_t>(places, 1), kPopsPerPlaceMax);
  for (std::uint32_t i = 0; i < places; ++i) add_pops(world, world.sites[order[i]], counts[i]);
}

void place_ixps(World& world, const std::vector<std::uint32_t>& order) {
  std::uint32_t placed = 0;
  for (const std::uint32_t i : order) {
    Site& site = world.sites[i];
    if (placed == world.spec.ixps || site.metro->exchange.empty()) continue;
    site.has_ixp = true;
    IxpSpec ixp;
    ixp.place = site.metro->id;
    world.network().ixps.emplace(ixp_id(*site.metro), ixp);
    ++placed;
  }
}

// Each stands in for the one that is nearest to it.
void place_shields(World& world) {
  for (std::uint32_t i = 0; i < world.spec.shields; ++i) {
    const Metro* metro = find_metro(kShields[i]);
    world.shields.emplace_back(fmt::format("shield-{}", metro->id), metro);
  }
  for (const auto& [id, metro] : world.shields) {
    ShieldSpec shield;
    shield.place = metro->id;
    shield.servers = 4;
    Distance nearest{std::numeric_limits<std::int64_t>::max()};
    for (const auto& [other, there] : world.shields) {
      const Distance away = between(*metro, *there);
      if (other == id || away >= nearest) continue;
      nearest = away;
      shield.failover = other;
    }
    world.network().shields.emplace(id, shield);
  }
}

void place_origins(World& world) {
  const auto add = [&](const char* id, const char* place, Duration service_time) {
    OriginSpec origin;
    origin.place = place;
    origin.service_time = service_time;
    world.network().origins.emplace(id, origin);
  };
  add("origin-pages", "ashburn", 40ms);
  add("origin-images", "san-jose", 20ms);
  add("origin-video", "frankfurt", 30ms);
}

}  // namespace

std::uint32_t most_shields() { return static_cast<std::uint32_t>(std::size(kShields)); }

std::vector<std::string_view> hub_metros() { return {std::begin(kHubs), std::end(kHubs)}; }

void place_cdn(World& world) {
  const std::vector<std::uint32_t> order = by_weight(world);
  place_pops(world, order);
  place_ixps(world, order);
  place_shields(world);
  place_origins(world);
}

}  // namespace cdnsim::world
