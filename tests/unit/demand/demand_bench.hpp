// Arrivals of a few classes and workloads for some audiences, as tests of demand's laws want them.
// Does not know nodes; nothing here serves a request.
#pragma once

#include <cmath>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/models/workload/demand.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::test {

inline ContentSpec content_of(std::uint64_t objects, const std::string& popularity = "uniform") {
  ContentSpec spec;
  spec.objects = objects;
  spec.popularity = parse<PopularityLaw>(popularity).value.value();
  spec.origin = "origin";
  return spec;
}

inline Steady steady_of(double per_second, std::map<std::string, double> mix) {
  Steady steady;
  steady.rate = Rate{per_second};
  steady.mix = std::move(mix);
  return steady;
}

inline Audience audience_of(const std::string& network, double share = 1,
                            const std::string& region = "region") {
  return Audience{network, region, share, Duration{0}};
}

struct DemandBench {
  DemandBench(std::map<std::string, ContentSpec> classes,
              std::map<std::string, WorkloadSpec> workloads,
              const std::vector<Audience>& audiences = {audience_of("isp")},
              std::uint32_t cells_each = 4, Duration slot_length = 100ms, std::uint64_t seed = 11)
      : traffic(std::move(workloads)),
        catalogue(seed, classes, traffic),
        demand(seed, slot_length, traffic, infos(audiences, cells_each), catalogue),
        cells(cells_each) {}

  static std::vector<AudienceInfo> infos(const std::vector<Audience>& audiences,
                                         std::uint32_t cells_each) {
    std::vector<AudienceInfo> all;
    for (const Audience& audience : audiences) {
      all.push_back(AudienceInfo{audience, cells_each, 0.1});
    }
    return all;
  }

  // All cells of an audience in one slot.
  std::vector<Arrival> slot(std::size_t audience, std::int64_t number) const {
    std::vector<LabelledCell> all;
    for (std::uint32_t cell = 0; cell < cells; ++cell) {
      all.push_back(LabelledCell{cell, static_cast<std::uint16_t>(cell)});
    }
    std::vector<Arrival> drawn;
    demand.append_arrivals(audience, all, number, drawn);
    return drawn;
  }
  template <class Visit>
  void for_each(std::size_t audience, std::int64_t from, std::int64_t slots, Visit visit) const {
    for (std::int64_t i = from; i < from + slots; ++i) {
      for (const Arrival& arrival : slot(audience, i)) visit(arrival);
    }
  }

  std::map<std::string, WorkloadSpec> traffic;
  Catalogue catalogue;
  Demand demand;
  std::uint32_t cells;
};

// A drawn share of n against the law's: within the larger of 1 % of it and 4 standard errors.
inline bool is_share(double found, double expected, double n) {
  UNSCOPED_INFO("share " << found << ", expected " << expected << ", of " << n);
  const double error = std::sqrt(expected * (1 - expected) / n);
  return std::abs(found - expected) <= std::max(0.01 * expected, 4 * error);
}

struct Sample {
  double n = 0, mean = 0, variance = 0;
  // Standard errors, that of the variance by the sample's own fourth moment.
  double mean_error = 0, variance_error = 0;
};
inline Sample sample_of(const std::vector<double>& values) {
  Sample s;
  s.n = static_cast<double>(values.size());
  for (const double value : values) s.mean += value / s.n;
  double fourth = 0;
  for (const double value : values) {
    const double square = (value - s.mean) * (value - s.mean);
    s.variance += square / (s.n - 1);
    fourth += square * square / s.n;
  }
  s.mean_error = std::sqrt(s.variance / s.n);
  s.variance_error = std::sqrt(std::max(fourth - s.variance * s.variance, 0.0) / s.n);
  return s;
}
inline bool agrees(double found, double expected, double error) {
  UNSCOPED_INFO(found << " +- " << error << ", expected " << expected);
  constexpr double kRounding = 1e-9;
  return std::abs(found - expected) <= std::max(0.01 * std::abs(expected), 4 * error) + kRounding;
}

}  // namespace cdnsim::test
