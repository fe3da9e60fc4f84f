#include <algorithm>

#include <cdnsim/assembly/rate_figures.hpp>

namespace cdnsim::assembly {

void RateFigures::add_second(std::uint64_t count) {
  total_ += count;
  peak_ = std::max(peak_, count);
  bin_sum_ += count;
  if (++bin_seconds_ == kBinSeconds) finish();
}

void RateFigures::finish() {
  if (bin_seconds_ == 0) return;
  bins_.push_back(static_cast<std::int64_t>(bin_sum_));
  last_seconds_ = bin_seconds_;
  bin_sum_ = 0;
  bin_seconds_ = 0;
}

double RateFigures::p95_per_second() const {
  if (bins_.empty()) return 0.0;
  std::vector<double> sorted;
  for (const std::int64_t sum : bins_) sorted.push_back(static_cast<double>(sum) / kBinSeconds);
  const auto last = static_cast<double>(bins_.back());
  const double missing = kBinSeconds - last_seconds_;
  sorted.back() = sorted.size() == 1 ? last / last_seconds_
                                     : (last + missing * sorted[sorted.size() - 2]) / kBinSeconds;
  std::sort(sorted.begin(), sorted.end());
  return sorted[(95 * sorted.size() + 99) / 100 - 1];
}

}  // namespace cdnsim::assembly
