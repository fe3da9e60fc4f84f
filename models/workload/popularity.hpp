// Draws ranks by a class's popularity: Zipf's law by itself, all others by their weights.
// Does not know objects.
#pragma once

#include <cstdint>
#include <memory>

#include <cdnsim/base/sampler/falling.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

class Popularity {
 public:
  Popularity(std::uint64_t objects, const PopularityLaw& law);

  // A rank from 0 to objects - 1.
  template <class Next>
  std::uint64_t sample(std::uint64_t bits, Next&& next) const {
    if (other_) [[unlikely]]
      return other_->sample(bits, next);
    return zipf_.sample(bits, next);
  }
  // It never rises from a rank to the next.
  double probability(std::uint64_t rank) const {
    return other_ ? other_->probability(rank) : zipf_.probability(rank);
  }

 private:
  Zipf zipf_;
  std::shared_ptr<const Falling> other_;  // instead of it
};

}  // namespace cdnsim
