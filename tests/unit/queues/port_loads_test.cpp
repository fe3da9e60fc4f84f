// A port's seconds: what it carries, what queues, what is left for a transfer, each by hand.

#include <cdnsim/assembly/port_loads.hpp>
#include <tests/support/catch.hpp>

namespace port_loads_test {

using namespace cdnsim;
using assembly::PortLoads;

// A megabyte a second in each direction.
Topology one_link(std::optional<BackgroundSpec> background = {}) {
  Topology topology;
  topology.add_place(PlaceKind::pop, "pop");
  topology.add_place(PlaceKind::client_network, "isp");
  LinkSpec link;
  link.from = "pop";
  link.to = "isp";
  link.capacity = BitRate{8'000'000};
  link.background = background;
  topology.add_link("link", link);
  return topology;
}

TEST_CASE("what a second brings beyond the capacity queues and is carried later") {
  const Topology topology = one_link();
  PortLoads loads(topology);
  CHECK(loads.share(0, 0) == BitRate{8'000'000});
  loads.close_second(0, Bytes{400'000}, 0, true);
  CHECK(loads.share(0, 1) == BitRate{4'800'000});
  CHECK(loads.queue(0, 1) == 0s);
  loads.close_second(0, Bytes{1'500'000}, 1, true);
  // The load that transfers go by is 400,000 + (1,500,000 - 400,000) / 4 bytes.
  CHECK(loads.share(0, 2) == BitRate{8'000'000 - 8 * 675'000});
  CHECK(loads.queue(0, 2) == 500ms);
  CHECK(loads.bytes_queued() == 500'000);
  loads.close_second(0, Bytes{0}, 2, true);
  CHECK(loads.queue(0, 3) == 0s);
  CHECK(loads.share(0, 3) == BitRate{8'000'000 - 8 * (675'000 - 168'750)});
  loads.finish();
  CHECK(loads.bytes_carried() == 1'900'000);
  const assembly::PortFigures& port = loads.figures(0);
  CHECK(port.own.total() == 1'900'000);
  CHECK(port.own.peak() == 1'000'000);
  CHECK(port.congested_s == 1);
  CHECK(port.longest_queue == 500ms);
  CHECK(port.utilisation.min() == 4'000);
  CHECK(port.utilisation.max() == 10'000);
}

TEST_CASE("a full port leaves a hundredth, so that transfers end") {
  const Topology topology = one_link();
  PortLoads loads(topology);
  loads.close_second(0, Bytes{5'000'000}, 0, true);
  CHECK(loads.share(0, 1) == BitRate{80'000});
}

TEST_CASE("background takes its part first, in its own directions") {
  BackgroundSpec background;
  background.rate = BitRate{4'000'000};
  background.direction = BackgroundDirection::forward;
  const Topology topology = one_link(background);
  PortLoads loads(topology);
  CHECK(loads.line(0, 0) == BitRate{4'000'000});
  CHECK(loads.line(1, 0) == BitRate{8'000'000});
  loads.close_second(0, Bytes{300'000}, 0, true);
  CHECK(loads.share(0, 1) == BitRate{1'600'000});
  loads.close_second(0, Bytes{700'000}, 1, true);
  CHECK(loads.queue(0, 2) == 400ms);  // 200,000 bytes at 500,000 a second
  loads.finish();
  const assembly::PortFigures& port = loads.figures(0);
  CHECK(port.own.total() == 800'000);
  REQUIRE(port.all);
  CHECK(port.all->total() == 1'800'000);
  CHECK(port.utilisation.min() == 8'000);
  CHECK_FALSE(loads.figures(1).all);
}

TEST_CASE("background follows the time of day") {
  BackgroundSpec background;
  background.rate = BitRate{4'000'000};
  background.curve = Curve::diurnal();
  background.utc_offset = 20h;  // at the evening's peak, 1.55; an hour later 1.52
  const Topology topology = one_link(background);
  const PortLoads loads(topology);
  CHECK(loads.line(0, 0).count() == Approx(8e6 - 4e6 * 1.55).epsilon(1e-4));
  CHECK(loads.line(0, 1800).count() == Approx(8e6 - 4e6 * 1.535).epsilon(1e-4));
}

TEST_CASE("background above the capacity leaves a hundredth of it") {
  BackgroundSpec background;
  background.rate = BitRate{7'900'000};
  background.curve = *parse<Curve>("points:0s=3").value;
  const Topology topology = one_link(background);
  CHECK(PortLoads(topology).line(0, 0) == BitRate{80'000});
}

TEST_CASE("a port that is degraded carries a part, of whole seconds, and several parts multiply") {
  const Topology topology = one_link(std::nullopt);
  PortLoads loads(topology);
  loads.degrade(0, 10s, 20s, 0.5);
  loads.degrade(0, 14'600ms, Duration::max(), 0.25);
  CHECK(loads.line(0, 9) == BitRate{8'000'000});
  CHECK(loads.line(0, 10) == BitRate{4'000'000});
  CHECK(loads.line(0, 14) == BitRate{4'000'000});  // its middle is before
  CHECK(loads.line(0, 15) == BitRate{1'000'000});
  CHECK(loads.line(0, 20) == BitRate{2'000'000});
  CHECK(loads.line(1, 15) == BitRate{8'000'000});  // the other direction
}

}  // namespace port_loads_test
