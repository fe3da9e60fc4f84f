// Steering by answers of the DNS: by the place of the resolver that asks, shared out by weight, and
// held until the answer runs out. Does not know ways, load or who is down.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/geography/coordinates.hpp>
#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim {

struct GeoPop {
  std::uint32_t place = 0;
  std::string id;
  Coordinates position{};
  double weight = 1;
};

// The users of a cell behave as one: they ask together, at a phase of the TTL of their own.
struct GeoCell {
  std::uint64_t phase = 0;  // any number
  std::uint64_t lot = 0;    // likewise, and of nothing else
};
GeoCell geo_cell(std::uint64_t seed, const std::string& network, std::uint32_t cell);

class GeoDns {
 public:
  // The `nearest` PoPs that are allowed share each resolver's cells.
  GeoDns(std::vector<GeoPop> pops, std::uint32_t nearest)
      : pops_(std::move(pops)), nearest_(nearest) {}

  // In the order of distance from the resolver, ties by id, the first of them that are in
  // `allowed`.
  std::vector<const GeoPop*> choice(Coordinates resolver,
                                    const std::vector<std::uint32_t>& allowed) const;
  // Which of them a cell gets: each with the chance of its share of their weights, and no other one
  // only because one that it did not have has gone. kNowhere when there is none.
  static std::uint32_t answer(const std::vector<const GeoPop*>& choice, const GeoCell& cell);

 private:
  std::vector<GeoPop> pops_;
  std::uint32_t nearest_;
};

// The first slot not before `slot` in which the cell asks again, once in `ttl` slots.
std::int64_t next_question(const GeoCell& cell, std::int64_t slot, std::int64_t ttl);

}  // namespace cdnsim
