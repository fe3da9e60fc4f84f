// Who is joined to whom: client networks to providers, exchanges and PoPs; PoPs, shields and
// origins to providers, exchanges and each other.
#include <algorithm>
#include <optional>

#include <fmt/format.h>

#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

// Ports are this much wider than their busiest hour, so that something can fail.
constexpr double kRoom = 2.0;
constexpr std::uint64_t kLargeNetwork = 800'000;  // users, from which on a PNI is worth its effort
constexpr Distance kNearPop{1'500'000};
constexpr Distance kNearExchange{1'000'000};
constexpr const char* kAcrossTown = "pni";  // what a line there costs: its cross-connects

struct Found {
  std::uint32_t site = 0;
  Distance away{0};
};

// The nearest of the sites for which `holds`, itself included.
template <class Holds>
std::optional<Found> nearest_site(const World& world, const Metro& from, Holds holds) {
  std::optional<Found> best;
  for (std::uint32_t i = 0; i < world.sites.size(); ++i) {
    if (!holds(world.sites[i])) continue;
    const Distance away = between(from, *world.sites[i].metro);
    if (!best || away < best->away) best = Found{i, away};
  }
  return best;
}

std::string nearest_router(const World& world, std::size_t provider, const Metro& metro) {
  const Metro* nearest = nullptr;
  for (const std::uint32_t site : world.transit[provider]) {
    const Metro* there = world.sites[site].metro;
    if (!nearest || between(metro, *there) < between(metro, *nearest)) nearest = there;
  }
  return router_id(provider, *nearest);
}

// Mostly the provider that a metro's networks share, so that most traffic need not change over.
std::size_t provider_of(const World& world, const Metro& metro, const std::string& id) {
  const std::size_t count = world.transit.size();
  const bool as_others = chance(world, {"provider as others", id}) < 0.6;
  const double drawn = chance(world, {"provider", as_others ? std::string(metro.id) : id});
  return static_cast<std::size_t>(drawn * static_cast<double>(count));
}

// What a Mbps costs there, by the names of describe_traffic().
std::string transit_tariff(const Metro& metro) {
  switch (metro.region) {
    case WorldRegion::north_america:
    case WorldRegion::europe: return "";
    case WorldRegion::latin_america: return "transit-latin-america";
    case WorldRegion::asia: return metro.country == "IN" ? "transit-india" : "transit-asia";
    case WorldRegion::oceania: return "transit-oceania";
    case WorldRegion::middle_east:
    case WorldRegion::africa: break;
  }
  return "transit-africa-middle-east";
}

void buy_transit(World& world, const std::string& id, const Metro& metro, std::size_t providers,
                 BitRate capacity, const std::string& tariff) {
  const std::size_t first = provider_of(world, metro, id);
  for (std::size_t i = 0; i < std::min(providers, world.transit.size()); ++i) {
    const std::size_t provider = (first + i) % world.transit.size();
    add_link(world, id, nearest_router(world, provider, metro), LinkKind::transit, capacity,
             tariff);
  }
}

// A PNI with one of the metro's PoPs, in turn; the largest of a metro without one have it with the
// nearest PoP there is.
void join_pop(World& world, const Site& site, std::size_t index, BitRate capacity) {
  const Network& network = site.networks[index];
  if (!site.pops.empty()) {
    const bool is_needed = index < site.pops.size() || (!site.has_ixp && index < 3);
    if (!is_needed && network.users < kLargeNetwork) return;
    add_link(world, network.id, site.pops[index % site.pops.size()], LinkKind::pni, capacity);
    return;
  }
  if (network.users < kLargeNetwork && index > 0) return;
  const auto near =
      nearest_site(world, *site.metro, [](const Site& other) { return !other.pops.empty(); });
  if (!near || near->away > kNearPop) return;
  add_link(world, network.id, world.sites[near->site].pops.front(), LinkKind::pni, capacity);
}

// Three of four are at their metro's exchange, one of four at one near by where there is none.
void join_exchange(World& world, const Site& site, const Network& network, BitRate capacity) {
  const double drawn = chance(world, {"member", network.id});
  if (site.has_ixp) {
    if (drawn < 0.75) {
      add_link(world, network.id, ixp_id(*site.metro), LinkKind::ixp, capacity);
    }
    return;
  }
  if (drawn >= 0.25) return;
  const auto near = nearest_site(world, *site.metro, [](const Site& s) { return s.has_ixp; });
  if (!near || near->away > kNearExchange) return;
  add_link(world, network.id, ixp_id(*world.sites[near->site].metro), LinkKind::ixp, capacity);
}

// What the networks of a metro ask for in their busiest hour, shared out over its PoPs.
double busy_of_pop(const World& world, const Site& site) {
  return busy_bps(world, static_cast<double>(site.metro->internet_users)) /
         static_cast<double>(site.pops.size());
}

// Main PoPs at the ends of cables are joined along them.
void join_cores(World& world, double all) {
  const auto core_of = [&](std::string_view metro) -> std::string {
    for (const Site& site : world.sites) {
      if (site.metro->id == metro && !site.pops.empty()) return site.pops.front();
    }
    return "";
  };
  for (const auto& [from, to] : cables()) {
    const std::string one = core_of(from), other = core_of(to);
    if (!one.empty() && !other.empty()) {
      add_link(world, one, other, LinkKind::backbone, port_for(all * 0.05));
    }
  }
}

// From a place to the nearest main PoP at the end of a cable, if that is elsewhere.
void join_core(World& world, const std::string& id, const Metro& metro, BitRate capacity) {
  const std::vector<std::string_view> cores = core_metros();
  const auto near = nearest_site(world, metro, [&](const Site& site) {
    return !site.pops.empty() && std::ranges::find(cores, site.metro->id) != cores.end();
  });
  if (!near || world.sites[near->site].pops.front() == id) return;
  const bool is_here = world.sites[near->site].metro == &metro;
  add_link(world, id, world.sites[near->site].pops.front(), LinkKind::backbone, capacity,
           is_here ? kAcrossTown : "");
}

void join_pops(World& world, const Site& site) {
  const Metro& metro = *site.metro;
  const double busy = busy_of_pop(world, site);
  for (std::size_t i = 0; i < site.pops.size(); ++i) {
    const std::string& pop = site.pops[i];
    const bool is_main = i == 0;
    buy_transit(world, pop, metro, is_main && site.tier == Tier::one ? 2 : 1,
                port_for(busy * kRoom * 0.5), transit_tariff(metro));
    if (!is_main) {
      add_link(world, pop, site.pops.front(), LinkKind::backbone, port_for(busy * kRoom),
               kAcrossTown);
    } else if (site.tier != Tier::three) {
      join_core(world, pop, metro, port_for(busy * kRoom * 0.5));
    }
  }
  // All of a metro's exchange traffic, also while the PNIs of its largest network are gone.
  if (site.has_ixp) {
    add_link(world, site.pops.front(), ixp_id(metro), LinkKind::ixp,
             port_for(busy * static_cast<double>(site.pops.size()) * kRoom * 0.5));
  }
}

}  // namespace

void join_clients(World& world) {
  for (const Site& site : world.sites) {
    for (std::size_t i = 0; i < site.networks.size(); ++i) {
      const Network& network = site.networks[i];
      const double busy = busy_bps(world, static_cast<double>(network.users));
      const BitRate port = port_for(busy * kRoom);
      buy_transit(world, network.id, *site.metro, network.users > 3'000'000 ? 2 : 1, port, "");
      join_exchange(world, site, network, port);
      join_pop(world, site, i, port);
    }
  }
}

void join_cdn(World& world) {
  double all = 0;
  for (const Site& site : world.sites) {
    all += busy_bps(world, static_cast<double>(site.metro->internet_users));
    if (!site.pops.empty()) join_pops(world, site);
  }
  join_cores(world, all);
  for (const auto& [id, metro] : world.shields) {
    join_core(world, id, *metro, port_for(all * 0.1));
    buy_transit(world, id, *metro, 2, port_for(all * 0.05), transit_tariff(*metro));
  }
  for (const auto& [id, origin] : world.network().origins) {
    const Metro& metro = *find_metro(origin.place);
    buy_transit(world, id, metro, 2, port_for(all * 0.1), "");
    for (const auto& [shield, there] : world.shields) {
      if (there == &metro) add_link(world, shield, id, LinkKind::pni, port_for(all * 0.1));
    }
  }
}

}  // namespace cdnsim::world
