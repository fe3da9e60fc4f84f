#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/world/world_maker.hpp>

namespace cdnsim::world {
namespace {

std::string range_problem(std::string_view what, std::uint32_t value, std::uint32_t least,
                          std::uint32_t most) {
  if (value >= least && value <= most) return "";
  return fmt::format("{} {}; there can be {} to {}", value, what, least, most);
}

}  // namespace

std::uint32_t most_places() { return static_cast<std::uint32_t>(metros().size()); }

std::uint32_t most_ixps() {
  return static_cast<std::uint32_t>(
      std::ranges::count_if(metros(), [](const Metro& metro) { return !metro.exchange.empty(); }));
}

std::string problem_of(const WorldSpec& spec) {
  const std::uint32_t most = std::min(spec.pops, most_places());
  for (const std::string& problem :
       {range_problem("PoPs", spec.pops, 1, WorldSpec::kPopsMax),
        range_problem("places with a PoP", spec.places.value_or(1), 1, most),
        range_problem("client networks", spec.networks, most_places(), WorldSpec::kNetworksMax),
        range_problem("embedded caches", spec.embedded, 0, WorldSpec::kNetworksMax),
        range_problem("shields", spec.shields, 0, most_shields()),
        range_problem("exchanges", spec.ixps, 0, most_ixps()),
        range_problem("transit providers", spec.transit, 1, WorldSpec::kTransitMax)}) {
    if (!problem.empty()) return problem;
  }
  return "";
}

Scenario make_world(const WorldSpec& spec) {
  World world;
  world.spec = spec;
  world.scenario.question = spec.name;
  world.scenario.seed = spec.seed;
  for (const Metro& metro : metros()) world.sites.push_back(Site{&metro, false, {}, {}, {}});
  place_cdn(world);
  place_clients(world);
  place_embedded(world);
  place_transit(world);
  join_clients(world);
  join_cdn(world);
  describe_traffic(world);
  return std::move(world.scenario);
}

double chance(const World& world, std::initializer_list<std::string_view> names) {
  return unit(draw(draw_key(world.spec.seed, names), Counter{}).low64());
}

Distance between(const Metro& a, const Metro& b) { return great_circle(a.position, b.position); }

std::string router_id(std::size_t provider, const Metro& metro) {
  return fmt::format("transit-{}-{}", provider + 1, metro.id);
}

std::string ixp_id(const Metro& metro) { return fmt::format("ixp-{}", metro.id); }

BitRate port_for(double bits_per_second) {
  std::int64_t size = 100'000'000;
  for (int step = 0; static_cast<double>(size) < bits_per_second; ++step) {
    size = step % 3 == 1 ? size / 2 * 5 : size * 2;
  }
  return BitRate{size};
}

void add_link(World& world, const std::string& from, const std::string& to, LinkKind kind,
              BitRate capacity, const std::string& tariff) {
  LinkSpec link;
  link.from = from;
  link.to = to;
  link.kind = kind;
  link.capacity = capacity;
  if (!tariff.empty()) link.pricing.tariff = tariff;
  world.network().links.emplace(fmt::format("{} {}", from, to), std::move(link));
}

}  // namespace cdnsim::world
