// A number per second over a run: its sum, its highest second and its five-minute sums.
// Does not know what is counted.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>

namespace cdnsim::assembly {

class RateFigures {
 public:
  void add_second(std::uint64_t count);
  // Closes the last bin, which may be shorter than five minutes.
  void finish();

  std::uint64_t total() const { return total_; }
  std::uint64_t peak() const { return peak_; }
  // With n five-minute averages in ascending order, number ceil(0.95 n); the one before fills up
  // a last bin that is not whole. REQUIRES: finish() was called.
  double p95_per_second() const;
  // The sum of each bin, and how much of the last one there was. REQUIRES: finish() was called.
  const std::vector<std::int64_t>& bins() const { return bins_; }
  Duration last_bin() const { return std::chrono::seconds(last_seconds_); }

 private:
  static constexpr std::uint32_t kBinSeconds = 300;

  std::uint64_t total_ = 0;
  std::uint64_t peak_ = 0;
  std::uint64_t bin_sum_ = 0;
  std::uint32_t bin_seconds_ = 0;
  std::vector<std::int64_t> bins_;
  std::uint32_t last_seconds_ = kBinSeconds;  // of the last of them
};

}  // namespace cdnsim::assembly
