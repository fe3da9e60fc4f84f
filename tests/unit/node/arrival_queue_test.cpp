// The arrivals of the cells that a PoP holds, slot by slot, in the order of time.

#include <algorithm>
#include <vector>

#include <cdnsim/models/node/arrival_queue.hpp>
#include <tests/support/catch.hpp>

namespace arrival_queue_test {

using namespace cdnsim;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

struct Bench {
  explicit Bench(double per_second, const char* curve = "constant") {
    ContentSpec spec;
    spec.objects = 100;
    spec.origin = "origin";
    Steady steady;
    steady.rate = Rate{per_second};
    steady.mix["pages"] = 1;
    steady.curve = *parse_curve(curve).value;
    traffic["base"] = steady;
    catalogue = std::make_unique<Catalogue>(3, std::map<std::string, ContentSpec>{{"pages", spec}},
                                            traffic);
    const auto audience = [](const char* network) {
      return AudienceInfo{Audience{network, "region", 0.5, 0h}, 2, 0.1};
    };
    demand = std::make_unique<Demand>(
        3, 100ms, traffic, std::vector<AudienceInfo>{audience("isp-a"), audience("isp-b")},
        *catalogue);
  }
  std::map<std::string, WorkloadSpec> traffic;
  std::unique_ptr<Catalogue> catalogue;
  std::unique_ptr<Demand> demand;
};

// (time, label, object) of everything that comes out until the end.
using Events = std::vector<std::tuple<std::int64_t, int, std::uint32_t>>;
Events drain(ArrivalQueue& queue, SimTime end) {
  Events events;
  while (queue.next_at() < end) {
    if (queue.needs_refill()) {
      queue.refill();
      continue;
    }
    const Arrival& arrival = queue.batch()[queue.position()];
    CHECK(queue.next_at() == arrival.at());
    events.emplace_back(arrival.at_ns, arrival.cell, arrival.object);
    queue.advance_to(queue.position() + 1);
  }
  return events;
}

TEST_CASE("every arrival of the held cells comes once, in the order of time") {
  const Bench bench(5000);
  const std::vector<HeldCell> held = {{1, 1}, {0, 0}, {1, 0}};
  ArrivalQueue queue(*bench.demand, held, at(2s));
  const Events events = drain(queue, at(2s));
  CHECK(std::is_sorted(events.begin(), events.end(), [](const auto& a, const auto& b) {
    return std::get<0>(a) < std::get<0>(b);
  }));
  Events expected;
  for (std::int64_t slot = 0; slot < 20; ++slot) {
    for (std::uint16_t label = 0; label < held.size(); ++label) {
      std::vector<Arrival> drawn;
      const LabelledCell cell{held[label].cell, label};
      bench.demand->append_arrivals(held[label].audience, {&cell, 1}, slot, drawn);
      for (const Arrival& a : drawn) expected.emplace_back(a.at_ns, a.cell, a.object);
    }
  }
  REQUIRE(expected.size() > 7000);
  Events sorted = events;
  std::sort(sorted.begin(), sorted.end());
  std::sort(expected.begin(), expected.end());
  CHECK(sorted == expected);
}

TEST_CASE("a slot without arrivals is passed over, and the last one ends the queue") {
  const Bench bench(5000, "points:1s=0,1100ms=1");  // nothing until 1.1 s
  ArrivalQueue queue(*bench.demand, {{0, 0}}, at(1500ms));
  CHECK(queue.next_at() == at(0s));
  while (queue.needs_refill() && queue.next_at() < at(1s)) queue.refill();
  CHECK(queue.next_at() == at(1s));
  drain(queue, SimTime::max());
  CHECK(queue.next_at() == SimTime::max());
}

TEST_CASE("a PoP that holds no cells has nothing to do") {
  const Bench bench(5000);
  const ArrivalQueue queue(*bench.demand, {}, at(2s));
  CHECK(queue.next_at() == SimTime::max());
}

}  // namespace arrival_queue_test
