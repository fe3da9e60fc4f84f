// The diurnal curve: its peak over its mean, alone and over time zones, and against curves of a
// large CDN's request logs.

#include <algorithm>
#include <array>
#include <cmath>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/models/workload/steady.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

#include "demand_bench.hpp"

namespace diurnal_test {

using namespace cdnsim;
using namespace cdnsim::test;

// The curve of a world of regions with these offsets and equal numbers of users, by minute of UTC.
std::vector<double> world(const std::vector<int>& offsets, const Curve& curve = Curve::diurnal()) {
  Steady steady;
  steady.rate = Rate{1};
  steady.curve = curve;
  std::vector<double> rates;
  for (int minute = 0; minute < 24 * 60; ++minute) {
    double sum = 0;
    for (const int offset : offsets) {
      const Audience who{"isp", "r", 1.0 / double(offsets.size()), offset * 1h};
      sum += steady.rate_of(who, kTimeZero + minute * 1min);
    }
    rates.push_back(sum);
  }
  return rates;
}
double peak_to_mean(const std::vector<double>& rates) {
  double sum = 0;
  for (const double rate : rates) sum += rate;
  return *std::max_element(rates.begin(), rates.end()) / (sum / double(rates.size()));
}

TEST_CASE("the sum over time zones is flatter than one region") {
  CHECK(peak_to_mean(world({0})) == Approx(1.55).epsilon(1e-9));
  CHECK(peak_to_mean(world({-8})) == Approx(1.55).epsilon(1e-9));
  // Twelve hours apart, by the table: 1.55 + 0.78 at 20 o'clock, 1.52 + 0.90 at 21, 1.42 + 0.98 at
  // 22, 1.28 + 1.04 at 23, and less at other hours.
  CHECK(peak_to_mean(world({0, 12})) == Approx((1.52 + 0.90) / 2).epsilon(1e-9));
  // In all 24 zones every hour of the table is somewhere, so that the world has the mean always.
  std::vector<int> all;
  for (int zone = -12; zone < 12; ++zone) all.push_back(zone);
  for (const double rate : world(all)) CHECK(rate == Approx(1).epsilon(1e-9));
}

TEST_CASE("a diurnal curve with another peak keeps its mean and its hours") {
  for (const double peak : {1.0, 1.3, 1.55, 1.8, 1.9}) {
    const std::vector<double> rates = world({0}, Curve::diurnal(peak));
    double sum = 0;
    for (const double rate : rates) sum += rate;
    CHECK(sum / double(rates.size()) == Approx(1).epsilon(1e-9));
    CHECK(peak_to_mean(rates) == Approx(peak).epsilon(1e-9));
    CHECK(*std::min_element(rates.begin(), rates.end()) >= 0);
    CHECK(rates[20 * 60] == Approx(peak).epsilon(1e-9));
  }
  CHECK(to_text(*parse_curve("diurnal:1.8").value) == "diurnal:1.8");
  CHECK(*parse_curve("diurnal:1.55").value == Curve::diurnal());
  CHECK(parse_curve("diurnal:2").problem ==
        "\"diurnal:2\": the busiest moment of a diurnal curve has 1 to 1.9 times its mean; write "
        "e.g. \"diurnal:1.8\"");
}

// The hours that were collected whole, each over their mean.
std::array<double, 22> hours_of(const nlohmann::json& profile) {
  std::array<double, 22> hours{};
  double sum = 0;
  for (std::size_t hour = 0; hour < hours.size(); ++hour) {
    hours[hour] = profile.at(std::to_string(hour)).get<double>();
    sum += hours[hour] / double(hours.size());
  }
  for (double& hour : hours) hour /= sum;
  return hours;
}

// How nearly the curve, in the time zone that fits best, goes up and down as the hours do.
double best_correlation(const std::array<double, 22>& hours) {
  double best = -1;
  for (int zone = 0; zone < 24; ++zone) {
    double xy = 0, xx = 0, yy = 0, mean = 0;
    std::array<double, 22> ours{};
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
      ours[hour] = Curve::diurnal().at(kTimeZero + (int(hour) + zone) * 1h + 30min, 0h);
      mean += ours[hour] / double(hours.size());
    }
    for (std::size_t hour = 0; hour < hours.size(); ++hour) {
      const double x = hours[hour] - 1, y = ours[hour] - mean;
      xy += x * y;
      xx += x * x;
      yy += y * y;
    }
    best = std::max(best, xy / std::sqrt(xx * yy));
  }
  return best;
}

// Expected before the first run: the curve is one of many users in one time zone and the logs are
// one day of one place each, so not their wiggles, but their shape (a correlation of 0.85 or more
// for web and video) and their size: a peak and a night between the least and the most of theirs.
TEST_CASE("the curve has the shape and the size of those of request logs", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/akamai_diurnal_from_jedi.json");
  const nlohmann::json classes = nlohmann::json::parse(file).at("classes");
  std::vector<double> peaks, nights;
  for (const char* name : {"v-1", "v-2", "w-1"}) {
    const std::array<double, 22> hours = hours_of(classes.at(name).at("utc_hour_profile"));
    INFO(name << ": correlation " << best_correlation(hours));
    CHECK(best_correlation(hours) > 0.85);
    peaks.push_back(*std::max_element(hours.begin(), hours.end()));
    nights.push_back(*std::min_element(hours.begin(), hours.end()));
  }
  const auto [least_peak, most_peak] = std::minmax_element(peaks.begin(), peaks.end());
  const auto [deepest, lightest] = std::minmax_element(nights.begin(), nights.end());
  INFO("peaks " << *least_peak << " to " << *most_peak << ", nights " << *deepest << " to "
                << *lightest);
  CHECK(Curve::kPeak >= *least_peak);
  CHECK(Curve::kPeak <= *most_peak);
  CHECK(0.40 >= *deepest);
  CHECK(0.40 <= *lightest);
  // The busiest five minutes are within what "diurnal:PEAK" takes; those of v-2 are not, by 0.04.
  for (const char* name : {"v-1", "w-1"}) {
    CHECK(classes.at(name).at("tail_trimmed").at("peak_over_mean") <= Curve::kPeakMost);
  }
}

}  // namespace diurnal_test
