#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <cdnsim/models/economics/month.hpp>

namespace cdnsim {
namespace {

constexpr std::int64_t kMillion = 1'000'000;
constexpr Duration kDay = std::chrono::hours(24);

std::int64_t in_ppm(double ratio) { return static_cast<std::int64_t>(ratio * 1e6 + 0.5); }

// The whole days of a run that is a month itself, or 0.
std::uint32_t own_days(const RunBins& run) {
  const bool whole = run.last_bin == kBillingBin && run.count % kBinsOfDay == 0;
  const std::size_t days = run.count / kBinsOfDay;
  return whole && days >= 28 && days <= 31 ? static_cast<std::uint32_t>(days) : 0;
}

}  // namespace

BitRate five_minute_rate(std::int64_t bytes) { return BitRate{scaled_to_nearest(bytes, 8, 300)}; }

Month::Month(const BillingSpec& billing, const RunBins& run) : billing_(billing), run_(run) {
  CDNSIM_ASSERT(run.count > 0 && run.last_bin > Duration{0} && run.last_bin <= kBillingBin,
                "a run has bins");
  days_ = own_days(run);
  own_ = days_ > 0;
  if (own_) {
    times_.assign(run.count, 1);
    return;
  }
  const MonthSpec& month = billing.month;
  days_ = month.days();
  event_days_ = (run.count + kBinsOfDay - 1) / kBinsOfDay;
  hour_ = billing.run_hour.value_or(run.follows_clock ? RunHour::clock : RunHour::mean);
  // A run of several days has all hours in it.
  if (event_days_ > 1) hour_ = RunHour::clock;
  if (month.this_event == 1) event_days_ = std::min<std::size_t>(event_days_, days_);
  // A run of several days takes the place of weekdays, then of weekend days.
  const std::size_t more_days = (event_days_ - 1) * month.this_event;
  CDNSIM_REQUIRE_USER(
      more_days <= month.weekday + month.weekend,
      fmt::format("#/billing/month: a run of {} days cannot take place {} times in this month; "
                  "lower \"this_event\"",
                  event_days_, month.this_event));
  const auto of_weekdays =
      static_cast<std::uint32_t>(std::min<std::size_t>(more_days, month.weekday));
  const auto of_weekend = static_cast<std::uint32_t>(more_days) - of_weekdays;
  times_.assign(kBinsOfDay, month.weekday - of_weekdays);
  times_.insert(times_.end(), kBinsOfDay, month.weekend - of_weekend);
  times_.insert(times_.end(), kBinsOfDay * event_days_, month.this_event);
}

std::string Month::basis() const {
  const Duration length = static_cast<std::int64_t>(run_.count - 1) * kBillingBin + run_.last_bin;
  if (own_) return fmt::format("the {} days of the run itself", days_);
  return fmt::format(
      "estimated from a run of {}: {} weekdays, {} weekend days and {} times the run; profile {}; "
      "the run is typical of {}",
      to_text(length), times_[0], times_[kBinsOfDay], billing_.month.this_event,
      to_text(billing_.profile),
      hour_ == RunHour::clock  ? "its own time of day"
      : hour_ == RunHour::mean ? "an hour of mean traffic"
                               : "the busiest hour");
}

std::vector<std::int64_t> Month::profile_ppm(Duration utc_offset) const {
  std::vector<std::int64_t> ppm(kBinsOfDay);
  for (std::size_t j = 0; j < kBinsOfDay; ++j) {
    Duration local =
        (static_cast<std::int64_t>(j) * kBillingBin + kBillingBin / 2 + utc_offset) % kDay;
    if (local < Duration{0}) local += kDay;
    ppm[j] = in_ppm(billing_.profile.at(SimTime{local}, Duration{0}));
  }
  return ppm;
}

// A last bin that is not whole is filled up from the one before, as rates in results are; a run of
// less than one bin goes on as it is.
std::vector<std::int64_t> Month::whole_bins(std::span<const std::int64_t> bins) const {
  std::vector<std::int64_t> whole(bins.begin(), bins.end());
  if (run_.last_bin == kBillingBin) return whole;
  if (whole.size() == 1) {
    whole[0] = scaled_to_nearest(whole[0], kBillingBin.count(), run_.last_bin.count());
  } else {
    whole.back() += scaled_to_nearest(whole[whole.size() - 2],
                                      (kBillingBin - run_.last_bin).count(), kBillingBin.count());
  }
  return whole;
}

bool Month::is_baseline(std::size_t bin) const {
  if (!billing_.event) return true;
  const Duration from = run_.start + static_cast<std::int64_t>(bin) * kBillingBin;
  return from + kBillingBin <= billing_.event->from || from >= billing_.event->until;
}

// Where in its days the run lies, and at which level of the profile each of its bins is.
Month::Placing Month::place(std::span<const std::int64_t> profile) const {
  const auto busiest =
      static_cast<std::size_t>(std::max_element(profile.begin(), profile.end()) - profile.begin());
  Placing placing;
  placing.first = static_cast<std::size_t>(run_.start % kDay / kBillingBin);
  if (hour_ == RunHour::peak) {
    placing.first = (busiest + kBinsOfDay - run_.count / 2) % kBinsOfDay;
  }
  for (std::size_t i = 0; i < run_.count; ++i) {
    const std::size_t at = hour_ == RunHour::peak ? busiest : (placing.first + i) % kBinsOfDay;
    placing.levels.push_back(hour_ == RunHour::mean ? kMillion : profile[at]);
  }
  return placing;
}

// The median of the bins without event, each brought to level 1 of the profile.
std::int64_t Month::baseline(std::span<const std::int64_t> bins,
                             std::span<const std::int64_t> levels) const {
  std::vector<std::int64_t> at_level_1;
  bool any = false;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    if (!is_baseline(i)) continue;
    any = true;
    if (levels[i] > 0) at_level_1.push_back(scaled_to_nearest(bins[i], kMillion, levels[i]));
  }
  CDNSIM_REQUIRE_USER(any,
                      "#/billing/event: it lasts the whole run, so that there is no baseline; let "
                      "the run begin earlier or end later");
  return percentile(at_level_1, {}, 50);
}

std::vector<std::int64_t> Month::samples(std::span<const std::int64_t> counted,
                                         Duration utc_offset) const {
  if (counted.empty()) return std::vector<std::int64_t>(times_.size(), 0);
  CDNSIM_ASSERT(counted.size() == run_.count, "a count for each bin of the run");
  const std::vector<std::int64_t> bins = whole_bins(counted);
  if (own_) return bins;
  const std::vector<std::int64_t> profile = profile_ppm(utc_offset);
  const Placing placing = place(profile);
  const std::int64_t base = baseline(bins, placing.levels);

  // 1. A weekday and a weekend day follow the profile.
  std::vector<std::int64_t> values;
  for (const std::int64_t ppm : profile) values.push_back(scaled_to_nearest(base, ppm, kMillion));
  const std::int64_t weekend_ppm = in_ppm(billing_.month.weekend_level);
  for (std::size_t j = 0; j < kBinsOfDay; ++j) {
    values.push_back(scaled_to_nearest(values[j], weekend_ppm, kMillion));
  }

  // 2. A day with the event is a weekday and what the run has above or below its baseline.
  const std::size_t ring = kBinsOfDay * event_days_;
  for (std::size_t j = 0; j < ring; ++j) values.push_back(values[j % kBinsOfDay]);
  for (std::size_t i = 0; i < std::min(bins.size(), ring); ++i) {
    std::int64_t& value = values[2 * kBinsOfDay + (placing.first + i) % ring];
    const std::int64_t usual = scaled_to_nearest(base, placing.levels[i], kMillion);
    value = std::max<std::int64_t>(value + bins[i] - usual, 0);
  }
  return values;
}

std::int64_t Month::p95(std::span<const std::int64_t> samples) const {
  return percentile(samples, times_);
}

Int128 Month::total(std::span<const std::int64_t> samples) const {
  CDNSIM_ASSERT(samples.size() == times_.size(), "the samples of this month");
  Int128 sum = 0;
  for (std::size_t i = 0; i < samples.size(); ++i) {
    sum += static_cast<Int128>(samples[i]) * times_[i];
  }
  return sum;
}

}  // namespace cdnsim
