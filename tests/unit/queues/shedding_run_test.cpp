// Two classes ask for more than a server, a card, a PoP or a port can do: 600 and 800 requests a
// second where 1,000 fit. The class that is shed first loses what is too much, 400 of 800.

#include <functional>

#include <tests/support/catch.hpp>

#include "queue_bench.hpp"

namespace shedding_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::int64_t kBytes = 12'500;  // 1 ms at 100 Mbit/s

struct Limit {
  const char* name;
  std::function<void(Scenario&)> set;
  std::function<std::uint64_t(const ServersResult&)> counted;
};

const std::vector<Limit>& limits() {
  static const std::vector<Limit> all = {
      {"server", [](Scenario& s) { s.caching.edge.service_time = 1ms; },
       [](const ServersResult&) { return std::uint64_t{0}; }},
      {"card", [](Scenario& s) { s.caching.edge.nic = BitRate{100'000'000}; },
       [](const ServersResult& r) { return r.shed_by_nic; }},
      {"PoP", [](Scenario& s) { s.network.pops.at("pop0").max_rate = Rate{1000.0}; },
       [](const ServersResult& r) { return r.shed_by_node; }},
      {"port",
       [](Scenario& s) {
         LinkSpec& link = s.network.links.at("pop0-isp0");
         link.capacity = BitRate{100'000'000};
         link.max_queue = 200ms;
       },
       [](const ServersResult& r) { return r.shed_by_port; }},
      {"drawn service",
       [](Scenario& s) { s.caching.edge.service_time = ServiceLaw::of(ExponentialTime{1ms}); },
       [](const ServersResult&) { return std::uint64_t{0}; }}};
  return all;
}

Result overloaded(const Limit& limit, const std::vector<std::string>& order) {
  Scenario s = idle(1, 60);
  s.caching.edge.max_wait = 200ms;
  s.caching.edge.shed_order = order;
  add_class(s, "films", 600, kBytes);
  add_class(s, "logs", 800, kBytes);
  limit.set(s);
  return run(s).result;
}

double shed_share(const Result& result, const std::string& name) {
  const OutcomeCounts& outcomes = result.classes.at(name).edge.outcomes;
  return static_cast<double>(outcomes.shed) / static_cast<double>(outcomes.requests);
}

TEST_CASE("the class that is shed first loses all that is too much") {
  for (const Limit& limit : limits()) {
    const Result result = overloaded(limit, {"logs"});
    INFO(limit.name);
    // 84,000 requests: their number alone varies by 0.35 %, which is 0.5 % of 400.
    CHECK(shed_share(result, "logs") == Approx(0.5).epsilon(0.025));
    CHECK(result.classes.at("films").edge.outcomes.shed == 0);
    const ServersResult& servers = node_of(result, "pop0").servers;
    if (limit.counted(servers) > 0) {
      CHECK(limit.counted(servers) == result.requests.outcomes.shed);
    } else {
      CHECK(servers.shed_by_nic + servers.shed_by_node + servers.shed_by_port == 0);
      CHECK(servers.busy == Approx(1).epsilon(0.01));
    }
  }
}

TEST_CASE("without an order both lose the same share") {
  for (const Limit& limit : limits()) {
    const Result result = overloaded(limit, {});
    INFO(limit.name);
    // What 60 s do not do of all that came. Of n requests such a share varies by luck by
    // sqrt(0.29 x 0.71 / n): 0.0024 of the fewer ones.
    const double share = 1 - 60'000 / static_cast<double>(result.requests.outcomes.requests);
    CHECK(shed_share(result, "logs") == Approx(share).margin(0.01));
    CHECK(shed_share(result, "films") == Approx(share).margin(0.01));
  }
}

TEST_CASE("servers tell how busy they and their cards were") {
  Scenario s = idle(1, 60);
  s.caching.edge.service_time = 1ms;
  add_class(s, "films", 400, kBytes);
  const ServersResult fixed = node_of(run(s).result, "pop0").servers;
  CHECK(fixed.count == 1);
  // 24,000 requests, give or take 0.65 %.
  CHECK(fixed.busy == Approx(0.4).epsilon(0.026));
  CHECK_FALSE(fixed.nic);
  s.caching.edge.nic = BitRate{50'000'000};
  const ServersResult carded = node_of(run(s).result, "pop0").servers;
  CHECK(carded.busy == fixed.busy);
  REQUIRE(carded.nic);
  CHECK(*carded.nic == Approx(0.8).epsilon(0.026));
  CHECK(*carded.fullest_nic == Approx(*carded.nic));
}

TEST_CASE("a card keeps answers waiting as an M/D/1 queue does") {
  Scenario s = idle(1, 600);
  s.caching.edge.nic = BitRate{100'000'000};
  add_class(s, "films", 800, kBytes);
  const Result result = run(s).result;
  // rho / (2 (1 - rho)) of 1 ms; the deviation of such a mean over 480,000 is about 1 %.
  CHECK(result.latency.ttfb_parts_mean.at("queue") == Approx(2.0).epsilon(0.04));
}

}  // namespace shedding_run_test
