// Faults by chance and events that happen again and again, against what renewal theory says of
// them.

#include <cdnsim/assembly/occurrences.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace cdnsim::test {
namespace faults_run_test {

Scenario one_pop() {
  Scenario s = ways_scenario(100);
  add_isp(s, "isp", 4);
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  return s;
}

// Servers that work for 100 s and are down for 25 s, on average.
FaultsEvent of_servers() {
  FaultsEvent faults;
  faults.servers_of = {"pop"};
  faults.mtbf = 100s;
  faults.mttr = 25s;
  faults.noticed_after = 1h;
  return faults;
}

TEST_CASE("a server is there for mtbf / (mtbf + mttr) of a long run") {
  Scenario s = one_pop();
  s.duration = 4000s;
  s.network.pops["pop"].servers = 50;
  s.caching.edge.virtual_nodes = 10;
  add_content(s, "pages", 20'000, 0.0, "max-age=86400");  // every server is asked
  s.caching.edge.memory = Bytes{100'000'000};
  s.events["wear"] = EventSpec{0s, of_servers()};
  const Result result = run(s).result;
  const EventTimes& times = *result.events.at(0).recurs;
  CHECK(times.things == 50);
  // That one of them never fails in 40 times its mtbf has the chance of e^-40.
  CHECK(result.events.at(0).servers_failed == 50);
  CHECK(std::isnan(result.events.at(0).over_after_s));  // it goes on
  CHECK(std::isnan(result.events.at(0).recovered_after_s));
  // The share of time up of such a process has the variance 2 A (1 - A) t / T, where t is
  // 1 / (1 / mtbf + 1 / mttr) = 20 s; and everything works at first.
  const double error = std::sqrt(2 * 0.8 * 0.2 * 20 / 4000 / 50);
  CHECK(std::abs(times.availability - 0.8) < 4 * error + 0.001);
  // A cycle takes 125 s; the number of cycles in T has the variance of T (100^2 + 25^2) / 125^3.
  const double cycles = 50 * 4000 / 125.0;
  const double spread = std::sqrt(50 * 4000.0 * (100 * 100 + 25 * 25) / (125.0 * 125 * 125));
  CHECK(std::abs(static_cast<double>(times.times) - cycles) < 4 * spread + 50);
}

// It may happen for 1000 s and lasts on beyond: what is down then counts to that moment.
TEST_CASE("the availability is that of the time in which things may fail") {
  Scenario s = one_pop();
  s.duration = 4000s;
  s.network.pops["pop"].servers = 50;
  add_content(s, "pages", 100, 0.0, "max-age=86400");
  FaultsEvent faults = of_servers();
  faults.lasts = 1000s;
  s.events["wear"] = EventSpec{0s, faults};
  const EventTimes times = *run(s).result.events.at(0).recurs;
  const double error = std::sqrt(2 * 0.8 * 0.2 * 20 / 1000 / 50);
  // Everything works at first, which is worth 20 s x 0.2 of 1000 s.
  CHECK(std::abs(times.availability - (0.8 + 0.2 * 20 / 1000)) < 4 * error);
}

TEST_CASE("what fails by chance depends on the seed, its event and itself, and on nothing else") {
  Scenario s = one_pop();
  s.network.pops["pop"].servers = 3;
  s.duration = 1000s;
  s.events["wear"] = EventSpec{0s, of_servers()};
  const auto times = [](const Scenario& scenario, const std::string& name) {
    std::vector<std::pair<Duration, std::uint32_t>> list;
    for (const assembly::Occurrence& one : assembly::occurrences_of(scenario)) {
      if (one.name != name) continue;
      list.emplace_back(one.at, *std::get<DownEvent>(one.what).server);
    }
    return list;
  };
  const auto before = times(s, "wear");
  REQUIRE(before.size() > 5);
  Scenario more = s;
  more.network.pops["pop"].servers = 4;
  more.events["another"] = EventSpec{0s, of_servers()};
  auto after = times(more, "wear");
  std::erase_if(after, [](const auto& one) { return one.second == 3; });
  CHECK(after == before);
  CHECK(times(more, "another") != times(more, "wear"));
  more.seed += 1;
  CHECK(times(more, "wear") != times(s, "wear"));
}

TEST_CASE("faults come to the same on any number of threads") {
  Scenario s = one_pop();
  s.network.pops["pop"].servers = 3;
  FaultsEvent faults = of_servers();
  faults.noticed_after = 3s;
  faults.links = {"pop-isp"};
  faults.sites = {"origin"};
  s.events["wear"] = EventSpec{0s, faults};
  const Result one = run(s, {.threads = 1}).result;
  CHECK(one.requests.outcomes.requests == drawn(s, "isp", s.warmup, s.duration));
  CHECK(one.events.at(0).recurs->things == 5);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == one.digest);
  }
}

TEST_CASE("all that is in a failure domain fails at the same moments") {
  Scenario s = one_pop();
  add_pop(s, "other");
  join(s, "other", "isp", LinkKind::pni, 6ms);
  s.network.failure_domains["duct"].links = {"pop-isp", "other-isp"};
  s.duration = 600s;
  FaultsEvent faults;
  faults.domains = {"duct"};
  faults.mtbf = 40s;
  faults.mttr = 20s;
  s.events["digger"] = EventSpec{10s, faults};
  const Result result = run(s).result;
  const EventTimes& times = *result.events.at(0).recurs;
  CHECK(times.things == 1);
  // Both ways are gone while it lasts and nobody is left: everything then is lost, and what is
  // asked until routing knows a way again. Each time that routing gets to know of costs 10 s more.
  const double lost = static_cast<double>(result.requests.outcomes.dropped) / 100;
  CHECK(lost >
        times.down_s - 0.1 * static_cast<double>(times.times) - 4 * std::sqrt(times.down_s / 100));
  CHECK(lost <
        times.down_s + 10.2 * static_cast<double>(times.times) + 4 * std::sqrt(times.down_s / 100));
}

TEST_CASE("a link that flaps faster than routing reacts loses what is sent while it is down") {
  Scenario s = one_pop();
  EventSpec flap = fail_link(20s, "pop-isp", 5s);
  flap.every = 15s;
  flap.times = 5;
  s.events["flap"] = flap;
  const Result result = run(s).result;
  const EventTimes& times = *result.events.at(0).recurs;
  CHECK(times.times == 5);
  CHECK(times.things == 1);
  CHECK(times.down_s == 25);
  CHECK(times.availability == Approx(1 - 25.0 / 100));
  std::uint64_t lost = 0;
  for (int i = 0; i < 5; ++i) lost += drawn(s, "isp", 20s + i * 15s, 25s + i * 15s);
  CHECK(result.requests.outcomes.dropped == lost);
}

}  // namespace faults_run_test
}  // namespace cdnsim::test
