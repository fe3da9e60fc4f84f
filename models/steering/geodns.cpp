#include <algorithm>
#include <utility>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/models/steering/geodns.hpp>

namespace cdnsim {

GeoCell geo_cell(std::uint64_t seed, const std::string& network, std::uint32_t cell) {
  const DrawBlock block = draw(draw_key(seed, {"resolver", network}), Counter{cell, 0, 0, 0});
  return GeoCell{block.low64(), block.high64()};
}

std::vector<const GeoPop*> GeoDns::choice(Coordinates resolver,
                                          const std::vector<std::uint32_t>& allowed) const {
  std::vector<std::pair<std::int64_t, const GeoPop*>> by_distance;
  for (const GeoPop& pop : pops_) {
    if (std::ranges::count(allowed, pop.place) == 0) continue;
    by_distance.emplace_back(great_circle(resolver, pop.position).count(), &pop);
  }
  std::ranges::stable_sort(by_distance, {}, &std::pair<std::int64_t, const GeoPop*>::first);
  std::vector<const GeoPop*> choice;
  for (const auto& [distance, pop] : by_distance) {
    if (choice.size() < nearest_) choice.push_back(pop);
  }
  return choice;
}

// Each would come at an exponential time of its weight, and the first does.
std::uint32_t GeoDns::answer(const std::vector<const GeoPop*>& choice, const GeoCell& cell) {
  std::uint32_t first = kNowhere;
  double earliest = 0;
  for (const GeoPop* pop : choice) {
    const std::uint64_t lot = hash_combine(cell.lot, hash_name(pop->id));
    const double comes = -math::log(unit_open(lot)) / pop->weight;
    if (first != kNowhere && comes >= earliest) continue;
    first = pop->place;
    earliest = comes;
  }
  return first;
}

std::int64_t next_question(const GeoCell& cell, std::int64_t slot, std::int64_t ttl) {
  const auto phase = static_cast<std::int64_t>(cell.phase % static_cast<std::uint64_t>(ttl));
  const std::int64_t since = (slot - phase) % ttl;
  return since == 0 ? slot : slot + ttl - (since < 0 ? since + ttl : since);
}

}  // namespace cdnsim
