// Two tiers of LRU caches under independent requests: laboratory runs against published rows.
// Does not know which rows are run when.
#pragma once

#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "laboratory.hpp"

namespace cdnsim::test {

inline bool has_shield(const nlohmann::json& row) {
  return row.contains("C_shield") || row.value("C2", 0) > 0;
}

// Where a row's caches leave copies: everywhere, one level down, or by lot.
inline CopyPlaces places_of(const nlohmann::json& row) {
  using Kind = CopyPlaces::Kind;
  const std::string mode = row.at("mode");
  if (mode == "LCE") return {Kind::everywhere, 1.0};
  if (mode == "LCD") return {Kind::down, 1.0};
  return {Kind::prob, row.at("q").get<double>()};
}

inline void check_tiers(const nlohmann::json& row, double warmup_requests, double requests) {
  const bool tandem = row.at("topology") == "tandem2";
  Laboratory lab;
  lab.pops = tandem ? 1 : row.at("K").get<int>();
  lab.objects = row.at("N").get<std::uint64_t>();
  lab.exponent = row.at("alpha").get<double>();
  lab.edge_objects = row.at(tandem ? "C1" : "C_edge").get<std::uint64_t>();
  lab.shield_objects = row.at(tandem ? "C2" : "C_shield").get<std::uint64_t>();
  lab.copies = places_of(row);
  lab.requests_per_second = 50;
  lab.warmup_s = warmup_requests / lab.requests_per_second;
  lab.measured_s = requests / kSeeds / lab.requests_per_second;
  const auto found = lab.measure({edge_hit_ratio, shield_hit_ratio, origin_share});
  INFO(row.dump() << ": edge " << found[0] << ", shield " << found[1] << ", origin " << found[2]);
  CHECK(found[0].agrees_with(row.at(tandem ? "h1" : "edge_hit").get<double>()));
  CHECK(found[1].agrees_with(row.at(tandem ? "h2_local" : "shield_hit_local").get<double>()));
  CHECK(found[2].agrees_with(row.at("origin_frac").get<double>()));
}

}  // namespace cdnsim::test
