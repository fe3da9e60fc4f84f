// Client networks: several in each metro, which share out its internet users.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include <cdnsim/world/apportion.hpp>
#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

constexpr std::uint32_t kNetworksPerMetroMax = 256;
constexpr std::uint32_t kEmbeddedPerNetworkMax = 16;

// Of the networks of a region: of those with lines to homes, how many have fibre and how many cable
// (the rest DSL), and of mobile ones, how many 5G. From memory, to a tenth.
struct AccessShares {
  double fibre, cable, mobile_5g;
};
AccessShares shares_of(WorldRegion region) {
  switch (region) {
    case WorldRegion::north_america: return {0.35, 0.55, 0.6};
    case WorldRegion::latin_america: return {0.5, 0.35, 0.2};
    case WorldRegion::europe: return {0.5, 0.25, 0.5};
    case WorldRegion::middle_east: return {0.5, 0.0, 0.5};
    case WorldRegion::africa: return {0.4, 0.0, 0.1};
    case WorldRegion::asia: return {0.65, 0.1, 0.5};
    case WorldRegion::oceania: break;
  }
  return {0.5, 0.15, 0.6};
}

// Every other network is a mobile one, beginning with the second, in Africa with the first; the
// smallest of many may be one of satellites.
AccessKind access_of(const World& world, const Metro& metro, std::size_t index, std::size_t count) {
  const std::string number = std::to_string(index);
  const double drawn = chance(world, {"access", metro.id, number});
  const AccessShares shares = shares_of(metro.region);
  if (index >= 4 && index + 1 == count && drawn < 0.1) return AccessKind::satellite;
  const bool mobile_first = metro.region == WorldRegion::africa;
  if ((index % 2 == 0) == mobile_first) {
    return drawn < shares.mobile_5g ? AccessKind::mobile_5g : AccessKind::mobile_4g;
  }
  if (drawn < shares.fibre) return AccessKind::fibre;
  return drawn < shares.fibre + shares.cable ? AccessKind::cable : AccessKind::dsl;
}

// The second has about half of what the first has, the third a third; largest first.
std::vector<std::uint64_t> shared_users(const World& world, const Metro& metro, std::size_t count) {
  std::vector<double> weights;
  double sum = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double about = 0.75 + 0.5 * chance(world, {"users", metro.id, std::to_string(i)});
    weights.push_back(about / static_cast<double>(i + 1));
    sum += weights.back();
  }
  std::sort(weights.rbegin(), weights.rend());
  std::vector<std::uint64_t> users;
  std::uint64_t left = metro.internet_users;
  for (const double weight : weights) {
    const double share = static_cast<double>(metro.internet_users) * weight / sum;
    // To the thousand, as such figures are known; everybody has somebody.
    const std::uint64_t rounded =
        std::max<std::uint64_t>(1'000, static_cast<std::uint64_t>(share / 1000.0) * 1'000);
    users.push_back(std::min(rounded, left));
    left -= users.back();
  }
  users.front() += left;
  return users;
}

}  // namespace

void place_clients(World& world) {
  // A market ten times as large has about three times as many networks.
  std::vector<double> weights;
  std::vector<std::uint32_t> least;
  for (const Site& site : world.sites) {
    weights.push_back(std::sqrt(static_cast<double>(site.metro->internet_users)));
    // So that each PoP has somebody to serve. A town whose people are counted in the metro around
    // it has no network of its own.
    const bool is_empty = site.metro->internet_users == 0;
    least.push_back(is_empty ? 0u : std::max(1u, static_cast<std::uint32_t>(site.pops.size())));
  }
  const std::vector<std::uint32_t> counts =
      apportion(world.spec.networks, weights, least, kNetworksPerMetroMax);
  for (std::size_t i = 0; i < world.sites.size(); ++i) {
    Site& site = world.sites[i];
    if (counts[i] == 0) continue;
    const std::vector<std::uint64_t> shared = shared_users(world, *site.metro, counts[i]);
    for (std::size_t n = 0; n < shared.size(); ++n) {
      if (shared[n] == 0) continue;  // more networks than thousands of users
      ClientNetworkSpec network;
      network.place = site.metro->id;
      network.users = shared[n];
      network.access = access_of(world, *site.metro, n, shared.size());
      const std::string id = fmt::format("{}-isp-{}", site.metro->id, n + 1);
      world.network().client_networks.emplace(id, network);
      site.networks.push_back(Network{id, shared[n]});
    }
  }
}

// In the networks of most users, and several where that is many more than others have.
void place_embedded(World& world) {
  std::vector<double> users;
  for (const auto& [id, network] : world.network().client_networks) {
    users.push_back(static_cast<double>(network.users));
  }
  const std::vector<std::uint32_t> counts =
      apportion(world.spec.embedded, users, std::vector<std::uint32_t>(users.size(), 0),
                kEmbeddedPerNetworkMax);
  std::size_t network = 0;
  for (const auto& [id, unused] : world.network().client_networks) {
    for (std::uint32_t n = 0; n < counts[network]; ++n) {
      EmbeddedSpec cache;
      cache.host = id;
      world.network().embedded.emplace(fmt::format("{}-cache-{}", id, n + 1), cache);
    }
    ++network;
  }
}

}  // namespace cdnsim::world
