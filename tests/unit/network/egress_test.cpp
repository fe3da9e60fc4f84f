// What a node sends: waits, durations and bytes on every link of the way, each by hand.

#include <cdnsim/models/network/egress.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/way_between.hpp>

namespace egress_test {

using namespace cdnsim;
using cdnsim::test::way_between;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }
constexpr BitRate kMbps{1'000'000};

LinkSpec link(const std::string& from, const std::string& to, Duration delay, BitRate capacity) {
  LinkSpec spec;
  spec.from = from;
  spec.to = to;
  spec.delay = delay;
  spec.capacity = capacity;
  return spec;
}

// pop - exchange - isp: 4 ms at 100 Mbit/s, then 6 ms at 400 Mbit/s.
struct Bench {
  explicit Bench(BitRate access_rate = 50 * kMbps, Duration access_delay = 5ms) {
    const auto pop = topology.add_place(PlaceKind::pop, "pop");
    topology.add_place(PlaceKind::pop, "exchange");
    const auto isp = topology.add_place(PlaceKind::client_network, "isp");
    topology.add_link("near", link("pop", "exchange", 4ms, 100 * kMbps));
    topology.add_link("far", link("isp", "exchange", 6ms, 400 * kMbps));
    route = egress.add_route(topology, way_between(topology, pop, isp), access_rate, access_delay);
  }
  // How long the transfer of so many bytes takes from its first byte on, in an idle port.
  Duration duration(std::int64_t bytes, Duration when = 0s) {
    const Transfer t = egress.send(route, Bytes{bytes}, at(when), at(when), at(when));
    return t.last - t.first;
  }
  Topology topology;
  Egress egress;
  Egress::RouteId route = 0;
};

TEST_CASE("a route knows its delay, and its round trip with the access line") {
  Bench bench;
  CHECK(bench.egress.delay(bench.route) == 10ms);
  CHECK(bench.egress.round_trip(bench.route) == 30ms);
  CHECK(bench.egress.port_refs() == std::vector<PortRef>{{0, true}, {1, false}});
}

SCENARIO("the slower of access line and narrowest link decides") {
  // 10,000 bytes fit TCP's first window, so that nothing but the rate counts.
  THEN("the access line: 50 Mbit/s, 160 ns a byte") { CHECK(Bench().duration(10'000) == 1'600us); }
  THEN("the narrowest link: 100 Mbit/s, 80 ns a byte") {
    CHECK(Bench(1000 * kMbps).duration(10'000) == 800us);
  }
  GIVEN("a port that sends 12,500,000 bytes in each of the next 3 s, for as many clients") {
    Bench bench;
    for (int i = 0; i < 3; ++i) {
      const Transfer t = bench.egress.send(bench.route, Bytes{12'500'000}, at(0s), at(0s), at(0s));
      CHECK(t.wait == i * 1s);
    }
    THEN("a fourth one's bytes wait until all of those are gone") {
      const Transfer t = bench.egress.send(bench.route, Bytes{10'000}, at(1s), at(1s), at(1s));
      CHECK(t.wait == 2s);
      CHECK(t.first == at(3s));
    }
  }
}

TEST_CASE("no second of a node's own port carries more than its capacity") {
  // Each 125 MB take the port 10 s and a client of 50 Mbit/s 20 s: two at a time fill the port, and
  // the small ones between them find it full.
  Bench bench;
  for (int second = 0; second < 12; ++second) {
    bench.egress.send(bench.route, Bytes{125'000'000}, at(second * 10s), at(second * 10s), at(0s));
    bench.egress.send(bench.route, Bytes{100'000}, at(second * 10s), at(second * 10s), at(0s));
  }
  for (std::int64_t second = 0; second < 200; ++second) {
    REQUIRE(bench.egress.ledger().close_second(0, second) <= Bytes{12'500'000});
  }
}

SCENARIO("a client's transfer takes a round trip for each doubling of TCP's window") {
  // Ten segments of 1460 bytes at first, so k doublings send 14,600 (2^(k+1) - 1) bytes. At
  // 50 Mbit/s a byte takes 160 ns; a round trip of 30 ms holds 187,500 bytes, which the window
  // exceeds after 4 doublings (233,600): then the route is full.
  Bench bench;
  const auto expected = [](std::int64_t bytes, int rounds) {
    return Duration{160 * bytes} + rounds * 30ms;
  };
  const auto check = [&](std::int64_t bytes, int rounds) {
    INFO(bytes << " bytes");
    CHECK(bench.duration(bytes) == expected(bytes, rounds));
  };
  check(0, 0);
  check(1, 0);
  check(14'600, 0);
  check(14'601, 1);
  check(43'800, 1);
  check(43'801, 2);
  check(102'200, 2);
  check(102'201, 3);
  check(219'000, 3);
  check(219'001, 4);
  check(1'000'000'000, 4);
}

TEST_CASE("nodes keep warm connections: no round trips between them") {
  Bench bench(BitRate::max(), 0ms);
  CHECK(bench.duration(100'000) == 8ms);  // 100 Mbit/s
}

SCENARIO("a transfer as a sum of its parts") {
  Bench bench;
  GIVEN("a port that is busy for 8 ms with another") {
    bench.egress.send(bench.route, Bytes{100'000}, at(0ms), at(0ms), at(0ms));
    WHEN("an answer is decided at 3 ms and ready at 20 ms") {
      const Transfer t = bench.egress.send(bench.route, Bytes{10'000}, at(3ms), at(20ms), at(0ms));
      THEN("its wait is counted from the decision and added to when it is ready") {
        CHECK(t.wait == 5ms);
        CHECK(t.first == at(25ms));
        CHECK(t.last == at(25ms) + 1'600us);
      }
      THEN("the port's next is queued behind it as of the decision, not as of its readiness") {
        // 10,000 bytes at 100 Mbit/s: busy until 8.8 ms.
        CHECK(bench.egress.send(bench.route, Bytes{1}, at(4ms), at(4ms), at(0ms)).wait == 4'800us);
      }
    }
    WHEN("the entry is still filling until 400 ms") {
      const Transfer t = bench.egress.send(bench.route, Bytes{10'000}, at(9ms), at(9ms), at(400ms));
      THEN("its last byte leaves then") {
        CHECK(t.first == at(9ms));
        CHECK(t.last == at(400ms));
      }
    }
  }
}

TEST_CASE("bytes are charged to every link of the way, in their direction") {
  Bench bench;
  // 5,000,000 bytes: 800 ms and 4 round trips, from 0.5 s to 1.42 s: 500/920 in the first second.
  bench.egress.send(bench.route, Bytes{5'000'000}, at(500ms), at(500ms), at(0s));
  ByteLedger& ledger = bench.egress.ledger();
  REQUIRE(ledger.ports() == 2);
  for (std::size_t port = 0; port < 2; ++port) {
    CHECK(ledger.total(port) == Bytes{5'000'000});
    CHECK(ledger.close_second(port, 0) == Bytes{5'000'000LL * 500 / 920});
    CHECK(ledger.close_second(port, 1) == Bytes{5'000'000 - 5'000'000LL * 500 / 920});
  }
}

TEST_CASE("routes that begin with the same port share its queue; others do not") {
  Topology topology;
  const auto pop = topology.add_place(PlaceKind::pop, "pop");
  const auto hub = topology.add_place(PlaceKind::pop, "hub");
  const auto a = topology.add_place(PlaceKind::client_network, "a");
  const auto b = topology.add_place(PlaceKind::client_network, "b");
  topology.add_link("pop-hub", link("pop", "hub", 1ms, 8 * kMbps));
  topology.add_link("hub-a", link("hub", "a", 1ms, 8 * kMbps));
  topology.add_link("pop-b", link("pop", "b", 1ms, 8 * kMbps));
  Egress egress;
  const auto route = [&](std::uint32_t to) {
    return egress.add_route(topology, way_between(topology, pop, to), 8 * kMbps, 0ms);
  };
  const auto to_a = route(a);
  const auto to_hub = route(hub);
  const auto to_b = route(b);
  CHECK(egress.port_refs().size() == 3);
  const auto wait = [&](Egress::RouteId id) {
    return egress.send(id, Bytes{1000}, at(0s), at(0s), at(0s)).wait;
  };
  CHECK(wait(to_a) == 0ms);
  CHECK(wait(to_hub) == 1ms);
  CHECK(wait(to_b) == 0ms);
  CHECK(wait(to_a) == 2ms);
}

// 10,000 bytes at 160 ns a byte: 1.6 ms, sent at 1 s.
SCENARIO("a transfer that is cut off") {
  Bench bench;
  const Bytes all{10'000};
  const auto send = [&](Bytes most, SimTime off_at, SimTime not_before = at(1s)) {
    return bench.egress.send_until(bench.route, all, most, at(1s), at(1s), not_before, off_at);
  };
  const auto charged = [&](std::size_t port) { return bench.egress.ledger().total(port).count(); };
  GIVEN("a sender that goes down after a quarter of it") {
    const CutTransfer cut = send(all, at(1s + 400us));
    THEN("a quarter of the bytes leave and are charged to each port of the way") {
      CHECK(cut.is_cut);
      CHECK(cut.sent == Bytes{2500});
      CHECK(cut.first == at(1s));
      CHECK(cut.last == at(1s + 400us));
      CHECK(charged(0) == 2500);
      CHECK(charged(1) == 2500);
    }
    THEN("the next transfer waits for these alone: 80 ns a byte at 100 Mbit/s") {
      CHECK(bench.egress.queue_at(0, at(1s)) == 200us);
    }
  }
  GIVEN("a sender that breaks off after 7,500 bytes") {
    const CutTransfer cut = send(Bytes{7500}, SimTime::max());
    CHECK(cut.is_cut);
    CHECK(cut.sent == Bytes{7500});
    CHECK(cut.last == at(1s + 1200us));
    CHECK(charged(0) == 7500);
  }
  GIVEN("both, of which the first counts") {
    CHECK(send(Bytes{7500}, at(1s + 400us)).sent == Bytes{2500});
    CHECK(send(Bytes{1000}, at(1s + 400us)).sent == Bytes{1000});
  }
  GIVEN("what is read while it comes in until 1,008 ms, and a sender that goes down at 1,002 ms") {
    CHECK(send(all, at(1s + 2ms), at(1s + 8ms)).sent == Bytes{2500});
  }
  GIVEN("a sender that goes down when the last byte has left, or later") {
    const CutTransfer whole = send(all, at(1s + 1600us));
    CHECK_FALSE(whole.is_cut);
    CHECK(whole.sent == all);
    CHECK(whole.last == at(1s + 1600us));
    CHECK_FALSE(send(all, SimTime::max()).is_cut);
  }
  GIVEN("a sender that is down, or goes down before the first byte can leave") {
    const CutTransfer none = send(all, at(0s));
    CHECK(none.is_cut);
    CHECK(none.sent == Bytes{0});
    CHECK(none.first == at(1s));
    const CutTransfer later =
        bench.egress.send_until(bench.route, all, all, at(1s), at(2s), at(1s), at(1500ms));
    CHECK(later.sent == Bytes{0});
    CHECK(later.first == at(1500ms));  // when that is known
    CHECK(charged(0) == 0);
  }
}

}  // namespace egress_test
