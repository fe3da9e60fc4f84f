// Ranks by any law whose weights fall: in O(1) time, with a few kilobytes however many ranks.
// Does not know which law, what is ranked, nor where random bits come from.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/sampler/discrete.hpp>

namespace cdnsim {

// The first ranks are steps of one rank each, those behind them steps of ever more, up to a 32nd of
// the rank they begin with. A step is picked as if all its ranks weighed what its first does, then
// a rank within it, and of those that weigh less some are rejected: about one draw in a hundred.
class Falling {
 public:
  // Of rank 1, 2, ... n.
  using Weight = std::function<double(double rank)>;
  static constexpr std::uint64_t kMost = std::uint64_t{1} << 40;

  // REQUIRES: 1 <= n <= kMost; weights are finite, above 0, and never rise.
  Falling(std::uint64_t n, Weight weight);

  // A rank from 0 to n - 1, exact to 2^-32 of the whole. `bits` decide where a step has one rank;
  // next() gives others.
  template <class Next>
  std::uint64_t sample(std::uint64_t bits, Next&& next) const {
    for (;; bits = next()) {
      const Step& step = steps_[choice_.pick(static_cast<std::uint32_t>(bits))];
      if (step.count == 1) return step.first;
      const Uint128 place = static_cast<Uint128>(next()) * step.count;
      const std::uint64_t rank = step.first + static_cast<std::uint64_t>(place >> 64);
      const double height = unit(static_cast<std::uint64_t>(place));
      if (height < step.least || height * step.weight < weight_of(rank)) return rank;
    }
  }

  double probability(std::uint64_t rank) const { return weight_of(rank) / whole_; }
  std::uint64_t size() const { return n_; }

 private:
  struct Step {
    std::uint64_t first;  // rank
    std::uint64_t count;
    double weight;  // of its first rank
    double least;   // of its last rank, relative to that
  };

  static std::vector<Step> steps_of(std::uint64_t n, const Weight& weight);
  static std::vector<double> hats_of(const std::vector<Step>& steps);
  double weight_of(std::uint64_t rank) const { return weight_(static_cast<double>(rank + 1)); }
  double sum_of(const Step& step) const;

  std::uint64_t n_;
  Weight weight_;
  std::vector<Step> steps_;
  Discrete choice_;
  double whole_ = 0;
};

}  // namespace cdnsim
