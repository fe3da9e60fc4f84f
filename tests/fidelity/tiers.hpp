// Two tiers of LRU caches under independent requests: laboratory runs against published rows.
// Does not know which rows are run when.
#pragma once

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/trace/generated_trace.hpp>
#include <cdnsim/trace/trace_writer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

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

inline Laboratory laboratory_of(const nlohmann::json& row) {
  const bool tandem = row.at("topology") == "tandem2";
  Laboratory lab;
  lab.pops = tandem ? 1 : row.at("K").get<int>();
  lab.objects = row.at("N").get<std::uint64_t>();
  lab.exponent = row.at("alpha").get<double>();
  lab.edge_objects = row.at(tandem ? "C1" : "C_edge").get<std::uint64_t>();
  lab.shield_objects = row.at(tandem ? "C2" : "C_shield").get<std::uint64_t>();
  lab.copies = places_of(row);
  return lab;
}

inline void check_row(const nlohmann::json& row, const Laboratory& lab) {
  const bool tandem = row.at("topology") == "tandem2";
  const auto found = lab.measure({edge_hit_ratio, shield_hit_ratio, origin_share});
  INFO(row.dump() << ": edge " << found[0] << ", shield " << found[1] << ", origin " << found[2]);
  CHECK(found[0].agrees_with(row.at(tandem ? "h1" : "edge_hit").get<double>()));
  CHECK(found[1].agrees_with(row.at(tandem ? "h2_local" : "shield_hit_local").get<double>()));
  CHECK(found[2].agrees_with(row.at("origin_frac").get<double>()));
}

inline void check_tiers(const nlohmann::json& row, double warmup_requests, double requests) {
  Laboratory lab = laboratory_of(row);
  lab.requests_per_second = 50;
  lab.warmup_s = warmup_requests / lab.requests_per_second;
  lab.measured_s = requests / kSeeds / lab.requests_per_second;
  check_row(row, lab);
}

// Independent requests of a class and a seed, written once.
inline std::string drawn_trace(const Laboratory& lab, std::uint64_t seed, std::uint64_t requests,
                               double per_second, const ScratchFiles& files) {
  const std::string path = files.path(
      fmt::format("{}-{}-{}-{}.oracleGeneral.bin", lab.objects, lab.exponent, requests, seed));
  if (std::filesystem::exists(path)) return path;
  TraceLaws laws;
  laws.requests = requests;
  laws.objects = lab.objects;
  laws.exponent = lab.exponent;
  laws.requests_per_second = per_second;
  laws.seed = seed;
  GeneratedTrace trace(laws);
  const auto writer = create_trace(path);
  std::vector<TraceRequest> block(4096);
  for (std::size_t got = trace.read(block); got > 0; got = trace.read(block)) {
    writer->write(std::span(block).first(got));
  }
  writer->finish();
  return path;
}

// The same by atomic replay: a drawn trace for each seed, one request after the other.
inline void check_tiers_replayed(const nlohmann::json& row, std::uint64_t warmup_requests,
                                 std::uint64_t requests, const ScratchFiles& files) {
  constexpr double kPerSecond = 1000;
  Laboratory lab = laboratory_of(row);
  const std::uint64_t all = warmup_requests + requests / kSeeds;
  lab.change = [&, lab](Scenario& s) {
    TraceReplay trace;
    trace.file.given = drawn_trace(lab, s.seed, all, kPerSecond, files);
    trace.content = "objects";
    trace.sizes = TraceSizes::content;
    s.traffic.clear();
    s.traffic["drawn"] = trace;
    s.replay = ReplayMode::atomic;
    s.warmup = from_seconds(static_cast<double>(warmup_requests) / kPerSecond);
    s.duration = 24h;
  };
  check_row(row, lab);
}

}  // namespace cdnsim::test
