// Answers of the DNS: by the resolver's place, by weight, and until their time runs out.

#include <map>
#include <sstream>

#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/models/steering/geodns.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

Coordinates position(const char* metro) { return find_metro(metro)->position; }

// Ten networks of 64 cells in Frankfurt, with PoPs there, in Amsterdam and in New York. Every way
// is one of 5 ms.
Scenario german_networks(double per_second) {
  Scenario s = ways_scenario(per_second);
  s.steering.method = SteeringMethod::geodns;
  s.steering.geodns.ttl = 20s;
  for (const char* pop : {"amsterdam", "frankfurt", "new-york"}) {
    add_pop(s, pop);
    s.network.pops[pop].place = pop;
  }
  for (int i = 0; i < 10; ++i) {
    const std::string isp = "isp" + std::to_string(i);
    add_isp(s, isp, 64);
    s.network.client_networks[isp].place = "frankfurt";
    for (const char* pop : {"amsterdam", "frankfurt", "new-york"}) {
      join(s, pop, isp, LinkKind::pni, 5ms);
    }
  }
  return s;
}

EventSpec withdraw(Duration at, const std::string& pop) {
  WithdrawEvent event;
  event.pop = pop;
  return EventSpec{at, event};
}

// Requests by node and second, out of the series.
std::map<std::string, std::map<int, double>> by_second(const Scenario& asked, Result& result) {
  Scenario s = asked;
  s.series_interval = 1s;
  std::string text;
  RunOptions options;
  options.series = [&](std::string_view rows) { text += rows; };
  result = run(s, options).result;
  std::map<std::string, std::map<int, double>> requests;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::string second, node, kind, count;
    std::getline(
        std::getline(std::getline(std::getline(fields, second, ','), node, ','), kind, ','), count,
        ',');
    if (kind == "edge") requests[node][std::stoi(second)] = std::stoi(count);
  }
  return requests;
}

}  // namespace

TEST_CASE("a cell asks again once in each time to live, at its own moment") {
  constexpr std::int64_t kTtl = 200;
  const auto brute = [](const GeoCell& cell, std::int64_t slot) {
    while (slot % kTtl != static_cast<std::int64_t>(cell.phase % kTtl)) ++slot;
    return slot;
  };
  int early = 0;
  for (std::uint32_t number = 0; number < 1000; ++number) {
    const GeoCell cell = geo_cell(7, "isp", number);
    for (const std::int64_t slot : {0, 1, 57, 199, 200, 12'345}) {
      CHECK(next_question(cell, slot, kTtl) == brute(cell, slot));
    }
    early += next_question(cell, 0, kTtl) < 50;
  }
  // A quarter of them in the first quarter: 250 of 1000, with a deviation of 13.7.
  CHECK(std::abs(early - 250) < 5 * 14);
}

TEST_CASE("answers go by the place of the resolver, by weight, and move no more than they must") {
  const GeoDns dns({GeoPop{0, "amsterdam", position("amsterdam"), 3},
                    GeoPop{1, "frankfurt", position("frankfurt"), 1},
                    GeoPop{2, "new-york", position("new-york"), 1}},
                   2);
  const auto near = dns.choice(position("frankfurt"), {0, 1, 2});
  REQUIRE(near.size() == 2);
  CHECK(near[0]->id == "frankfurt");
  CHECK(near[1]->id == "amsterdam");
  CHECK(dns.choice(position("new-york"), {0, 1, 2}).front()->id == "new-york");
  CHECK(GeoDns::answer(dns.choice(position("frankfurt"), {}), GeoCell{}) == kNowhere);
  const auto without = dns.choice(position("frankfurt"), {1, 2});
  int to_amsterdam = 0;
  for (std::uint32_t number = 0; number < 4000; ++number) {
    const GeoCell cell = geo_cell(7, "isp", number);
    const std::uint32_t pop = GeoDns::answer(near, cell);
    to_amsterdam += pop == 0;
    const std::uint32_t then = GeoDns::answer(without, cell);
    CHECK((then == 1 || then == 2));
  }
  // 3 of 4, of 4000: 3000 with a deviation of 27.4.
  CHECK(std::abs(to_amsterdam - 3000) < 5 * 28);
  // Whoever had Frankfurt keeps it when Amsterdam goes and nobody comes in its place.
  const auto alone = dns.choice(position("frankfurt"), {1});
  CHECK(alone.size() == 1);
}

TEST_CASE("a resolver far away gives a worse answer") {
  Scenario s = german_networks(100);
  join(s, "new-york", "isp0", LinkKind::pni, 40ms);
  s.network.client_networks["isp0"].resolver = "new-york";
  const Result result = run(s).result;
  CHECK(result.isps.at(0).served_by == "new-york");
  CHECK(result.isps.at(0).round_trip_ms == Approx(90));
  CHECK(result.isps.at(1).served_by == "frankfurt");
  CHECK(result.isps.at(1).round_trip_ms == Approx(20));
}

TEST_CASE("weights share out the users of a resolver") {
  Scenario s = german_networks(1000);
  s.duration = 30s;
  s.steering.geodns.answers = 2;
  s.steering.geodns.weights = {{"amsterdam", 3.0}};
  const Result result = run(s).result;
  const auto share = static_cast<double>(node_of(result, "amsterdam").activity.outcomes.requests) /
                     static_cast<double>(result.requests.outcomes.requests);
  // 3 of 4 of 640 cells: a deviation of 1.7 %.
  CHECK(std::abs(share - 0.75) < 5 * 0.018);
  CHECK(node_of(result, "new-york").activity.outcomes.requests == 0);
}

TEST_CASE("after a change the share of users who have moved grows evenly over the time to live") {
  Scenario s = german_networks(1000);
  s.duration = 90s;
  s.events["maintenance"] = withdraw(20s, "frankfurt");  // the DNS knows at 30 s
  Result result;
  auto requests = by_second(s, result);
  const auto moved = [&](int second) {
    return requests["amsterdam"][second] /
           (requests["amsterdam"][second] + requests["frankfurt"][second]);
  };
  CHECK(moved(29) == 0);
  // In the middle of second t it is (t + 1/2 - 30) / 20; 640 cells and 1000 requests deviate by at
  // most sqrt(1 / (4 x 640) + 1 / (4 x 1000)) = 2.5 %.
  for (int second = 30; second < 50; ++second) {
    INFO("second " << second << ": " << moved(second));
    CHECK(std::abs(moved(second) - (second + 0.5 - 30) / 20) < 5 * 0.026);
  }
  CHECK(moved(50) == 1);
  const WaysResult& ways = ways_of(result);
  CHECK(ways.cells_moved == 640);
  // They stay for 10 s on average: 20 / sqrt(12 x 640) = 0.23 s of 1000 requests a second.
  CHECK(std::abs(static_cast<double>(ways.stale_requests) - 10'000) < 5 * (230 + 100));
  CHECK(result.requests.errors == 0);  // the PoP still works
  double at_frankfurt = 0;
  for (int second = 30; second < 50; ++second) at_frankfurt += requests["frankfurt"][second];
  CHECK(static_cast<double>(ways.stale_requests) == at_frankfurt);
}

TEST_CASE("old answers lead to a PoP that is down, and its refusals are told apart") {
  Scenario s = german_networks(500);
  DownEvent down;
  down.node = "frankfurt";
  s.events["power"] = EventSpec{20s, down};
  const Result result = run(s).result;
  const WaysResult& ways = ways_of(result);
  std::uint64_t until_known = 0;
  for (int i = 0; i < 10; ++i) until_known += drawn(s, "isp" + std::to_string(i), 20s, 30s);
  CHECK(result.requests.errors == until_known + ways.stale_requests);
  CHECK(std::abs(static_cast<double>(ways.stale_requests) - 5000) < 5 * (115 + 71));
  CHECK(run(s, {.threads = 3}).result.digest == result.digest);
}
