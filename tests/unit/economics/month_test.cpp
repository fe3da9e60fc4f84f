// How a short run becomes a month, against figures worked out by hand.

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/month.hpp>
#include <tests/support/catch.hpp>

namespace month_test {

using namespace cdnsim;
using Bins = std::vector<std::int64_t>;

RunBins run_of(std::size_t bins, Duration start = Duration{0}) {
  RunBins run;
  run.start = start;
  run.count = bins;
  return run;
}

BillingSpec flat_days() {
  BillingSpec billing;
  billing.profile = Curve::constant();
  return billing;
}

std::string problem_of(const BillingSpec& billing, const RunBins& run, const Bins& bins) {
  try {
    Month(billing, run).samples(bins, Duration{0});
  } catch (const UserError& error) {
    return error.what();
  }
  return "no problem";
}

TEST_CASE("a run of 28 to 31 days is its own month") {
  const BillingSpec billing;
  for (const std::size_t days : {27, 28, 30, 31, 32}) {
    const Month month(billing, run_of(288 * days));
    CHECK(month.is_estimate() == (days < 28 || days > 31));
  }
  Bins bins(288 * 30, 5);
  bins[100] = 9;
  const Month month(billing, run_of(bins.size()));
  CHECK(month.samples(bins, 5h) == bins);
  CHECK(month.days() == 30);
  CHECK(month.total(bins) == 8639 * 5 + 9);
  CHECK(month.basis() == "the 30 days of the run itself");
}

TEST_CASE("a run of 30 days but for its last minute is no month") {
  const BillingSpec billing;
  RunBins run = run_of(8640);
  run.last_bin = 4min;
  CHECK(Month(billing, run).is_estimate());
}

TEST_CASE("a steady baseline bills the profile's own 95th percentile") {
  // By hand: 8640 samples, of which 432 are dropped; each of the day's 288 stands for 30, so 14
  // whole ones go and 12 of the 15th. Between 1.48 at 19:00, 1.55 at 20:00 and 1.52 at 21:00 the
  // middles of the bins fall below 1.5225 from the 15th largest on: 1.48 + 0.07 * 7.5 / 12
  // = 1.52375.
  BillingSpec billing;
  billing.run_hour = RunHour::mean;
  const Month month(billing, run_of(3));
  const std::vector<std::int64_t> samples = month.samples(Bins(3, 1'000'000), Duration{0});
  CHECK(month.p95(samples) == 1'523'750);
  // The profile's mean is 1: 30 days of 288 bins.
  CHECK(month.total(samples) == Int128{8640} * 1'000'000);
  CHECK(month.basis() ==
        "estimated from a run of 15min: 21 weekdays, 8 weekend days and 1 times the run; profile "
        "diurnal; the run is typical of an hour of mean traffic");
}

TEST_CASE("the hour that a run is typical of decides its baseline") {
  BillingSpec billing;
  const Bins bins(12, 1'000'000);
  const auto total = [&](RunHour hour, Duration start, Duration utc_offset) {
    billing.run_hour = hour;
    const Month month(billing, run_of(12, start));
    return month.total(month.samples(bins, utc_offset));
  };
  // The busiest bin is the one after 20:00, at 1.55 - 0.03 / 24 = 1.54875.
  const auto near = [](Int128 a, double b) {
    return static_cast<double>(a) > b * 0.999 && static_cast<double>(a) < b * 1.001;
  };
  const double month_at_1 = 8640e6;
  CHECK(near(total(RunHour::mean, 20h, 0h), month_at_1));
  CHECK(near(total(RunHour::peak, 3h, 0h), month_at_1 / 1.54875));
  // Between 4:00 and 5:00 local time the profile is 0.40.
  CHECK(near(total(RunHour::clock, 4h, 0h), month_at_1 / 0.4));
  CHECK(near(total(RunHour::clock, 1h, 3h), month_at_1 / 0.4));
  CHECK(near(total(RunHour::clock, 9h, -5h), month_at_1 / 0.4));
}

TEST_CASE("demand that follows the clock is typical of its hour unless told otherwise") {
  const BillingSpec billing;
  RunBins run = run_of(12, 4h);
  run.follows_clock = true;
  CHECK(Month(billing, run).basis().ends_with("its own time of day"));
  run.follows_clock = false;
  CHECK(Month(billing, run).basis().ends_with("an hour of mean traffic"));
}

TEST_CASE("a whole day by the clock is the day of the event, bin by bin") {
  BillingSpec billing;
  billing.run_hour = RunHour::clock;
  Bins bins;
  for (std::int64_t i = 0; i < 288; ++i) bins.push_back(1'000'000 + i * i % 977);
  const Month month(billing, run_of(288));
  const std::vector<std::int64_t> samples = month.samples(bins, 2h);
  CHECK(Bins(samples.end() - 288, samples.end()) == bins);
}

TEST_CASE("an event counts as often as it takes place") {
  // An hour at 100, then two hours at 1000: 24 bins. 432 samples are free.
  BillingSpec billing = flat_days();
  billing.event = EventWindow{1h, 3h};
  Bins bins(12, 100);
  bins.insert(bins.end(), 24, 1000);
  const auto p95 = [&](std::uint32_t events) {
    billing.month = {30 - events, 0, events, 1.0};
    const Month month(billing, run_of(36));
    const std::vector<std::int64_t> samples = month.samples(bins, Duration{0});
    CHECK(month.total(samples) == 8640 * 100 + Int128{events} * 24 * 900);
    return month.p95(samples);
  };
  CHECK(p95(0) == 100);
  CHECK(p95(18) == 100);   // 18 * 24 = 432
  CHECK(p95(19) == 1000);  // 456
}

TEST_CASE("an event of less than half of the run need not be named") {
  BillingSpec billing = flat_days();
  Bins bins(13, 100);
  bins.insert(bins.end(), 12, 1000);
  const Month month(billing, run_of(25));
  CHECK(month.total(month.samples(bins, 0h)) == 8640 * 100 + 12 * 900);
}

TEST_CASE("an outage takes away from the day on which it happens, down to nothing") {
  BillingSpec billing = flat_days();
  Bins bins(13, 100);
  bins.insert(bins.end(), 12, 0);
  const Month month(billing, run_of(25));
  CHECK(month.total(month.samples(bins, 0h)) == 8640 * 100 - 12 * 100);
}

TEST_CASE("an outage in an hour of little traffic takes no more than there is") {
  // Typical of an hour of mean traffic, but at 5:05, where the profile is below 0.5.
  BillingSpec billing;
  billing.run_hour = RunHour::mean;
  Bins bins(13, 1'000'000);
  bins.insert(bins.end(), 12, 0);
  const Month month(billing, run_of(25, 4h));
  CHECK(month.samples(bins, 0h)[2 * 288 + 61] == 0);
}

TEST_CASE("an event at the busiest hour lies on top of it") {
  // 11 bins, the middle one 500,000 above the rest: on the busiest bin, at 1.54875 of the level.
  BillingSpec billing;
  billing.run_hour = RunHour::peak;
  Bins bins(11, 1'548'750);
  bins[5] += 500'000;
  const Month month(billing, run_of(11, 3h));
  const std::vector<std::int64_t> samples = month.samples(bins, Duration{0});
  CHECK(samples[2 * 288 + 20 * 12] == 2'048'750);
  CHECK(samples[20 * 12] == 1'548'750);
}

TEST_CASE("a weekend has the level that it is given") {
  BillingSpec billing = flat_days();
  billing.month.weekend_level = 0.5;
  const Month month(billing, run_of(1));
  CHECK(month.total(month.samples(Bins{100}, 0h)) == 288 * (22 * 100 + 8 * 50));
}

TEST_CASE("a run of several days takes the place of as many weekdays") {
  BillingSpec billing = flat_days();
  billing.month = {21, 8, 2, 1.0};
  const Month month(billing, run_of(288 * 2 + 1));  // three days, twice
  CHECK(month.days() == 31);
  CHECK(month.times()[0] == 17);
  Bins bins(577, 100);
  bins[300] = 1100;
  CHECK(month.total(month.samples(bins, 0h)) == 31 * 288 * 100 + 2 * 1000);
  billing.month = {21, 0, 7, 1.0};
  CHECK(problem_of(billing, run_of(288 * 5), Bins(1440, 1)) ==
        "#/billing/month: a run of 5 days cannot take place 7 times in this month; lower "
        "\"this_event\"");
}

TEST_CASE("a run that is nearly a month, or more than one, fills the month") {
  const BillingSpec billing = flat_days();
  // 27 days leave 3 of 30: no weekday, and 3 of the weekend.
  const Month nearly(billing, run_of(288 * 27));
  CHECK(nearly.times()[0] == 0);
  CHECK(nearly.times()[288] == 3);
  CHECK(nearly.total(nearly.samples(Bins(288 * 27, 100), 0h)) == 8640 * 100);
  // Of 32 days the first 30 count.
  Bins bins(288 * 32, 100);
  bins[8639] = 1100;
  bins[8640] = 5100;
  const Month longer(billing, run_of(288 * 32));
  CHECK(longer.total(longer.samples(bins, 0h)) == 8640 * 100 + 1000);
}

TEST_CASE("a last bin that is not whole goes on like the one before") {
  BillingSpec billing = flat_days();
  RunBins run = run_of(2);
  run.last_bin = 3min;
  // 300 in the first five minutes, 240 in three; two more at 60 a minute make 360.
  const Month month(billing, run);
  CHECK(month.samples(Bins{300, 240}, 0h)[2 * 288 + 1] == 360);
  RunBins alone = run_of(1);
  alone.last_bin = 1min;
  CHECK(Month(billing, alone).samples(Bins{20}, 0h)[0] == 100);
}

TEST_CASE("an event that lasts the whole run leaves no baseline") {
  BillingSpec billing;
  billing.event = EventWindow{0h, 1h};
  CHECK(problem_of(billing, run_of(12), Bins(12, 1)) ==
        "#/billing/event: it lasts the whole run, so that there is no baseline; let the run begin "
        "earlier or end later");
}

TEST_CASE("no bins are no traffic") {
  const BillingSpec billing;
  const Month month(billing, run_of(12));
  CHECK(month.total(month.samples({}, 0h)) == 0);
}

TEST_CASE("bytes of five minutes are a rate") {
  CHECK(five_minute_rate(37'500'000) == 1_Mbps);
  CHECK(five_minute_rate(1) == BitRate{0});   // 0.027 bit/s
  CHECK(five_minute_rate(19) == BitRate{1});  // 0.507
}

}  // namespace month_test
