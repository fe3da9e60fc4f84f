// A link fails, routing reacts later, and comes back: figures worked out by hand from delays, rates
// and the draws themselves. Every run checks the identities too.

#include <cdnsim/models/operations/event_spec.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// From the PoP to the clients: a PNI of 5 ms, an exchange of 4 and 6 ms, a provider of 20 and 10
// ms.
Scenario three_ways(double per_second) {
  Scenario s = ways_scenario(per_second);
  add_isp(s, "isp");
  add_pop(s, "pop");
  s.network.ixps["ix"] = IxpSpec{};
  s.network.transit_providers["big"] = TransitProviderSpec{};
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  join(s, "pop", "ix", LinkKind::ixp, 4ms);
  join(s, "isp", "ix", LinkKind::ixp, 6ms);
  join(s, "pop", "big", LinkKind::transit, 20ms);
  join(s, "isp", "big", LinkKind::transit, 10ms);
  return s;
}

constexpr std::uint64_t kBytes = 1000;  // of an object
// Answers that cross the end of the warm-up are counted by the second in which they leave.
constexpr double kFew = 5 * kBytes;

double apart(std::uint64_t a, std::uint64_t b) {
  return std::abs(static_cast<double>(a) - static_cast<double>(b));
}

}  // namespace

TEST_CASE("the best link fails: nothing, the next way after convergence, and back again") {
  Scenario s = three_ways(1000);
  s.events["cut"] = fail_link(20s, "pop-isp", 60s);
  const Result result = run(s).result;
  const WaysResult& ways = ways_of(result);
  CHECK(ways.failed_at_s == 20);
  CHECK(ways.converged_at_s == 30);
  CHECK(ways.back_at_s == 80);
  CHECK(ways.back_converged_at_s == 90);
  CHECK(ways.links_failed == 1);
  CHECK(ways.cells_moved == 0);

  // What is drawn in the 10 s until routing reacts is lost, all of it and nothing else.
  const std::uint64_t lost = drawn(s, "isp", 20s, 30s);
  CHECK(std::abs(static_cast<double>(lost) - 10'000) < 5 * std::sqrt(10'000));
  CHECK(result.requests.outcomes.dropped == lost);
  CHECK(result.requests.timed_out == lost);
  CHECK(ways.requests_dropped == lost);
  CHECK(ways.answers_dropped == 0);  // nobody waits when all are hits
  CHECK(result.requests.outcomes.requests == drawn(s, "isp", 10s, 120s));
  CHECK(result.requests.errors == 0);
  CHECK(result.availability.errors == lost);

  // Over the PNI 2 x (5 + 5 ms), over the exchange 2 x (4 + 6 + 5 ms).
  CHECK(ways.ttfb_before_ms == Approx(20).margin(0.001));
  CHECK(std::isnan(ways.ttfb_unconverged_ms));
  CHECK(ways.ttfb_converged_ms == Approx(30).margin(0.001));
  CHECK(ways.ttfb_after_ms == Approx(20).margin(0.001));

  // Bytes are where the requests of that time went.
  const std::uint64_t by_exchange = drawn(s, "isp", 30s, 90s) * kBytes;
  CHECK(link_of(result, "pop-ix").forward.bytes == by_exchange);
  CHECK(link_of(result, "isp-ix").backward.bytes == by_exchange);
  const std::uint64_t by_pni = (drawn(s, "isp", 10s, 20s) + drawn(s, "isp", 90s, 120s)) * kBytes;
  CHECK(apart(link_of(result, "pop-isp").forward.bytes, by_pni) < kFew);
  CHECK(link_of(result, "pop-big").dearer.bytes == 0);
  const auto all = static_cast<double>(by_pni + by_exchange);
  CHECK(result.traffic_share.at("ixp") ==
        Approx(static_cast<double>(by_exchange) / all).margin(1e-4));
}

TEST_CASE("an exchange that fails while the PNI is down leaves the transit provider") {
  Scenario s = three_ways(200);
  s.events["a PNI"] = fail_link(20s, "pop-isp", 60s);
  FailEvent exchange;
  exchange.ixp = "ix";
  exchange.lasts = 20s;
  s.events["b exchange"] = EventSpec{40s, exchange};
  const Result result = run(s).result;
  // The PNI is missing in 20-30 s, the exchange in 40-50 s; transit serves until 60 + 10 s.
  const WaysResult& pni = *result.events.at(0).ways;
  const WaysResult& fabric = *result.events.at(1).ways;
  CHECK(pni.requests_dropped == drawn(s, "isp", 20s, 30s));
  CHECK(fabric.requests_dropped == drawn(s, "isp", 40s, 50s));
  CHECK(fabric.links_failed == 2);
  CHECK(result.requests.outcomes.dropped == pni.requests_dropped + fabric.requests_dropped);
  const std::uint64_t by_transit = drawn(s, "isp", 50s, 70s) * kBytes;
  CHECK(link_of(result, "pop-big").forward.bytes == by_transit);
  CHECK(link_of(result, "pop-ix").forward.bytes ==
        (drawn(s, "isp", 30s, 40s) + drawn(s, "isp", 70s, 90s)) * kBytes);
  CHECK(fabric.ttfb_before_ms > 20);  // of 20 s of one and 10 s of the other
  CHECK(fabric.ttfb_converged_ms == Approx(2 * (20 + 10 + 5)).margin(0.001));
}

TEST_CASE("what is over before routing reacts changes no way") {
  Scenario s = three_ways(200);
  s.events["flap"] = fail_link(20s, "pop-isp", 5s);
  const Result result = run(s).result;
  CHECK(ways_of(result).requests_dropped == drawn(s, "isp", 20s, 25s));
  CHECK(std::isnan(ways_of(result).converged_at_s));
  CHECK(link_of(result, "pop-ix").dearer.bytes == 0);
}

TEST_CASE("without another way clients are lost until routing believes in the link again") {
  Scenario s = ways_scenario(200);
  add_isp(s, "isp");
  add_pop(s, "pop");
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  s.events["cut"] = fail_link(20s, "pop-isp", 20s);
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.dropped == drawn(s, "isp", 20s, 50s));
  CHECK(ways_of(result).requests_dropped == result.requests.outcomes.dropped);
}

TEST_CASE("a failure in the middle of a slot begins with the next one, one at the start at once") {
  Scenario s = three_ways(200);
  s.warmup = 0s;
  s.events["cut"] = fail_link(0s, "pop-isp", {});
  const Result from_start = run(s).result;
  CHECK(from_start.requests.outcomes.dropped == drawn(s, "isp", 0s, 10s));
  CHECK(link_of(from_start, "pop-isp").dearer.bytes == 0);
  s.events["cut"] = fail_link(20'020ms, "pop-isp", {});
  CHECK(ways_of(run(s).result).failed_at_s == Approx(20.1));
}

namespace {

// Every request goes through the PoP and a shield to the origin. Between the PoP and the shield: a
// backbone of 10 ms, or 20 ms over another shield.
Scenario relayed(double per_second) {
  Scenario s = ways_scenario(per_second);
  add_isp(s, "isp");
  s.network.pops["pop"] = PopSpec{1, "shield"};
  s.network.shields["shield"] = ShieldSpec{1};
  s.network.shields["spare"] = ShieldSpec{1};
  join(s, "pop", "isp", LinkKind::pni, 5ms);
  join(s, "pop", "shield", LinkKind::backbone, 10ms);
  join(s, "pop", "spare", LinkKind::backbone, 10ms);
  join(s, "spare", "shield", LinkKind::backbone, 10ms);
  join(s, "shield", "origin", LinkKind::backbone, 15ms);
  join(s, "spare", "origin", LinkKind::backbone, 15ms);
  s.content.clear();
  add_content(s, "pages", 1000, 0.0, "no-store");
  return s;
}

}  // namespace

TEST_CASE("fetches and answers are lost until routing reacts, and nobody waits for ever") {
  Scenario s = relayed(100);
  s.events["cut"] = fail_link(20s, "pop-shield", 60s);
  const Result result = run(s).result;
  const WaysResult& ways = ways_of(result);
  const MessageResult& fetches = message_of(result, "fetch");
  const MessageResult& replies = message_of(result, "reply");
  const MessageResult& losses = message_of(result, "loss");
  // Fetches of requests that come in these ten seconds. Before, whoever has his answer leave the
  // shield after 20 s asked up to 10 + 15 + 40 + 15 ms earlier: eight on average.
  const std::uint64_t swallowed = drawn(s, "isp", 20s, 30s);
  CHECK(fetches.dropped == swallowed);
  CHECK(apart(replies.dropped, 8) < 5 * std::sqrt(8.0));
  CHECK(replies.dropped > 0);
  CHECK(losses.sent == fetches.dropped + replies.dropped);
  CHECK(losses.received == losses.sent);
  CHECK(ways.messages_dropped == losses.sent);
  CHECK(result.requests.timed_out == losses.sent);
  CHECK(result.requests.outcomes.dropped == 0);  // clients reach the PoP
  CHECK(node_of(result, "pop").activity.resent == 0);
  // 2 x (5 + 5) to the client, 2 x (10 + 15) + 40 to the origin; the detour is 2 x 10 longer.
  CHECK(ways.ttfb_before_ms == Approx(20 + 90).margin(0.01));
  CHECK(ways.ttfb_converged_ms == Approx(20 + 110).margin(0.01));
  // Those of the last 130 ms on the detour are answered after it: 13 of 3,000, 20 ms late.
  CHECK(ways.ttfb_after_ms == Approx(20 + 90).margin(2 * 13 * 20 / 3000.0));
}

TEST_CASE("a stand-in is asked once the first fetch is given up") {
  Scenario s = relayed(100);
  s.network.shields["shield"].failover = "spare";
  s.events["cut"] = fail_link(20s, "pop-shield", 60s);
  const Result result = run(s).result;
  CHECK(result.requests.timed_out == 0);
  CHECK(result.availability.errors == 0);
  const Activity& pop = node_of(result, "pop").activity;
  // Lost in the first 3 s, and in those at 33 s - 10 s of avoiding it: none, as then it is 30 s.
  const std::uint64_t lost = message_of(result, "loss").sent;
  CHECK(pop.resent == lost);
  CHECK(apart(lost, drawn(s, "isp", 20s, 23s)) < 5 * std::sqrt(8.0) + 8);
  // From 23 s the spare serves; it is avoided for 10 s after each loss, the last at 23.02 s or so.
  CHECK(node_of(result, "spare").activity.outcomes.requests >= lost + drawn(s, "isp", 24s, 30s));
}

TEST_CASE("a shield that routing cannot reach is passed over at once") {
  Scenario s = relayed(100);
  s.network.links.erase("spare-shield");
  s.network.shields["shield"].failover = "spare";
  s.events["cut"] = fail_link(20s, "pop-shield", 60s);
  const Result result = run(s).result;
  // Known from 30 s to 90 s: nothing is lost then, though nobody would avoid it any more at 40 s.
  CHECK(message_of(result, "loss").sent < drawn(s, "isp", 20s, 24s) + 20);
  CHECK(node_of(result, "spare").activity.outcomes.requests >= drawn(s, "isp", 24s, 89s));
  CHECK(result.availability.errors == 0);
}

TEST_CASE("failures are the same for any number of threads") {
  Scenario s = relayed(300);
  s.network.shields["shield"].failover = "spare";
  s.network.ixps["ix"] = IxpSpec{};
  join(s, "pop", "ix", LinkKind::ixp, 4ms);
  join(s, "isp", "ix", LinkKind::ixp, 6ms);
  s.events["a cut"] = fail_link(20s, "pop-shield", 40s);
  s.events["b cut"] = fail_link(25s, "pop-isp", 30s);
  const std::string digest = run(s, {.threads = 1}).result.digest;
  CHECK(run(s, {.threads = 2}).result.digest == digest);
  CHECK(run(s, {.threads = 3}).result.digest == digest);
}
