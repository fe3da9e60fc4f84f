// A mergeable log-linear histogram: quantiles within 1 %, whatever the order of adding and merging.
// Does not know what is counted; its memory grows with the largest value's logarithm alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/prefetch.hpp>

namespace cdnsim {

// Values below 128 have a bucket each; every octave above has 64, so a bucket's middle is at most
// 1/128 from any value in it.
class LogHistogram {
 public:
  // REQUIRES: value >= 0.
  void add(std::int64_t value, std::uint64_t times = 1) {
    CDNSIM_ASSERT(value >= 0, "a histogram takes no negative values");
    if (times == 0) return;
    const std::size_t bucket = bucket_of(value);
    if (bucket >= counts_.size()) [[unlikely]]
      counts_.resize((bucket / kPerOctave + 1) * kPerOctave);
    counts_[bucket] += times;
    count_ += times;
    sum_ += static_cast<Int128>(value) * static_cast<Int128>(times);
    min_ = std::min(min_, value);
    max_ = std::max(max_, value);
  }

  // A hint that the value will soon be added.
  void prefetch_bucket(std::int64_t value) const {
    cdnsim::prefetch(counts_.data() + bucket_of(value));
  }

  void merge(const LogHistogram& other) {
    if (other.counts_.size() > counts_.size()) counts_.resize(other.counts_.size());
    for (std::size_t i = 0; i < other.counts_.size(); ++i) counts_[i] += other.counts_[i];
    count_ += other.count_;
    sum_ += other.sum_;
    min_ = std::min(min_, other.min_);
    max_ = std::max(max_, other.max_);
  }

  std::uint64_t count() const { return count_; }
  Int128 sum() const { return sum_; }
  // All of these are 0 when nothing was added.
  std::int64_t min() const { return count_ == 0 ? 0 : min_; }
  std::int64_t max() const { return max_; }
  double mean() const {
    return count_ == 0 ? 0.0 : static_cast<double>(sum_) / static_cast<double>(count_);
  }

  // Value number ceil(q count) in ascending order, at least the first. The first and the last are
  // exact. REQUIRES: 0 <= q <= 1.
  std::int64_t quantile(double q) const {
    CDNSIM_ASSERT(q >= 0 && q <= 1, "a quantile is asked for between 0 and 1");
    if (count_ == 0) return 0;
    const std::uint64_t rank = std::max(rank_of(q), std::uint64_t{1});
    if (rank == 1) return min_;
    if (rank == count_) return max_;
    std::uint64_t passed = 0;
    std::size_t bucket = 0;
    while ((passed += counts_[bucket]) < rank) ++bucket;
    return std::clamp(middle_of(bucket), min_, max_);
  }

  // Calls visit(lowest value, highest value, count) for each bucket in use, ascending.
  template <class Visit>
  void for_each_bucket(Visit&& visit) const {
    for (std::size_t i = 0; i < counts_.size(); ++i) {
      if (counts_[i] != 0) visit(lowest_of(i), lowest_of(i) + (width_of(i) - 1), counts_[i]);
    }
  }

  bool operator==(const LogHistogram&) const = default;

 private:
  static constexpr std::size_t kPerOctave = 64;

  static constexpr std::size_t bucket_of(std::int64_t value) {
    const auto v = static_cast<std::uint64_t>(value);
    const int shift = std::max(static_cast<int>(std::bit_width(v)) - 7, 0);
    return static_cast<std::size_t>(shift) * kPerOctave + static_cast<std::size_t>(v >> shift);
  }
  static constexpr int shift_of(std::size_t bucket) {
    return bucket < 2 * kPerOctave ? 0 : static_cast<int>(bucket / kPerOctave) - 1;
  }
  static constexpr std::int64_t width_of(std::size_t bucket) {
    return std::int64_t{1} << shift_of(bucket);
  }
  static constexpr std::int64_t lowest_of(std::size_t bucket) {
    const auto place = bucket - static_cast<std::size_t>(shift_of(bucket)) * kPerOctave;
    return static_cast<std::int64_t>(place) << shift_of(bucket);
  }
  static constexpr std::int64_t middle_of(std::size_t bucket) {
    return lowest_of(bucket) + (width_of(bucket) - 1) / 2;
  }

  // ceil(q count) for q taken to nine decimals: 0.55 of 100 is 55, though the double 0.55 is more.
  std::uint64_t rank_of(double q) const {
    constexpr std::uint64_t kDecimals = 1'000'000'000;
    const auto parts = static_cast<std::uint64_t>(q * static_cast<double>(kDecimals) + 0.5);
    return static_cast<std::uint64_t>((static_cast<Uint128>(count_) * parts + kDecimals - 1) /
                                      kDecimals);
  }

  std::vector<std::uint64_t> counts_;
  std::uint64_t count_ = 0;
  Int128 sum_ = 0;
  std::int64_t min_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t max_ = 0;
};

}  // namespace cdnsim
