// A PoP that takes fewer requests than come to it, and another one that is further away.

#include <algorithm>

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace overflow_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// 300 requests a second of one network come to a PoP that takes 100. A round trip to it is 20 ms,
// to the other one 40 ms. All is cached when the warm-up is over.
Scenario full_pop() {
  Scenario s = ways_scenario(300);
  s.duration = 60s;
  s.steering.when_full = WhenFull::redirect;
  add_isp(s, "isp", 4);
  add_pop(s, "near");
  add_pop(s, "other");
  s.network.pops["near"].max_rate = Rate{100.0};
  join(s, "near", "isp", LinkKind::pni, 5ms);
  join(s, "other", "isp", LinkKind::pni, 15ms);
  return s;
}

const SteeringPop& pop_of(const Result& result, const std::string& id) {
  for (const SteeringPop& pop : result.steering->pops) {
    if (pop.id == id) return pop;
  }
  throw std::out_of_range(id);
}

double requests_at(const Result& result, const std::string& id) {
  return static_cast<double>(node_of(result, id).activity.outcomes.requests);
}

// Of all that were answered, when those at `near` take `near_ms` and the others `other_ms`.
double mean_ms(const Result& result, double near_ms, double other_ms) {
  const double near = requests_at(result, "near");
  const double other = requests_at(result, "other");
  return (near * near_ms + other * other_ms) / (near + other);
}

TEST_CASE("what a full PoP has no room for is served by the next one") {
  const Scenario s = full_pop();
  const Result result = run(s).result;
  CHECK(result.requests.errors == 0);
  CHECK(result.requests.outcomes.shed == 0);
  // 100 a second for 50 s; what is more comes to the other one, but for the last ones on their way.
  CHECK(std::abs(requests_at(result, "near") - 5000) <= 1);
  const std::uint64_t all = drawn(s, "isp", s.warmup, s.duration);
  const MessageResult& messages = message_of(result, "redirect");
  CHECK(*pop_of(result, "near").redirected +
            static_cast<std::uint64_t>(requests_at(result, "near")) ==
        all);
  CHECK(messages.sent == messages.received + messages.in_flight);
  CHECK(*pop_of(result, "other").taken_over + messages.in_flight ==
        *pop_of(result, "near").redirected);
  CHECK(*pop_of(result, "other").redirected == 0);
  CHECK(node_of(result, "other").activity.served.overflow ==
        static_cast<std::uint64_t>(requests_at(result, "other")));
  // The network's requests are those of both.
  CHECK(result.isps.at(0).requests == result.requests.outcomes.requests);
}

// Back to the user in 10 ms, 2 x 310 for a connection to the other one, and 155 to ask there.
TEST_CASE("a request that is handed on counts by when it came first, not when it is taken over") {
  Scenario s = full_pop();
  s.network.links["other-isp"].delay = 150ms;
  const Result result = run(s).result;
  const MessageResult& messages = message_of(result, "redirect");
  const SteeringPop& near = pop_of(result, "near");
  const SteeringPop& other = pop_of(result, "other");
  // 200 a second for 0.785 s are under way at the end, and so many were when the warm-up ended.
  const double under_way = 200 * 0.785, deviates = std::sqrt(300 * 0.785);
  CHECK(std::abs(static_cast<double>(messages.in_flight) - under_way) < 4 * deviates);
  CHECK(*near.redirected == *other.taken_over + messages.in_flight);
  const double of_warmup = requests_at(result, "other") - static_cast<double>(*other.taken_over);
  CHECK(std::abs(of_warmup - under_way) < 4 * deviates);
  const std::string name = "requests redirected = taken over + in flight";
  CHECK(std::ranges::count(result.identities, name, &IdentityResult::name) == 1);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

TEST_CASE("the way by a full PoP is part of the latency") {
  Scenario s = full_pop();
  SECTION("over connections that are open") {
    // 20 ms in vain, two round trips of 40 for a connection to another host, and one that asks.
    const Result result = run(s).result;
    CHECK(result.latency.all.ttfb.mean == Approx(mean_ms(result, 20, 20 + 80 + 40)).epsilon(0.001));
  }
  SECTION("where each request opens one") {
    s.network.client_networks["isp"].new_connections = Ratio{1.0};
    const Result result = run(s).result;
    CHECK(result.latency.all.ttfb.mean ==
          Approx(mean_ms(result, 3 * 20, 3 * 20 + 80 + 40)).epsilon(0.001));
  }
}

TEST_CASE("a request is handed on once: who has no room for it either sheds it") {
  Scenario s = full_pop();
  s.network.pops["other"].max_rate = Rate{50.0};
  add_isp(s, "neighbour", 1);  // 300 a second are those of both
  join(s, "other", "neighbour", LinkKind::pni, 5ms);
  join(s, "near", "neighbour", LinkKind::pni, 15ms);
  const Result result = run(s).result;
  const MessageResult& messages = message_of(result, "redirect");
  CHECK(messages.sent == messages.received + messages.in_flight);
  // 150 of 300 a second are served. Each has its PoP; both are full, so each sheds what the other
  // sends.
  CHECK(result.requests.errors == result.requests.outcomes.shed);
  CHECK(std::abs(static_cast<double>(result.requests.errors) / (150 * 50.0) - 1) < 0.05);
  CHECK(*pop_of(result, "near").redirected > 0);
  CHECK(*pop_of(result, "other").redirected > 0);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

std::uint64_t shed_by_node(const Result& result, const std::string& id) {
  return node_of(result, id).servers.shed_by_node;
}

TEST_CASE("a request that is handed on is not shed where it was too much") {
  Scenario s = full_pop();
  const Result result = run(s).result;
  CHECK(*pop_of(result, "near").redirected > 9000);
  CHECK(shed_by_node(result, "near") == 0);
  // Those that the other one has no room for are, there.
  s.network.pops["other"].max_rate = Rate{50.0};
  const Result both = run(s).result;
  CHECK(both.requests.outcomes.shed > 6000);
  CHECK(shed_by_node(both, "other") == both.requests.outcomes.shed);
  CHECK(shed_by_node(both, "near") == 0);
}

TEST_CASE("nothing is handed on to a PoP that the clients have no way to") {
  Scenario s = full_pop();
  add_pop(s, "third");
  join(s, "third", "isp", LinkKind::pni, 25ms);
  s.events["cut"] = fail_link(20s, "other-isp", 20s);  // routing knows at 30 s, and at 50 s
  const Result result = run(s).result;
  CHECK(requests_at(result, "third") == Approx(200 * 30).epsilon(0.05));
  CHECK(requests_at(result, "other") == Approx(200 * 20).epsilon(0.05));
  // Who is on the way at 20 s does not get there: 10 ms back to the user, 80 for a connection and
  // 20 to ask.
  const auto lost = static_cast<double>(result.requests.outcomes.dropped);
  CHECK(std::abs(lost - 200 * 0.11) < 4 * std::sqrt(300 * 0.11));
  CHECK(result.requests.errors == 0);
  CHECK(ways_of(result).requests_dropped == result.requests.outcomes.dropped);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

TEST_CASE("where full PoPs shed, nothing is handed on and nothing is told of it") {
  Scenario s = full_pop();
  s.steering.when_full = WhenFull::shed;
  const Result result = run(s).result;
  CHECK(!result.steering);
  // 100 a second for 50 s are served.
  const auto all = static_cast<double>(drawn(s, "isp", s.warmup, s.duration));
  CHECK(std::abs(static_cast<double>(result.requests.errors) - (all - 5000)) <= 1);
  CHECK(requests_at(result, "other") == 0);
}

TEST_CASE("a PoP that is withdrawn gets nothing handed on") {
  Scenario s = full_pop();
  add_pop(s, "third");
  join(s, "third", "isp", LinkKind::pni, 25ms);
  WithdrawEvent event;
  event.pop = "other";
  s.events["maintenance"] = EventSpec{20s, event};  // known at 30 s
  const Result result = run(s).result;
  CHECK(requests_at(result, "third") == Approx(200 * 30).epsilon(0.05));
  CHECK(requests_at(result, "other") == Approx(200 * 20).epsilon(0.05));
}

TEST_CASE("of two caches inside a network of one cell, one has nobody and hands nothing on") {
  Scenario s = full_pop();
  s.network.client_networks["isp"].cells = 1;
  for (const char* id : {"box", "twin"}) s.network.embedded[id].host = "isp";
  s.caching.embedded.memory = Bytes{1'000'000};
  config::join_embedded(s.network);
  const Result result = run(s).result;
  const bool is_box = requests_at(result, "box") > 0;
  CHECK(requests_at(result, is_box ? "twin" : "box") == 0);
  CHECK(requests_at(result, is_box ? "box" : "twin") > 0);
  for (const char* id : {"box", "twin"}) {
    CHECK(*pop_of(result, id).redirected == 0);
    CHECK(*pop_of(result, id).taken_over == 0);
  }
}

}  // namespace overflow_run_test
