// What must be equal is: in runs that try hard to break it, and a miscount is always found.

#include <string>

#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace identities_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Everything that can happen, in a few seconds: an origin that is too slow, answers that come too
// late or break off, evictions, stale copies, uncacheable content, connections that are opened, a
// warm-up, and a run that ends in the middle.
Scenario busy_scenario() {
  Scenario s = small_scenario(3, true);
  s.duration = 7s;
  s.warmup = 2s;
  add_content(s, "pages", 2000, 0.8, "max-age=1, stale-while-revalidate=1, stale-if-error=2");
  add_content(s, "private", 100, 0.5, "no-store");
  add_content(s, "films", 50, 1.0, "max-age=3600");
  s.content["films"].size.law = FixedSize{Bytes{3'000'000}};
  add_steady(s, "base", 3000, "pages");
  std::get<Steady>(s.traffic["base"]).mix["private"] = 0.02;
  std::get<Steady>(s.traffic["base"]).mix["films"] = 0.05;
  s.caching.edge.memory = Bytes{300'000};
  s.caching.edge.coalesce = 1s;
  s.caching.edge.service_time = 900us;
  s.caching.edge.max_wait = 5ms;
  s.caching.shield.memory = Bytes{5'000'000};
  s.caching.shield.storage.hdd = Bytes{20'000'000};
  s.network.shields["shield"].servers = 3;
  s.caching.shield.placement = *parse<PolicyText>("bounded:c=1.1").value;
  s.network.origins["origin"].capacity = Rate{300};
  s.network.origins["origin"].max_wait = 1500ms;
  s.network.origins["origin"].rate_limit = Rate{350};
  s.network.origins["origin"].abort_ratio = Ratio{0.1};
  s.caching.edge.connections = ConnectionSpec{4, 1s, 1};
  s.caching.shield.connections = ConnectionSpec{4, 1s, 1};
  for (auto& [id, link] : s.network.links) {
    if (id == "pop1-shield") link.delay = 100us;
    if (id == "pop2-isp2") link.capacity = BitRate{2'000'000'000};
  }
  for (const auto& [link, at] : {std::pair{"pop2-isp2", 4s}, std::pair{"pop0-shield", 5s}}) {
    FailEvent cut;
    cut.link = link;
    cut.lasts = 500ms;
    s.events[link] = EventSpec{at, cut};
  }
  return s;
}

std::string broken(const std::function<void(Recorder&)>& miscount) {
  RunOptions options;
  bool done = false;
  options.before_checks = [&](Recorder& recorder) {
    if (!std::exchange(done, true)) miscount(recorder);
  };
  try {
    run(busy_scenario(), options);
  } catch (const InternalError& error) {
    return error.what();
  }
  return "";
}
bool names(const std::string& message, const std::string& identity) {
  return message.find(identity) != std::string::npos;
}

TEST_CASE("every identity holds in a run in which everything happens") {
  const Result result = run(busy_scenario()).result;
  // It did happen.
  const OutcomeCounts& edge = result.tiers.at("edge").outcomes;
  CHECK(edge.hits > 0);
  CHECK(edge.stale_hits > 0);
  CHECK(edge.delayed_hits > 0);
  CHECK(edge.misses > 0);
  CHECK(edge.passes > 0);
  CHECK(edge.shed > 0);
  CHECK(edge.dropped > 0);
  CHECK(result.messages.at(0).dropped > 0);
  CHECK(result.messages.at(1).dropped > 0);
  CHECK(result.requests.timed_out > edge.dropped);
  CHECK(result.requests.rate_limited > 0);
  CHECK(result.requests.errors > edge.shed);
  CHECK(result.requests.in_flight > 0);
  CHECK(result.tiers.at("edge").refreshes > 0);
  CHECK(result.tiers.at("edge").miss_causes.evicted > 0);
  CHECK(result.tiers.at("edge").miss_causes.expired > 0);
  CHECK(result.origin.errors > 0);
  CHECK(result.message_delays_raised > 0);
  CHECK(result.tiers.at("edge").broken_off > 0);
  CHECK(result.messages.at(1).in_flight > 0);

  CHECK(result.identities.size() >= 9);
  for (const IdentityResult& identity : result.identities) {
    INFO(identity.name << ": " << identity.left << " against " << identity.right);
    CHECK(identity.holds);
    CHECK(identity.left == identity.right);
    CHECK(identity.left > 0);
  }
}

TEST_CASE("a miscount of one, anywhere, is our mistake and is named") {
  const auto measured = Phase::measured;
  CHECK(names(broken([&](Recorder& r) { r.count_outcome(measured, 0, Outcome::hit); }),
              "statuses + still waiting = requests"));
  CHECK(names(broken([&](Recorder& r) { r.count_outcome(Phase::warmup, 1, Outcome::shed); }),
              "statuses + still waiting = requests"));
  CHECK(names(broken([&](Recorder& r) { r.count_status(measured, 0, Status::ok); }),
              "statuses + still waiting = requests"));
  CHECK(names(broken([&](Recorder& r) { r.count_cause(measured, 0, MissCause::evicted); }),
              "miss causes = misses"));
  CHECK(names(broken([&](Recorder& r) { ++r.counts(measured, 0).answered[0]; }),
              "answers and losses that came in = sent again + by parent, peer or stand-in"));
  CHECK(names(broken([&](Recorder& r) { ++r.counts(measured, 0).served[0]; }),
              "at home + for content, health, overflow = requests"));
  CHECK(names(broken([&](Recorder& r) { ++r.counts(measured, 0).fetches; }),
              "fetches, refreshes and what was sent again = fetch messages sent"));
  CHECK(names(broken([&](Recorder& r) { ++r.counts(measured, 0).refreshes; }),
              "fetches, refreshes and what was sent again = fetch messages sent"));
  // An outcome mistaken for another.
  CHECK(names(broken([&](Recorder& r) {
                --r.counts(measured, 0).outcomes[static_cast<std::size_t>(Outcome::hit)];
                r.count_outcome(measured, 0, Outcome::miss);
              }),
              "miss causes = misses"));
  CHECK(broken([](Recorder&) {}).empty());
}

TEST_CASE("a miscount says both sides") {
  const std::string message =
      broken([](Recorder& r) { r.count_cause(Phase::measured, 0, MissCause::evicted); });
  CHECK(names(message, "what must be equal is not:"));
  CHECK(names(message, " against "));
}

}  // namespace identities_test
