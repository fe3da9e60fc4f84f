// The figures of models/routing/README.md: time to find all ways in a world of 2,000 places.
//   bench_routing_figures

#include <chrono>
#include <cstdint>
#include <cstdio>
#include <ctime>
#include <string>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/models/routing/catchment.hpp>
#include <cdnsim/models/routing/explain.hpp>

namespace {

using namespace cdnsim;

// Draws of a counter, so that the world is always the same one.
class Draws {
 public:
  std::uint32_t below(std::uint32_t end) {
    return static_cast<std::uint32_t>(mix64(++counter_) % end);
  }

 private:
  std::uint64_t counter_ = 0;
};

struct World {
  NetworkMap map;
  Draws draws;

  std::uint32_t first_of(PlaceKind kind, std::uint32_t count) {
    const auto first = static_cast<std::uint32_t>(map.places.size());
    for (std::uint32_t i = 0; i < count; ++i) {
      map.places.push_back(Place{kind, std::string("place ") + std::to_string(first + i)});
    }
    return first;
  }
  void join(LinkKind kind, std::uint32_t from, std::uint32_t to) {
    LinkSpec spec;
    spec.kind = kind;
    spec.delay = std::chrono::microseconds(100 + draws.below(50'000));
    const Relation relation = relation_of(kind, map.places[from].kind, map.places[to].kind);
    map.links.push_back(
        MapLink{Link{"link " + std::to_string(map.links.size()), spec, from, to}, relation});
  }
};

struct Counts {
  std::uint32_t networks = 1000, pops = 700, caches = 200, providers = 50, exchanges = 50;
};

// 2,000 places; links of each kind at random up to 6,000.
World make_world(const Counts& n) {
  World world;
  const std::uint32_t networks = world.first_of(PlaceKind::client_network, n.networks);
  const std::uint32_t pops = world.first_of(PlaceKind::pop, n.pops);
  const std::uint32_t caches = world.first_of(PlaceKind::embedded_cache, n.caches);
  const std::uint32_t providers = world.first_of(PlaceKind::transit_provider, n.providers);
  const std::uint32_t exchanges = world.first_of(PlaceKind::ixp, n.exchanges);
  Draws& draws = world.draws;
  for (std::uint32_t i = 0; i < n.networks; ++i) {
    world.join(LinkKind::transit, networks + i, providers + draws.below(n.providers));
  }
  for (std::uint32_t i = 0; i < n.pops; ++i) {
    world.join(LinkKind::transit, pops + i, providers + draws.below(n.providers));
    world.join(LinkKind::backbone, pops + i, pops + (i + 1) % n.pops);
  }
  for (std::uint32_t i = 0; i < n.caches; ++i) {
    world.join(LinkKind::on_net, caches + i, networks + draws.below(n.networks));
  }
  for (std::uint32_t i = 1; i < n.providers; ++i) {
    world.join(LinkKind::transit, providers + i, providers + draws.below(i));
  }
  while (world.map.links.size() < 6000) {
    const std::uint32_t pop = pops + draws.below(n.pops);
    const std::uint32_t network = networks + draws.below(n.networks);
    const std::uint32_t exchange = exchanges + draws.below(n.exchanges);
    switch (draws.below(5)) {
      case 0: world.join(LinkKind::pni, pop, network); break;
      case 1: world.join(LinkKind::ixp, pop, exchange); break;
      case 2: world.join(LinkKind::ixp, network, exchange); break;
      case 3: world.join(LinkKind::backbone, pop, pops + draws.below(n.pops)); break;
      default: world.join(LinkKind::transit, network, providers + draws.below(n.providers)); break;
    }
  }
  return world;
}

// Of the processor, so that a busy machine says the same.
template <class Work>
double milliseconds(Work work) {
  const std::clock_t start = std::clock();
  work();
  return 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

}  // namespace

int main() {
  const Counts counts;
  const World world = make_world(counts);
  std::vector<std::uint32_t> networks;
  std::vector<std::uint32_t> pops;
  for (std::uint32_t i = 0; i < counts.networks; ++i) networks.push_back(i);
  for (std::uint32_t i = 0; i < counts.pops; ++i) pops.push_back(counts.networks + i);

  std::printf("places %zu, links %zu\n", world.map.places.size(), world.map.links.size());
  Routing routing(world.map);
  const auto all_trees = [&] {
    for (const std::uint32_t network : networks) routing.tree_to(network);
  };
  std::printf("unfold the map                 %8.2f ms\n",
              milliseconds([&] { Routing another(world.map); }));
  std::printf("ways to 1,000 client networks  %8.2f ms\n", milliseconds(all_trees));
  for (const std::uint32_t link : {0u, 1000u, 5000u}) {
    const std::uint64_t before = routing.trees_computed();
    routing.set_link_up(link, false);
    const double failure = milliseconds(all_trees);
    const std::uint64_t failed = routing.trees_computed();
    routing.set_link_up(link, true);
    const double repair = milliseconds(all_trees);
    std::printf("link %4u fails: %4llu again in %7.2f ms; is repaired: %4llu again in %7.2f ms\n",
                link, static_cast<unsigned long long>(failed - before), failure,
                static_cast<unsigned long long>(routing.trees_computed() - failed), repair);
  }
  std::size_t reached = 0;
  std::printf("catchment of 700 PoPs          %8.2f ms", milliseconds([&] {
                for (const auto& pop : catchment(routing, networks, pops)) {
                  reached += pop.has_value();
                }
              }));
  std::printf(" (%zu networks reached)\n", reached);
  std::printf("explain one way                %8.2f ms\n",
              milliseconds([&] { explain(routing, pops[3], networks[5]); }));
}
