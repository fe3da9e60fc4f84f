// One object with a time to live under Poisson requests: how much of them reaches the origin.
// Does not know where expected figures come from.
#pragma once

#include <optional>

#include "laboratory.hpp"

namespace cdnsim::test {

struct Renewal {
  double lambda = 1;  // requests per second
  double ttl_s = 1;
  double fetch_s = 0;
  bool coalesce = true;

  // From one fill's request to the next, in the mean.
  double cycle_s() const { return ttl_s + fetch_s + 1 / lambda; }
  double requests_per_cycle() const { return lambda * cycle_s(); }
  // So many for each seed that all together give the origin's share to about 0.2 %. A cycle's
  // number of requests varies little when it is large; then fifty cycles a seed will do.
  double cycles() const {
    const double load = lambda * (ttl_s + fetch_s);
    return std::max(62'500 * 4 * load / ((1 + load) * (1 + load)) / kSeeds, 50.0);
  }
  static constexpr double kWarmupCycles = 5.5;
  double requests() const { return (cycles() + kWarmupCycles) * kSeeds * requests_per_cycle(); }

  // The whole seconds of at least so many cycles that end nearest to this share of a cycle.
  double seconds_of(double least_cycles, double share) const {
    const double least = std::ceil(least_cycles * cycle_s());
    const auto distance = [&](double s) {
      const double off = s / cycle_s() - share;
      return std::abs(off - std::round(off));
    };
    double best = least;
    for (double s = least; s < least + 100 && distance(best) > 0.02; ++s) {
      if (distance(s) < distance(best)) best = s;
    }
    return best;
  }

  // Origin requests, hits and delayed hits of all requests.
  struct Figures {
    Measured origin, hits, delayed;
  };
  Figures measure() const {
    Laboratory lab;
    lab.cache_control = "max-age=" + std::to_string(static_cast<std::int64_t>(ttl_s));
    lab.requests_per_second = lambda;
    lab.fetch_s = fetch_s;
    lab.coalesce = coalesce ? Duration{1h} : Duration{0};
    // Cycles of many requests are all but equally long: whole cycles are measured, and half a one
    // keeps their ends away from where the next begins.
    lab.measured_s = seconds_of(cycles(), 0);
    lab.warmup_s = seconds_of(kWarmupCycles - 0.5, 0.5);
    const auto figures =
        lab.measure({origin_share,
                     [](const Result& r) {
                       return share(r.requests.outcomes.hits, r.requests.outcomes.requests);
                     },
                     [](const Result& r) {
                       return share(r.requests.outcomes.delayed_hits, r.requests.outcomes.requests);
                     }});
    return {figures[0], figures[1], figures[2]};
  }
};

}  // namespace cdnsim::test
