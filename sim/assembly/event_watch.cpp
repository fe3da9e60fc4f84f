#include <algorithm>
#include <limits>

#include <cdnsim/assembly/event_watch.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
// A single second of few requests says nothing; five say when it was worst, and when it was over.
constexpr std::size_t kWindow = 5;
// Over when the hit ratio has made up so much of its fall.
constexpr double kRecovered = 0.9;

double hit_ratio(const SecondCounts& counts) {
  if (counts.looked_up == 0) return kNone;
  return static_cast<double>(counts.hits) / static_cast<double>(counts.looked_up);
}

}  // namespace

void EventWatch::close_second(std::int64_t second, const SecondCounts& counts) {
  if (second < at_ - kSecondsBefore || second >= at_ + kSecondsAfter) return;
  before_ += second < at_;
  seconds_.push_back(counts);
}

void EventWatch::judge(EventResult& result) const {
  judge_hits(result);
  judge_origin(result);
}

SecondCounts EventWatch::sum(std::size_t first, std::size_t end) const {
  SecondCounts total;
  for (std::size_t i = first; i < end; ++i) {
    total.looked_up += seconds_[i].looked_up;
    total.hits += seconds_[i].hits;
    total.shield_requests += seconds_[i].shield_requests;
    total.origin_requests += seconds_[i].origin_requests;
  }
  return total;
}

void EventWatch::judge_hits(EventResult& result) const {
  result.hit_ratio_before = hit_ratio(sum(0, before_));
  result.hit_ratio_lowest = kNone;
  result.recovered_after_s = kNone;
  std::size_t lowest = before_;
  for (std::size_t i = before_; i + kWindow <= seconds_.size(); ++i) {
    const double here = hit_ratio(sum(i, i + kWindow));
    if (here < result.hit_ratio_lowest || result.hit_ratio_lowest != result.hit_ratio_lowest) {
      result.hit_ratio_lowest = here;
      lowest = i;
    }
  }
  const double fall = result.hit_ratio_before - result.hit_ratio_lowest;
  for (std::size_t i = lowest; i + kWindow <= seconds_.size(); ++i) {
    const double missing = result.hit_ratio_before - hit_ratio(sum(i, i + kWindow));
    if (!(missing <= (1 - kRecovered) * fall)) continue;
    // Where it never fell, there was nothing to recover from.
    result.recovered_after_s = fall <= 0 ? 0.0 : static_cast<double>(i + kWindow - before_);
    return;
  }
}

void EventWatch::judge_origin(EventResult& result) const {
  const auto seconds_before = static_cast<double>(before_);
  const SecondCounts before = sum(0, before_);
  const auto mean = [&](std::uint64_t count) {
    return before_ == 0 ? kNone : static_cast<double>(count) / seconds_before;
  };
  result.origin_rps_before = mean(before.origin_requests);
  result.shield_rps_before = mean(before.shield_requests);
  const double over = result.recovered_after_s;
  const std::size_t end = over == over ? before_ + static_cast<std::size_t>(over) : seconds_.size();
  const SecondCounts meanwhile = sum(before_, end);
  result.extra_origin_requests = static_cast<double>(meanwhile.origin_requests) -
                                 result.origin_rps_before * static_cast<double>(end - before_);
  for (std::size_t i = before_; i < seconds_.size(); ++i) {
    result.origin_peak_rps =
        std::max(result.origin_peak_rps, static_cast<double>(seconds_[i].origin_requests));
    result.shield_peak_rps =
        std::max(result.shield_peak_rps, static_cast<double>(seconds_[i].shield_requests));
  }
}

}  // namespace cdnsim::assembly
