#include <cdnsim/base/sampler/gamma.hpp>
#include <cdnsim/models/workload/bursts.hpp>

namespace cdnsim {

double BurstSpec::factor(double mean, DrawKey key, std::int64_t stretch) const {
  if (dispersion <= 1 || mean <= 0) return 1;
  const auto number = static_cast<std::uint64_t>(stretch);
  DrawStream draws(key, Counter{static_cast<std::uint32_t>(number),
                                static_cast<std::uint32_t>(number >> 32), 0, 0});
  const double shape = mean / (dispersion - 1);
  return gamma(shape, draws) / shape;
}

}  // namespace cdnsim
