#include <numeric>

#include <cdnsim/base/check.hpp>
#include <cdnsim/world/apportion.hpp>

namespace cdnsim::world {

std::vector<std::uint32_t> apportion(std::uint32_t things, const std::vector<double>& weights,
                                     const std::vector<std::uint32_t>& least, std::uint32_t most) {
  CDNSIM_ASSERT(weights.size() == least.size(), "one least number a weight");
  std::vector<std::uint32_t> shares = least;
  std::uint32_t given = std::accumulate(shares.begin(), shares.end(), 0u);
  for (; given < things; ++given) {
    std::size_t next = weights.size();
    double best = 0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      const double quotient = weights[i] / (shares[i] + 1);
      if (shares[i] >= most || quotient <= best) continue;
      best = quotient;
      next = i;
    }
    if (next == weights.size()) break;  // everybody is full
    ++shares[next];
  }
  return shares;
}

}  // namespace cdnsim::world
