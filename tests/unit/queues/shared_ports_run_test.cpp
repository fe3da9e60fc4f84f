// Capacity that several senders share, and traffic that is not the CDN's, in whole runs.

#include <tests/support/catch.hpp>

#include "queue_bench.hpp"

namespace shared_ports_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr BitRate kMbps{1'000'000};
constexpr std::int64_t kBytes = 12'500;

// Two PoPs that reach their networks over one exchange of 100 Mbit/s.
Scenario over_an_exchange(double mbps_each) {
  Scenario s = idle(2, 20);
  IxpSpec ixp;
  ixp.capacity = 100 * kMbps;
  s.network.ixps["ix"] = ixp;
  for (const std::string number : {"0", "1"}) {
    s.network.links.erase("pop" + number + "-isp" + number);
    for (const std::string& member : {"pop" + number, "isp" + number}) {
      LinkSpec port;
      port.from = member;
      port.to = "ix";
      port.kind = LinkKind::ixp;
      port.delay = 1ms;
      port.capacity = kEndless;
      s.network.links[member + "-ix"] = port;
    }
  }
  add_class(s, "films", 2 * mbps_each * 10, kBytes);  // a tenth of a megabit each
  return s;
}

Scenario with_background(double mbps, double background, bool billed = false) {
  Scenario s = idle(1, 20);
  LinkSpec& link = s.network.links.at("pop0-isp0");
  link.capacity = 100 * kMbps;
  BackgroundSpec spec;
  spec.rate = BitRate{static_cast<std::int64_t>(background * 1e6)};
  spec.direction = BackgroundDirection::forward;
  spec.billed = billed;
  link.background = spec;
  add_class(s, "films", mbps * 10, kBytes);
  return s;
}

TEST_CASE("what two PoPs send into a fabric that is too narrow queues there") {
  const Result result = run(over_an_exchange(60)).result;
  REQUIRE(result.ixps);
  REQUIRE(result.ixps->size() == 1);
  const IxpResult& ix = result.ixps->front();
  CHECK(ix.id == "ix");
  CHECK(ix.traffic.bytes == 20 * 12'500'000);
  CHECK(ix.traffic.peak_bps == 100e6);
  CHECK(ix.traffic.utilisation.p50 == 1.0);
  CHECK(ix.traffic.utilisation.congested_s == 20);
  // A fifth of a second more every second, for 25 of them: 30,000 requests, give or take 0.6 %; and
  // transfers that begin late end late.
  CHECK(ix.longest_queue_ms == Approx(5'000).epsilon(0.1));
  CHECK(result.latency.all.ttfb.max > 4'000);
}

TEST_CASE("a fabric that is wide enough keeps nobody waiting") {
  const Result result = run(over_an_exchange(30)).result;
  const IxpResult& ix = result.ixps->front();
  CHECK(ix.longest_queue_ms == 0);
  CHECK(ix.traffic.utilisation.p50 == Approx(0.6).epsilon(0.03));
  CHECK(ix.traffic.utilisation.congested_s == 0);
  // Over nothing but delays of 1 ms, twice each way.
  CHECK(result.latency.all.ttfb.max < 4.1);
}

TEST_CASE("background fills a link and is told apart from the CDN's bytes") {
  const Result result = run(with_background(30, 50)).result;
  const LinkResult& link = link_of(result, "pop0-isp0");
  CHECK(link.forward.background_bytes == 20 * 50'000'000 / 8);
  CHECK(link.dearer.background_bytes == link.forward.background_bytes);
  CHECK_FALSE(link.backward.background_bytes);
  CHECK(static_cast<double>(link.forward.bytes) == Approx(20 * 30e6 / 8).epsilon(0.05));
  CHECK(link.forward.utilisation.p50 == Approx(0.8).epsilon(0.03));
  CHECK(link.utilisation_p95 == Approx(0.8).epsilon(0.03));
  CHECK(link.dearer.utilisation.congested_s == 0);
}

TEST_CASE("background that leaves too little makes the CDN's answers queue") {
  const Result result = run(with_background(30, 80)).result;
  const LinkResult& link = link_of(result, "pop0-isp0");
  CHECK(link.forward.bytes == 20 * 20'000'000 / 8);
  CHECK(link.forward.utilisation.p50 == 1.0);
  CHECK(link.dearer.utilisation.congested_s == 20);
  // 10 of 20 Mbit/s too much, for 25 s: 7,500 requests, give or take 1.2 %, three times that of it.
  CHECK(link.longest_queue_ms == Approx(12'500).epsilon(0.12));
}

TEST_CASE("background is in the bill where the link says so") {
  const auto billed_bps = [](bool billed) {
    Scenario s = with_background(30, 50, billed);
    s.billing = BillingSpec{};
    const Result result = run(s).result;
    const LinkResult& link = link_of(result, "pop0-isp0");
    REQUIRE(link.month);
    return std::pair(link.month->sent_p95_bps, link.forward.p95_bps);
  };
  // Both months are made of the run in the same way, from 50 Mbit/s more.
  const auto [plain, own] = billed_bps(false);
  const auto [with, same] = billed_bps(true);
  CHECK(own == same);
  CHECK(with / plain == Approx((own + 50e6) / own).epsilon(0.02));
}

TEST_CASE("the loads of shared ports are the same on any number of threads") {
  const Scenario s = over_an_exchange(60);
  const std::string digest = run(s).result.digest;
  CHECK(run(s, RunOptions{.threads = 3}).result.digest == digest);
}

}  // namespace shared_ports_run_test
