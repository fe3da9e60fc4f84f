// A month of five-minute samples out of what a run counted: the run's own bins when it lasts a
// month, or else days composed from its baseline, a diurnal profile and its event. Does not know
// what is counted, nor prices. README.md derives the composition.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/spec.hpp>

namespace cdnsim {

inline constexpr Duration kBillingBin = std::chrono::minutes(5);
inline constexpr std::size_t kBinsOfDay = 288;

// The five-minute bins of a run, which begin where its warm-up ends.
struct RunBins {
  Duration start{0};                // of the first bin; the run itself starts at midnight UTC
  std::size_t count = 0;            // the last one included, even when it is not whole
  Duration last_bin = kBillingBin;  // how much of the last one the run covers
  bool follows_clock = false;       // whether demand follows the time of day
};

class Month {
 public:
  // `billing` must outlive this. REQUIRES: run.count > 0, 0 < run.last_bin <= 5 min.
  Month(const BillingSpec& billing, const RunBins& run);

  // Composed, not counted.
  bool is_estimate() const { return !own_; }
  std::uint32_t days() const { return days_; }
  // A sentence: what the month is made of.
  std::string basis() const;

  // values[i] of samples() stands for times()[i] five-minute averages. The same for all ports, so
  // that the samples of several ports can be summed one by one.
  const std::vector<std::uint32_t>& times() const { return times_; }
  // `bins`: what a port counted in each bin of the run, or nothing at all. `utc_offset`: local time
  // minus UTC there. REQUIRES: as many as the run has, none negative.
  std::vector<std::int64_t> samples(std::span<const std::int64_t> bins, Duration utc_offset) const;

  // Of samples that one port, or several together, have: what a bill takes from them.
  std::int64_t p95(std::span<const std::int64_t> samples) const;
  Int128 total(std::span<const std::int64_t> samples) const;

 private:
  struct Placing {
    std::size_t first = 0;             // the run's first bin, in its days
    std::vector<std::int64_t> levels;  // by bin of the run, in millionths
  };

  Placing place(std::span<const std::int64_t> profile) const;
  std::int64_t baseline(std::span<const std::int64_t> bins,
                        std::span<const std::int64_t> levels) const;
  std::vector<std::int64_t> profile_ppm(Duration utc_offset) const;
  std::vector<std::int64_t> whole_bins(std::span<const std::int64_t> bins) const;
  bool is_baseline(std::size_t bin) const;

  const BillingSpec& billing_;
  RunBins run_;
  RunHour hour_ = RunHour::mean;
  bool own_ = false;
  std::size_t event_days_ = 1;  // how many days one run covers
  std::uint32_t days_ = 0;
  std::vector<std::uint32_t> times_;
};

// The rate of so many bytes in five minutes, to the nearest bit/s.
BitRate five_minute_rate(std::int64_t bytes);

}  // namespace cdnsim
