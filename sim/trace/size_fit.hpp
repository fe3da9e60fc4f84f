// The lognormal law that comes nearest to sizes, and how near it comes.
// Does not know whose sizes they are.
#pragma once

#include <cstdint>
#include <vector>

namespace cdnsim {

struct SizeFit {
  double median, sigma;
  double distance;  // Kolmogorov and Smirnov's, 0 to 1
};

// By the moments of the logarithms. REQUIRES: there are sizes, at least 1 each and sorted.
SizeFit fit_lognormal(const std::vector<std::int64_t>& sorted);

}  // namespace cdnsim
