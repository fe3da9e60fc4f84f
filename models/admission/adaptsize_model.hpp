// What AdaptSize expects of an LRU cache whose newcomers enter by exp(-size / c): its object hit
// ratio, for any c, and the c that makes it highest. Does not know requests, only rates and sizes.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include <cdnsim/base/math.hpp>

namespace cdnsim {

// Che's approximation. With characteristic time T an object of rate r and chance p is held for the
// share h = p (e^(rT) - 1) / (1 + p (e^(rT) - 1)) of the time, and T is such that the sizes held
// add up to the capacity. That is so in the long run; an object that would be let in only after
// that, as it is asked for less than 1/p times while rates are what they are, is never seen. So h
// counts by the chance 1 - e^(-rp) that it is let in within the time in which r requests come: the
// paper has no such factor. Objects of like rate and size, to a few percent, are counted together.
class AdaptSizeModel {
 public:
  static constexpr double kNoLimit = 1e300;  // a c that lets everything in

  explicit AdaptSizeModel(double capacity) : capacity_(capacity), groups_(kSizes * kRates) {}

  // REQUIRES: rate > 0, bytes > 0.
  void add(double rate, std::int64_t bytes) {
    Group& group = group_of(rate, static_cast<double>(bytes));
    group.objects += 1;
    group.rate += rate;
    group.bytes += static_cast<double>(bytes);
    all_rate_ += rate;
    all_bytes_ += static_cast<double>(bytes);
  }

  // The share of all requests that the cache answers.
  double hit_ratio(double scale) const {
    std::vector<Odds> odds;
    for (const Group& group : groups_) {
      if (group.objects > 0) odds.push_back(odds_of(group, scale));
    }
    const double time = characteristic_time(odds);
    double hits = 0;
    for (const Odds& each : odds) hits += each.all_rate * each.held(time);
    return all_rate_ > 0 ? hits / all_rate_ : 0.0;
  }

  // Looks at powers of two first, then closer around the best of them.
  double best_scale() const {
    if (all_bytes_ <= capacity_) return kNoLimit;
    double best = kNoLimit, best_ratio = hit_ratio(kNoLimit);
    const auto consider = [&](double scale) {
      const double ratio = hit_ratio(scale);
      if (ratio <= best_ratio) return;
      best_ratio = ratio;
      best = scale;
    };
    for (double scale = 1; scale < 2 * capacity_; scale *= 2) consider(scale);
    if (best == kNoLimit) return best;
    const double middle = best;
    for (int step = -3; step <= 3; ++step) consider(middle * math::exp2(step / 4.0));
    return best;
  }

 private:
  static constexpr double kLn2 = 0.69314718055994531;
  static constexpr double kPerOctave = 8;
  static constexpr std::size_t kSizes = 48 * 8, kRates = 48 * 8;
  static constexpr double kLeastRate = 1.0 / 256;

  struct Group {
    double objects = 0, rate = 0, bytes = 0;  // of all its objects together
  };
  struct Odds {
    double chance, rate;         // of one object
    double all_rate, all_bytes;  // of the group
    double let_in;               // an object's chance to get in within the window
    double held(double time) const {
      const double exponent = rate * time;
      if (exponent > 700) return let_in;
      const double odds = chance * (math::exp(exponent) - 1);
      return let_in * odds / (1 + odds);
    }
  };

  static std::size_t bucket(double x, std::size_t count) {
    const double octaves = std::max(math::log(x) / kLn2, 0.0);
    return std::min(static_cast<std::size_t>(octaves * kPerOctave), count - 1);
  }
  Group& group_of(double rate, double bytes) {
    return groups_[bucket(bytes, kSizes) * kRates + bucket(rate / kLeastRate, kRates)];
  }
  static Odds odds_of(const Group& group, double scale) {
    const double bytes = group.bytes / group.objects;
    const double chance = math::exp(-bytes / scale), rate = group.rate / group.objects;
    return {chance, rate, group.rate, group.bytes, 1 - math::exp(-rate * chance)};
  }

  static double bytes_held(const std::vector<Odds>& odds, double time) {
    double bytes = 0;
    for (const Odds& each : odds) bytes += each.all_bytes * each.held(time);
    return bytes;
  }
  double characteristic_time(const std::vector<Odds>& odds) const {
    constexpr double kLongest = 1e12;
    double low = 0, high = 1;
    while (high < kLongest && bytes_held(odds, high) < capacity_) {
      low = high;
      high *= 2;
    }
    for (int i = 0; i < 30; ++i) {
      const double middle = (low + high) / 2;
      (bytes_held(odds, middle) < capacity_ ? low : high) = middle;
    }
    return high;
  }

  double capacity_;
  std::vector<Group> groups_;
  double all_rate_ = 0;
  double all_bytes_ = 0;
};

}  // namespace cdnsim
