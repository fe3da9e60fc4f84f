#include <algorithm>
#include <cmath>
#include <limits>

#include <cdnsim/assembly/event_watch.hpp>
#include <cdnsim/models/operations/faults_spec.hpp>

namespace cdnsim::assembly {
namespace {

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();
// A single second of few requests says nothing; five say when it was worst, and when it was over.
constexpr std::size_t kWindow = 5;
// Over when so much of the change has been made up.
constexpr double kRecovered = 0.9;
// Counts of independent things hardly ever differ by more than so many square roots.
constexpr double kChance = 5;

bool is_number(double value) { return value == value; }

double hit_ratio(const SecondCounts& counts) {
  if (counts.looked_up == 0) return kNone;
  return static_cast<double>(counts.hits) / static_cast<double>(counts.looked_up);
}

}  // namespace

SecondCounts& SecondCounts::operator+=(const SecondCounts& more) {
  seconds += more.seconds;
  looked_up += more.looked_up;
  hits += more.hits;
  lost += more.lost;
  shield_requests += more.shield_requests;
  origin_requests += more.origin_requests;
  requests += more.requests;
  answers += more.answers;
  stale += more.stale;
  first_byte_ns += more.first_byte_ns;
  return *this;
}

SecondCounts SecondCounts::since(const SecondCounts& earlier) const {
  return {1,
          looked_up - earlier.looked_up,
          hits - earlier.hits,
          lost - earlier.lost,
          shield_requests - earlier.shield_requests,
          origin_requests - earlier.origin_requests,
          requests - earlier.requests,
          answers - earlier.answers,
          stale - earlier.stale,
          first_byte_ns - earlier.first_byte_ns};
}

void EventWatch::close_second(std::int64_t second, const SecondCounts& counts) {
  if (second >= at_) rest_ += counts;
  if (second < at_ - kSecondsBefore || second >= at_ + kSecondsAfter) return;
  before_ += second < at_;
  seconds_.push_back(counts);
}

void EventWatch::judge(EventResult& result) const {
  judge_hits(result);
  judge_peaks(result);
  judge_whole(result);
}

// What fails by chance goes on doing so: a quiet while is not its end.
bool EventWatch::may_end(const EventResult& result) { return result.kind != FaultsEvent::kKind; }

SecondCounts EventWatch::sum(std::size_t first, std::size_t end) const {
  SecondCounts total{.seconds = 0};
  for (std::size_t i = first; i < end; ++i) total += seconds_[i];
  return total;
}

EventWatch::Amount EventWatch::amount(Measure measure, std::size_t first) const {
  return measure(sum(first, first + kWindow));
}

std::size_t EventWatch::worst(Measure measure) const {
  std::size_t worst = seconds_.size();
  double most = kNone;
  for (std::size_t i = before_; i + kWindow <= seconds_.size(); ++i) {
    const double here = amount(measure, i).ratio();
    if (!is_number(here) || here <= most) continue;
    most = here;
    worst = i;
  }
  return worst;
}

// No more than in any five seconds before, or than these would differ by anyway.
bool EventWatch::is_chance(Measure measure, std::size_t worst) const {
  const Amount there = amount(measure, worst);
  const double expected = measure(sum(0, before_)).ratio() * there.in;
  if (there.of <= expected + kChance * std::sqrt(expected)) return true;
  for (std::size_t i = 0; i + kWindow <= before_; ++i) {
    if (there.ratio() <= amount(measure, i).ratio()) return true;
  }
  return false;
}

double EventWatch::back_after(Measure measure) const {
  const double before = measure(sum(0, before_)).ratio();
  const std::size_t start = worst(measure);
  if (!is_number(before) || start == seconds_.size()) return kNone;
  if (is_chance(measure, start)) return 0;
  const double most = amount(measure, start).ratio() - before;
  for (std::size_t i = start; i + kWindow <= seconds_.size(); ++i) {
    const double left = amount(measure, i).ratio() - before;
    if (left <= (1 - kRecovered) * most) return static_cast<double>(i + kWindow - before_);
  }
  return kNone;
}

void EventWatch::judge_hits(EventResult& result) const {
  const Measure misses = [](const SecondCounts& sum) {
    return Amount{static_cast<double>(sum.looked_up - sum.hits),
                  static_cast<double>(sum.looked_up)};
  };
  const std::size_t lowest = worst(misses);
  result.hit_ratio_before = hit_ratio(sum(0, before_));
  result.hit_ratio_lowest =
      lowest == seconds_.size() ? kNone : hit_ratio(sum(lowest, lowest + kWindow));
  result.recovered_after_s = may_end(result) ? back_after(misses) : kNone;
}

void EventWatch::judge_peaks(EventResult& result) const {
  const SecondCounts before = sum(0, before_);
  const auto mean = [&](std::uint64_t count) {
    return before_ == 0 ? kNone : static_cast<double>(count) / static_cast<double>(before_);
  };
  const auto peak = [&](std::uint64_t SecondCounts::* count) {
    std::uint64_t most = 0;
    for (std::size_t i = before_; i < seconds_.size(); ++i) {
      most = std::max(most, seconds_[i].*count);
    }
    return static_cast<double>(most);
  };
  result.lost_rps_before = mean(before.lost);
  result.shield_rps_before = mean(before.shield_requests);
  result.origin_rps_before = mean(before.origin_requests);
  result.lost_peak_rps = peak(&SecondCounts::lost);
  result.shield_peak_rps = peak(&SecondCounts::shield_requests);
  result.origin_peak_rps = peak(&SecondCounts::origin_requests);
}

void EventWatch::judge_whole(EventResult& result) const {
  const double lost = back_after([](const SecondCounts& sum) {
    return Amount{static_cast<double>(sum.lost), static_cast<double>(sum.seconds)};
  });
  const double origin = back_after([](const SecondCounts& sum) {
    return Amount{static_cast<double>(sum.origin_requests), static_cast<double>(sum.seconds)};
  });
  // Where all of it passes there is no hit ratio to come back.
  const double hits = is_number(result.hit_ratio_before) ? result.recovered_after_s : 0;
  const bool is_over = may_end(result) && is_number(lost) && is_number(origin) && is_number(hits);
  result.over_after_s = is_over ? std::max({lost, origin, hits}) : kNone;
  const std::size_t end =
      is_over ? before_ + static_cast<std::size_t>(result.over_after_s) : seconds_.size();
  const SecondCounts meanwhile = result.recurs ? rest_ : sum(before_, end);
  result.measured_s = static_cast<double>(meanwhile.seconds);
  result.lost_requests = meanwhile.lost;
  result.origin_requests = meanwhile.origin_requests;
}

}  // namespace cdnsim::assembly
