#include <cdnsim/models/workload/popularity.hpp>

namespace cdnsim {

Popularity::Popularity(std::uint64_t objects, const PopularityLaw& law)
    : zipf_(objects, law.zipf_exponent) {
  if (!law.other) return;
  const auto n = static_cast<double>(objects);
  other_ = std::make_shared<const Falling>(objects, [rank_law = *law.other, n](double rank) {
    return std::visit([&](const auto& ranks) { return ranks.weight(rank, n); }, rank_law);
  });
}

}  // namespace cdnsim
