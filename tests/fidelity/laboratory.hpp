// Scenarios that are as near to a formula's assumptions as the simulator gets, run over fixed
// seeds. Does not know what the formulas say.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <ostream>
#include <string>
#include <vector>

#include <cdnsim/scenario/run.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

// Enough of them that a standard error is known well: with five, four standard errors are exceeded
// once in sixty times.
inline constexpr std::uint64_t kSeeds = 20;  // 1 to 20

// A figure measured once for each seed.
class Measured {
 public:
  void add(double value) { values_.push_back(value); }

  double mean() const {
    double sum = 0;
    for (const double value : values_) sum += value;
    return sum / static_cast<double>(values_.size());
  }
  double standard_error() const {
    const double centre = mean();
    double squares = 0;
    for (const double value : values_) squares += (value - centre) * (value - centre);
    const auto n = static_cast<double>(values_.size());
    return std::sqrt(squares / (n - 1) / n);
  }
  // Within 1 % of it, or within four standard errors where the runs tell no better.
  bool agrees_with(double expected) const {
    return std::abs(mean() - expected) <= std::max(0.01 * expected, 4 * standard_error());
  }
  friend std::ostream& operator<<(std::ostream& out, const Measured& m) {
    return out << m.mean() << " +- " << m.standard_error();
  }

 private:
  std::vector<double> values_;
};

inline Duration from_seconds(double s) { return Duration{static_cast<std::int64_t>(s * 1e9)}; }

// PoPs of one server each, at no distance from users, shield and origin: a message takes 10 us, the
// least the simulator allows, and nobody works for any time. One class of equal objects.
struct Laboratory {
  std::uint64_t objects = 1;
  double exponent = 0;
  std::string cache_control = "max-age=31536000";
  double requests_per_second = 20;
  double warmup_s = 0;
  double measured_s = 1;
  int pops = 1;
  std::uint64_t edge_objects = 1'000'000;  // that a cache can hold
  std::uint64_t shield_objects = 0;        // 0: there is none
  std::string policy = "lru";
  double fetch_s = 0;  // from a PoP's miss to its answer by the origin; 0: some 20 us
  Duration coalesce = 1h;
  CopyPlaces copies;
  std::function<void(Scenario&)> change;  // whatever else

  Scenario scenario(std::uint64_t seed) const {
    Scenario s = small_scenario(pops, shield_objects > 0);
    s.seed = seed;
    s.warmup = from_seconds(std::ceil(warmup_s));
    s.duration = from_seconds(std::ceil(warmup_s) + std::ceil(measured_s));
    s.slot = 1s;
    s.min_message_delay = 10us;
    s.series_interval = 24h;
    for (auto& [id, link] : s.network.links) {
      // A little to the shield, or a PoP behind it would be as near to users as their own.
      link.delay = link.to == "origin"   ? from_seconds(fetch_s / 2)
                   : link.to == "shield" ? 1us
                                         : 0us;
    }
    s.network.origins["origin"].service_time = 0s;
    add_content(s, "objects", objects, exponent, cache_control.c_str());
    add_steady(s, "requests", requests_per_second, "objects");
    for (TierSpec* tier : {&s.caching.edge, &s.caching.shield}) {
      tier->policy = PolicyText{policy, {}};
      tier->service_time = 0s;
      tier->coalesce = coalesce;
      tier->copies = copies;
    }
    s.caching.edge.memory = Bytes{1000 * static_cast<std::int64_t>(edge_objects)};
    s.caching.shield.memory =
        Bytes{1000 * static_cast<std::int64_t>(std::max<std::uint64_t>(shield_objects, 1))};
    if (change) change(s);
    return s;
  }

  // Each of the figures, seed by seed.
  std::vector<Measured> measure(
      std::initializer_list<std::function<double(const Result&)>> figures) const {
    std::vector<Measured> measured(figures.size());
    for (std::uint64_t seed = 1; seed <= kSeeds; ++seed) {
      const Result result = run(scenario(seed)).result;
      std::size_t i = 0;
      for (const auto& figure : figures) measured[i++].add(figure(result));
    }
    return measured;
  }
};

inline double share(std::uint64_t part, std::uint64_t whole) {
  return static_cast<double>(part) / static_cast<double>(whole);
}

// Delayed hits are hits here: without the fetch's 20 us the object would have been there.
inline double edge_hit_ratio(const Result& r) {
  return r.tiers.at("edge").served_without_fetch_ratio;
}
inline double shield_hit_ratio(const Result& r) {
  return r.tiers.at("shield").served_without_fetch_ratio;
}
inline double origin_share(const Result& r) {
  return share(r.origin.requests, r.requests.outcomes.requests);
}
inline double edge_miss_ratio(const Result& r) {
  return share(r.requests.outcomes.misses, r.requests.outcomes.requests);
}

}  // namespace cdnsim::test
