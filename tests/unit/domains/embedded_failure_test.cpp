// Caches inside client networks that fail: their users go back to the PoP, and are counted there.

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace embedded_failure_test {

using namespace cdnsim;
using namespace cdnsim::test;

// A PoP 5 ms from a network of four cells with a cache inside; two classes of ten objects.
Scenario boxed() {
  Scenario s = ways_scenario(200);
  add_isp(s, "isp", 4);
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  s.network.embedded["box"].host = "isp";
  s.caching.embedded.service_time = 0s;
  s.caching.embedded.memory = Bytes{1'000'000};
  return s;
}

Result run_joined(Scenario s, std::uint32_t threads = 1) {
  config::join_embedded(s.network);
  return run(s, {.threads = threads}).result;
}

EventSpec fail_box(Duration at, Duration lasts) {
  FailEvent event;
  event.embedded = "box";
  event.lasts = lasts;
  return EventSpec{at, event};
}

std::uint64_t drawn_in(Scenario s, Duration from, Duration until) {
  config::join_embedded(s.network);
  return drawn(s, "isp", from, until);
}

std::uint64_t requests_at(const Result& result, const std::string& node) {
  return node_of(result, node).activity.outcomes.requests;
}

TEST_CASE("users of a cache that fails are lost until their network reacts, and then at the PoP") {
  Scenario s = boxed();
  s.events["box fails"] = fail_box(20s, 60s);
  const Result result = run_joined(s);
  const WaysResult& ways = ways_of(result);
  CHECK(ways.links_failed == 1);
  CHECK(ways.cells_moved == 4);
  CHECK(ways.back_converged_at_s == 90);
  CHECK(result.requests.outcomes.dropped == drawn_in(s, 20s, 30s));
  CHECK(requests_at(result, "pop") == drawn_in(s, 30s, 90s));
  CHECK(requests_at(result, "box") == drawn_in(s, 10s, 30s) + drawn_in(s, 90s, 120s));
  CHECK(result.requests.outcomes.requests == drawn_in(s, 10s, 120s));
  // Bytes of the meantime come from outside; the box had all before.
  const IspResult& isp = result.isps.front();
  CHECK(isp.requests == result.requests.outcomes.requests);
  CHECK(isp.bytes - isp.embedded_bytes == drawn_in(s, 30s, 90s) * 1000);
  CHECK(isp.fill_bytes == 0);
}

TEST_CASE("a cache that is down refuses until its network reacts") {
  Scenario s = boxed();
  DownEvent down;
  down.node = "box";
  down.lasts = 60s;
  s.events["box down"] = EventSpec{20s, down};
  const Result result = run_joined(s);
  CHECK(result.requests.outcomes.shed == drawn_in(s, 20s, 30s));
  CHECK(result.requests.outcomes.dropped == 0);
  CHECK(requests_at(result, "pop") == drawn_in(s, 30s, 90s));
  CHECK(ways_of(result).cells_moved == 4);
}

TEST_CASE("its link may fail instead, and one of several caches: the others keep their cells") {
  Scenario s = boxed();
  s.network.embedded["twin"] = s.network.embedded["box"];
  s.network.client_networks["isp"].cells = 16;
  const std::uint64_t at_twin = requests_at(run_joined(s), "twin");
  s.events["cut"] = fail_link(0s, "box on-net", {});
  s.warmup = 0s;
  s.network.convergence = 0s;
  const Result result = run_joined(s);
  s.events.clear();
  const Result whole = run_joined(s);
  CHECK(at_twin > 0);
  CHECK(requests_at(whole, "box") > 0);
  CHECK(requests_at(result, "twin") == requests_at(whole, "twin"));
  CHECK(requests_at(result, "box") == 0);
  CHECK(requests_at(result, "pop") == requests_at(whole, "box"));
}

TEST_CASE("what a cache never served stays at the PoP, which serves both while it is away") {
  Scenario s = boxed();
  add_content(s, "other", 10, 0.0, "max-age=86400");
  add_steady(s, "more", 100, "other");
  s.network.embedded["box"].serves = std::vector<std::string>{"pages"};
  const Result as_it_is = run_joined(s);
  s.events["box fails"] = fail_box(20s, 60s);
  const Result result = run_joined(s);
  const std::uint64_t moved = requests_at(as_it_is, "box") - requests_at(result, "box");
  CHECK(requests_at(result, "pop") == requests_at(as_it_is, "pop") + moved);
  // 200 a second for 60 s.
  CHECK(std::abs(static_cast<double>(moved) - 12'000) < 5 * std::sqrt(12'000));
  // Of those who asked for pages in the 10 s before. Others lost nothing.
  CHECK(std::abs(static_cast<double>(result.requests.outcomes.dropped) - 2'000) <
        5 * std::sqrt(2'000));
  CHECK(result.classes.at("other").edge.outcomes.requests ==
        as_it_is.classes.at("other").edge.outcomes.requests);
  CHECK(result.classes.at("other").edge.outcomes.dropped == 0);
}

TEST_CASE("a PoP and a cache that fail together leave nobody behind") {
  Scenario s = boxed();
  add_pop(s, "spare");
  join(s, "spare", "isp", LinkKind::pni, 20ms);
  s.network.failure_domains["town"].places = {"box", "pop"};
  FailEvent event;
  event.domain = "town";
  event.lasts = 60s;
  s.events["storm"] = EventSpec{20s, event};
  const Result result = run_joined(s);
  CHECK(requests_at(result, "pop") == 0);
  CHECK(requests_at(result, "spare") == drawn_in(s, 30s, 90s));
  CHECK(ways_of(result).cells_moved == 8);  // from the box, and from the PoP behind it
  const std::string digest = result.digest;
  CHECK(run_joined(s, 3).digest == digest);
}

TEST_CASE("a pod of a cache is all of it where it has no other") {
  Scenario s = boxed();
  FailEvent event;
  event.embedded = "box";
  event.pod = 0;
  event.lasts = 60s;
  s.events["pod"] = EventSpec{20s, event};
  const Result result = run_joined(s);
  CHECK(result.events.front().servers_failed == 1);
  CHECK(result.requests.outcomes.shed == drawn_in(s, 20s, 30s));
  CHECK(requests_at(result, "pop") == drawn_in(s, 30s, 90s));
}

}  // namespace embedded_failure_test
