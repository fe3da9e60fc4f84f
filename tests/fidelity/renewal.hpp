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
    lab.measured_s = std::ceil(cycles()) * cycle_s();
    // Cycles of many requests are all but equally long: half a cycle keeps the ends of the
    // measurement away from where the next begins.
    lab.warmup_s = kWarmupCycles * cycle_s();
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
