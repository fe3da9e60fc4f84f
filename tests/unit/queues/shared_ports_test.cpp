// What a node sends through ports that are shared, once it has heard how full they are.

#include <cdnsim/models/network/egress.hpp>
#include <cdnsim/models/node/server_loads.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/way_between.hpp>

namespace shared_ports_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }
constexpr BitRate kMbps{1'000'000};

// pop - exchange - isp, 100 and 400 Mbit/s, without delays.
struct Bench {
  explicit Bench(Sharing near = Sharing::fifo, std::optional<BitRate> fabric = {},
                 std::optional<Duration> max_queue = {}) {
    const auto pop = topology.add_place(PlaceKind::pop, "pop");
    topology.add_place(PlaceKind::ixp, "exchange", fabric);
    const auto isp = topology.add_place(PlaceKind::client_network, "isp");
    topology.add_link("near", link("pop", 100 * kMbps, near, max_queue));
    topology.add_link("far", link("isp", 400 * kMbps, Sharing::fifo, max_queue));
    route = egress.add_route(topology, test::way_between(topology, pop, isp), 1000 * kMbps, 0ms);
  }
  static LinkSpec link(const std::string& from, BitRate capacity, Sharing sharing,
                       std::optional<Duration> max_queue) {
    LinkSpec spec;
    spec.from = from;
    spec.to = "exchange";
    spec.delay = 0ms;
    spec.capacity = capacity;
    spec.sharing = sharing;
    spec.max_queue = max_queue;
    return spec;
  }
  Transfer send(std::int64_t bytes, Duration when) {
    return egress.send(route, Bytes{bytes}, at(when), at(when), at(when));
  }
  Topology topology;
  Egress egress;
  Egress::RouteId route = 0;
};

TEST_CASE("transfers over a fair port do not wait, and are as fast as what is left") {
  Bench bench(Sharing::fair);
  REQUIRE(bench.egress.use_of(0) == PortUse::shared);
  for (int i = 0; i < 3; ++i) {
    const Transfer t = bench.send(10'000, 0s);
    CHECK(t.wait <= Duration{2});  // of rounding
    CHECK(t.last - t.first == 800us);
  }
  bench.egress.hear(0, 20 * kMbps, 300ms);
  bench.egress.follow_what_was_heard();
  const Transfer t = bench.send(10'000, 1s);
  CHECK(t.last - t.first == 4ms);
  CHECK(t.wait == 300ms);
  CHECK(t.first == at(1'300ms));
}

TEST_CASE("a further port that is full slows transfers and has a queue of its own") {
  Bench bench;
  REQUIRE(bench.egress.use_of(0) == PortUse::line);
  REQUIRE(bench.egress.use_of(1) == PortUse::shared);
  bench.egress.hear(1, 10 * kMbps, 50ms);
  bench.egress.follow_what_was_heard();
  const Transfer first = bench.send(125'000, 0s);
  CHECK(first.wait == 50ms);
  CHECK(first.last - first.first == 100ms);
  // The own port is a line: 125,000 bytes take it 10 ms.
  CHECK(bench.send(125'000, 0s).wait == 60ms);
}

TEST_CASE("background leaves a line what it leaves") {
  Bench bench;
  bench.egress.hear(0, 25 * kMbps, 0ms);
  bench.egress.follow_what_was_heard();
  CHECK(bench.send(125'000, 0s).wait == 0ms);
  CHECK(bench.send(125'000, 0s).wait == 40ms);
}

TEST_CASE("a fabric with a capacity lies between the ports of the exchange") {
  CHECK(Bench().egress.port_refs() == std::vector<PortRef>{{0, true}, {1, false}});
  Bench bench(Sharing::fifo, 50 * kMbps);
  CHECK(bench.egress.port_refs() == std::vector<PortRef>{{0, true}, {2, true}, {1, false}});
  const Transfer t = bench.send(10'000, 0s);
  CHECK(t.last - t.first == 1'600us);
}

TEST_CASE("a port is full for a class when its queue is longer than the class's part") {
  Bench bench(Sharing::fifo, {}, 100ms);
  CHECK(bench.egress.limits_queues());
  CHECK_FALSE(Bench().egress.limits_queues());
  const auto is_full = [&](std::uint32_t level) {
    return bench.egress.is_full(bench.route, at(0s), LimitPart{level, 2});
  };
  bench.send(750'000, 0s);  // 60 ms of the near port
  CHECK(is_full(1));
  CHECK_FALSE(is_full(2));
  bench.send(750'000, 0s);
  CHECK(is_full(2));
  Bench far(Sharing::fifo, {}, 100ms);
  far.egress.hear(1, 400 * kMbps, 101ms);
  CHECK(far.egress.is_full(far.route, at(0s), LimitPart{}));
}

}  // namespace shared_ports_test
