#include <cdnsim/base/math.hpp>
#include <cdnsim/models/workload/flash.hpp>

namespace cdnsim {
namespace {

// (e^ku - 1) / (e^k - 1); so near to a straight line for a small k that nobody could tell.
double risen(double u, double k) {
  if (k > -1e-6 && k < 1e-6) return u;
  return (math::exp(k * u) - 1) / (math::exp(k) - 1);
}

}  // namespace

double Flash::crowd_at(SimTime now) const {
  const Duration since = now.time_since_epoch() - starts;
  if (since <= Duration{0}) return 0.0;
  if (since < rise) return risen(seconds(since) / seconds(rise), steepness);
  const Duration gone = since - rise - lasts;
  return gone <= Duration{0} ? 1.0 : math::exp2(-seconds(gone) / seconds(half_life));
}

}  // namespace cdnsim
