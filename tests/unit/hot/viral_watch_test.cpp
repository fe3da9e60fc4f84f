// The four signals of something that goes viral: each by hand, and all against a model that keeps
// every report.

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/viral_watch.hpp>
#include <tests/support/rapidcheck.hpp>

namespace viral_watch_test {

using namespace cdnsim;
using Found = std::vector<ViralWatch::Found>;

// Growth of 100 % within four intervals of a second; 100 a second, more than two places, more than
// half from social media; 10 a second at a place are reported.
ViralWatch::Rules rules(std::uint32_t needed) {
  return {1s, 4s, 1.0, Rate{100}, 2, Ratio{0.5}, needed, Rate{10}, 3s};
}

// Each place reports; the social requests are all of the first place's.
Found judge(ViralWatch& watch, std::int64_t interval, const std::vector<std::uint64_t>& requests,
            std::uint64_t social = 0, std::uint64_t key = 1) {
  for (const std::uint64_t count : requests) {
    watch.add({key, 7, interval, count, social, std::chrono::seconds(interval)});
    social = 0;
  }
  return watch.judge(interval);
}
// What is told of interval 4 when `before` was reported of interval 0.
Found after(const std::vector<std::uint64_t>& before, const std::vector<std::uint64_t>& requests,
            std::uint64_t social = 0, std::uint32_t needed = 1) {
  ViralWatch watch(rules(needed));
  if (!before.empty()) judge(watch, 0, before);
  return judge(watch, 4, requests, social);
}

bool holds(const Found& found, ViralSignal signal) {
  return found.size() == 1 && found.front().holds(signal);
}

TEST_CASE("acceleration: more than twice of what it was four intervals before") {
  CHECK(after({20, 20}, {40, 40}).empty());
  const Found found = after({20, 20}, {41, 40});
  REQUIRE(found.size() == 1);
  CHECK(found.front().key == 1);
  CHECK(found.front().tag == 7);
  CHECK(found.front().rate == 81);
  CHECK(found.front().growth == 81.0 / 40 - 1);
  CHECK(found.front().places == 2);
  CHECK(found.front().holds(ViralSignal::acceleration));
}

TEST_CASE("acceleration: a place that did not report before was at the floor") {
  // 20 + 20 and 10 of the third place: more than 100 it takes.
  CHECK(after({20, 20}, {30, 30, 40}).empty());
  CHECK(after({20, 20}, {30, 30, 41}).size() == 1);
  // Nothing before: twice the floor is not enough.
  CHECK(after({}, {20}).empty());
  CHECK(after({}, {21}).size() == 1);
  // Fewer places than before are no growth of their own.
  CHECK(after({20, 20}, {80}).empty());
  CHECK(after({20, 20}, {81}).size() == 1);
}

TEST_CASE("acceleration: what began before the watch does not count") {
  ViralWatch watch(rules(1));
  CHECK(judge(watch, 3, {1000, 1000, 1000}, 1000).empty());
  CHECK(judge(watch, 7, {2000, 2000, 2000}, 2000).empty());
  CHECK(judge(watch, 11, {4000, 4000, 4001}).size() == 1);
}

TEST_CASE("rate, spread and social referrers: each at its threshold") {
  CHECK_FALSE(holds(after({}, {49, 50}), ViralSignal::rate));
  CHECK(holds(after({}, {50, 50}), ViralSignal::rate));
  CHECK_FALSE(holds(after({}, {50, 50}), ViralSignal::spread));
  CHECK(holds(after({}, {30, 30, 30}), ViralSignal::spread));
  CHECK_FALSE(holds(after({}, {40, 40}, 40), ViralSignal::social));
  CHECK(holds(after({}, {40, 40}, 41), ViralSignal::social));
  CHECK(after({}, {40, 40}, 20).front().social_share == 0.25);
}

TEST_CASE("so many signals as are needed, and growth always among them") {
  CHECK(after({}, {30, 30, 30}, 0, 3).empty());       // accelerates and is spread
  CHECK(after({}, {30, 30, 30}, 50, 3).size() == 1);  // and shared
  CHECK(after({}, {30, 30, 30}, 50, 4).empty());
  CHECK(after({}, {40, 30, 30}, 60, 4).size() == 1);  // and at the rate
  // Popular everywhere and shared, but it always was.
  CHECK(after({40, 40, 40}, {40, 40, 40}, 100, 1).empty());
}

TEST_CASE("it is told once, and anew when it was quiet for longer than the cool-down") {
  const auto told = [](std::int64_t again) {
    ViralWatch watch(rules(1));
    CHECK(judge(watch, 4, {30}).size() == 1);
    CHECK(judge(watch, 5, {30}).empty());  // is viral still
    const Found found = judge(watch, again, {200});
    return found.size();
  };
  CHECK(told(8) == 0);  // three intervals after 5
  CHECK(told(9) == 1);  // 200 > 2 x 30 of interval 5
}

TEST_CASE("a start is the first report after a gap, and what is quiet is forgotten") {
  ViralWatch watch(rules(4));
  judge(watch, 2, {20});
  judge(watch, 6, {20});
  judge(watch, 8, {40, 40, 40}, 100);
  CHECK(watch.objects() == 1);
  ViralWatch same(rules(1));
  judge(same, 2, {20});
  judge(same, 6, {20});
  CHECK(judge(same, 10, {41}).front().first_at == 2s);  // no gap beyond four intervals
  ViralWatch other(rules(1));
  judge(other, 2, {20});
  CHECK(judge(other, 7, {41}).front().first_at == 7s);
  judge(watch, 13, {20}, 0, 2);
  CHECK(watch.objects() == 1);  // key 2; key 1 was reported for 8
}

TEST_CASE("the order in which reports come decides nothing, and intervals may overlap") {
  rc::prop("found is what a model finds that keeps all reports", [] {
    const auto needed = *rc::gen::inRange<std::uint32_t>(1, 5);
    const ViralWatch::Rules r = rules(needed);
    struct Cell {
      std::vector<std::uint64_t> requests;
      std::uint64_t social = 0;
    };
    std::map<std::int64_t, std::map<std::uint64_t, Cell>> all;
    std::vector<ViralWatch::Report> reports;
    for (std::int64_t interval = 0; interval < 14; ++interval) {
      for (std::uint64_t key = 0; key < 3; ++key) {
        const int places = *rc::gen::inRange(0, 5);
        for (int place = 0; place < places; ++place) {
          const auto requests = *rc::gen::inRange<std::uint64_t>(10, 80);
          const auto social = *rc::gen::inRange<std::uint64_t>(0, requests + 1);
          all[interval][key].requests.push_back(requests);
          all[interval][key].social += social;
          reports.push_back({key, key, interval, requests, social, 0s});
        }
      }
    }
    const auto sum = [](const Cell& cell) {
      std::uint64_t total = 0;
      for (const std::uint64_t requests : cell.requests) total += requests;
      return total;
    };
    std::set<std::pair<std::int64_t, std::uint64_t>> expected;
    std::map<std::uint64_t, std::int64_t> last;
    for (const auto& [interval, keys] : all) {
      for (const auto& [key, cell] : keys) {
        if (interval < 4) continue;
        const Cell before = all[interval - 4][key];
        const std::uint64_t more =
            std::max(cell.requests.size(), before.requests.size()) - before.requests.size();
        if (sum(cell) <= 2 * (sum(before) + 10 * more)) continue;
        const unsigned held =
            1u + (sum(cell) >= 100) + (cell.requests.size() > 2) + (2 * cell.social > sum(cell));
        if (held < needed) continue;
        if (!last.contains(key) || interval - last[key] > 3) expected.emplace(interval, key);
        last[key] = interval;
      }
    }
    // All come before the first is judged, in any order.
    ViralWatch watch(r);
    for (std::size_t i = reports.size(); i > 1; --i) {
      std::swap(reports[i - 1], reports[*rc::gen::inRange<std::size_t>(0, i)]);
    }
    for (const ViralWatch::Report& report : reports) watch.add(report);
    std::set<std::pair<std::int64_t, std::uint64_t>> found;
    while (const auto interval = watch.next_to_judge()) {
      for (const auto& one : watch.judge(*interval)) found.emplace(*interval, one.key);
    }
    RC_ASSERT(found == expected);
  });
}

}  // namespace viral_watch_test
