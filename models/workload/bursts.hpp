// Traffic that comes in bursts: each client network's rate goes up and down by a gamma law, from
// one stretch of time to the next. Does not know what is asked for.
#pragma once

#include <cstdint>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct BurstSpec {
  double dispersion = 1;
  Duration lasts{std::chrono::seconds(1)};

  // What a stretch's rate is multiplied with: its mean is 1, its variance (dispersion - 1) / mean,
  // where `mean` requests are expected of the network in the stretch. So their number has that mean
  // and `dispersion` times it as variance, whatever the mean.
  double factor(double mean, DrawKey key, std::int64_t stretch) const;
};

template <class V>
void describe(V& v, BurstSpec& s) {
  v.required("dispersion", s.dispersion,
             "variance over mean of the requests that come in each stretch; 1 is a Poisson law",
             at_least(1.0), at_most(1e6));
  v.optional("lasts", s.lasts, "how long a stretch is, in whole slots; each is drawn by itself",
             at_least(Duration{1ms}));
}

}  // namespace cdnsim
