// Seconds into peaks, five-minute averages and the 95th percentile, and rows of the series.

#include <algorithm>
#include <map>
#include <numeric>
#include <sstream>
#include <string>
#include <vector>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace collector_test {

using namespace cdnsim;
using namespace cdnsim::test;
using assembly::RateFigures;

// Five-minute averages given one by one.
double p95_of(const std::vector<std::uint64_t>& averages) {
  RateFigures figures;
  for (const std::uint64_t average : averages) {
    for (int second = 0; second < 300; ++second) figures.add_second(average);
  }
  figures.finish();
  return figures.p95_per_second();
}
std::vector<std::uint64_t> ramp(std::uint64_t n) {
  std::vector<std::uint64_t> list(n);
  std::iota(list.begin(), list.end(), 1);
  // In no order: a stride that is prime to n.
  std::vector<std::uint64_t> mixed;
  for (std::uint64_t i = 0; i < n; ++i) mixed.push_back(list[i * 5003 % n]);
  return mixed;
}

// The series of a run, field by field.
std::vector<std::vector<std::string>> rows_of(const Scenario& scenario, std::uint64_t& requests) {
  std::string text;
  RunOptions options;
  options.series = [&](std::string_view piece) { text += piece; };
  requests = run(scenario, options).statistics.client_requests;
  std::vector<std::vector<std::string>> rows;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> fields(1);
    bool quoted = false;
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '"' && quoted && i + 1 < line.size() && line[i + 1] == '"') {
        fields.back() += line[i++];
      } else if (line[i] == '"') {
        quoted = !quoted;
      } else if (line[i] == ',' && !quoted) {
        fields.emplace_back();
      } else {
        fields.back() += line[i];
      }
    }
    rows.push_back(fields);
  }
  return rows;
}

TEST_CASE("bins keep exact sums, and the last one what there was of it") {
  RateFigures figures;
  for (std::uint64_t second = 1; second <= 620; ++second) figures.add_second(second);
  figures.finish();
  // Sums of 1..300, 301..600 and 601..620.
  CHECK(figures.bins() == std::vector<std::int64_t>{45'150, 135'150, 12'210});
  CHECK(figures.last_bin() == 20s);

  RateFigures whole;
  for (int second = 0; second < 300; ++second) whole.add_second(2);
  whole.finish();
  CHECK(whole.bins() == std::vector<std::int64_t>{600});
  CHECK(whole.last_bin() == 5min);
}

TEST_CASE("of a month's five-minute averages the highest 5 % are left out") {
  // Sample number ceil(0.95 n) of a ramp from 1 to n: a month of 30, 31 and 28 days.
  CHECK(p95_of(ramp(8640)) == 8208.0);
  CHECK(p95_of(ramp(8928)) == 8482.0);
  CHECK(p95_of(ramp(8064)) == 7661.0);
}

TEST_CASE("36 hours a month are free, and five minutes more are not") {
  std::vector<std::uint64_t> month(8640, 100);
  std::fill_n(month.begin() + 1000, 432, 1000);
  CHECK(p95_of(month) == 100.0);
  month[2000] = 1000;
  CHECK(p95_of(month) == 1000.0);
}

TEST_CASE("the 95th percentile of few averages is the highest, from 20 on the second highest") {
  CHECK(p95_of({}) == 0.0);
  CHECK(p95_of({7}) == 7.0);
  CHECK(p95_of({7, 3}) == 7.0);
  CHECK(p95_of(ramp(19)) == 19.0);
  CHECK(p95_of(ramp(20)) == 19.0);
  CHECK(p95_of(ramp(21)) == 20.0);
}

TEST_CASE("a last bin of less than five minutes is filled up from the one before") {
  RateFigures figures;
  for (int second = 0; second < 300; ++second) figures.add_second(10);
  for (int second = 0; second < 150; ++second) figures.add_second(40);
  figures.finish();
  CHECK(figures.p95_per_second() == 25.0);  // 150 s at 40, 150 s at 10
  CHECK(figures.total() == 3000 + 6000);
  figures.finish();  // nothing is left to close
  CHECK(figures.p95_per_second() == 25.0);
}

TEST_CASE("a run of less than five minutes has its mean as its only average") {
  RateFigures figures;
  for (int second = 0; second < 100; ++second) figures.add_second(second < 50 ? 10 : 30);
  figures.finish();
  CHECK(figures.p95_per_second() == 20.0);
}

TEST_CASE("the peak is the highest second, not the highest average") {
  RateFigures figures;
  for (int second = 0; second < 600; ++second) figures.add_second(second == 400 ? 999 : 3);
  figures.finish();
  CHECK(figures.peak() == 999);
  CHECK(figures.p95_per_second() == Approx((299 * 3 + 999) / 300.0));
}

TEST_CASE("the series has a row for every node and interval, and its sums are the run's") {
  Scenario s = small_scenario(2, true);
  s.duration = 25s;
  s.series_interval = 10s;
  add_content(s, "pages", 100, 0.9, "max-age=3600");
  add_steady(s, "base", 300, "pages");
  std::uint64_t requests = 0;
  const auto rows = rows_of(s, requests);
  REQUIRE(rows.size() == 1 + 3 * 4);  // three intervals, the last of 5 s; two PoPs, shield, origin
  CHECK(rows[0][0] == "start_s");
  CHECK(rows[0][3] == "requests");
  std::uint64_t at_edges = 0;
  std::map<std::string, int> starts;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    CHECK(rows[i].size() == rows[0].size());
    ++starts[rows[i][0]];
    if (rows[i][2] == "edge") at_edges += std::stoull(rows[i][3]);
    std::uint64_t outcomes = 0;
    for (std::size_t field = 4; field < 11; ++field) outcomes += std::stoull(rows[i][field]);
    CHECK(outcomes == std::stoull(rows[i][3]));
  }
  CHECK(starts == std::map<std::string, int>{{"0", 4}, {"10", 4}, {"20", 4}});
  CHECK(requests > 7000);
  CHECK(at_edges == requests);
}

TEST_CASE("ids with commas, quotes and ends of lines come through the series whole") {
  Scenario s = small_scenario(0, false);
  s.duration = 1s;
  const std::string pop = "a \"quoted\", comma\r";
  s.network.pops[pop] = PopSpec{1, "none"};
  s.network.client_networks["isp"].region = "region";
  s.network.client_networks["isp"].users = 1000;
  for (const char* other : {"isp", "origin"}) {
    LinkSpec link;
    link.from = pop;
    link.to = other;
    link.delay = 1ms;
    s.network.links[other] = link;
  }
  add_content(s, "pages", 100, 0.9, "max-age=3600");
  add_steady(s, "base", 10, "pages");
  std::uint64_t requests = 0;
  const auto rows = rows_of(s, requests);
  REQUIRE(rows.size() == 3);
  CHECK(rows[1][1] == pop);
  CHECK(rows[1][2] == "edge");
  CHECK(rows[2][1] == "origin");
}

}  // namespace collector_test
