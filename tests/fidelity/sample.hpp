// What a number that was drawn several times came to, and how well that is known.
// Does not know what it should be.
#pragma once

#include <algorithm>
#include <cmath>

namespace cdnsim::test {

class Sample {
 public:
  void add(double value) {
    ++count_;
    sum_ += value;
    squares_ += value * value;
  }
  double mean() const { return sum_ / count_; }
  double deviation() const {
    const double variance = squares_ / count_ - mean() * mean();
    return std::sqrt(std::max(0.0, variance) * count_ / (count_ - 1));
  }
  double standard_error() const { return deviation() / std::sqrt(count_); }

  // Within four standard errors of the difference from a mean of `draws` like ours, and half a unit
  // of its last printed place.
  bool agrees_with(double published, double draws, double last_place) const {
    const double error = deviation() * std::sqrt(1 / count_ + 1 / draws);
    return std::abs(mean() - published) <= 4 * error + last_place / 2;
  }

 private:
  double count_ = 0, sum_ = 0, squares_ = 0;
};

}  // namespace cdnsim::test
