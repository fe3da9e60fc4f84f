// Cells that come and go between slots, and arrivals that are lost, at one arrival queue.

#include <map>
#include <tuple>
#include <vector>

#include <cdnsim/models/node/arrival_queue.hpp>
#include <tests/support/catch.hpp>

namespace cells_test {

using namespace cdnsim;

struct Bench {
  Bench() {
    ContentSpec spec;
    spec.objects = 100;
    spec.origin = "origin";
    Steady steady;
    steady.rate = Rate{400};
    steady.mix["pages"] = 1;
    traffic["base"] = steady;
    catalogue = std::make_unique<Catalogue>(3, std::map<std::string, ContentSpec>{{"pages", spec}},
                                            traffic);
    demand = std::make_unique<Demand>(
        3, 100ms, traffic,
        std::vector<AudienceInfo>{AudienceInfo{Audience{"isp", "region", 1.0, 0h}, 2, 0.1}},
        *catalogue);
  }
  std::map<std::string, WorkloadSpec> traffic;
  std::unique_ptr<Catalogue> catalogue;
  std::unique_ptr<Demand> demand;
};

using Seen = std::multimap<std::int64_t, std::uint64_t>;  // key by time

void take(const std::vector<Arrival>& arrivals, Seen& seen) {
  for (const Arrival& arrival : arrivals) seen.emplace(arrival.at_ns, arrival.key);
}

// Draws slots until none begins before `until`.
void play(ArrivalQueue& queue, SimTime until, Seen& seen, Seen& lost) {
  while (queue.next_at() < until) {
    queue.refill();
    take(queue.batch(), seen);
    take(queue.lost(), lost);
    queue.advance_to(queue.batch().size());
  }
}

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

TEST_CASE("a cell that moves has every arrival once, here or there") {
  const Bench bench;
  const std::vector<HeldCell> cells = {{0, 0}, {0, 1}};
  Seen all, here, there, lost;
  ArrivalQueue whole(*bench.demand, cells, at(10s));
  play(whole, at(10s), all, lost);

  ArrivalQueue one(*bench.demand, cells, at(10s));
  ArrivalQueue other(*bench.demand, {{0, 1}}, at(10s));
  other.hold(0, false, 0);
  CHECK(other.next_at() == SimTime::max());
  play(one, at(3s), here, lost);
  one.hold(1, false, 30);
  other.hold(0, true, 30);
  CHECK(other.next_at() == at(3s));
  play(other, at(7s), there, lost);
  play(one, at(7s), here, lost);
  other.hold(0, false, 70);
  one.hold(1, true, 70);
  play(one, at(10s), here, lost);
  CHECK(other.next_at() == SimTime::max());
  CHECK(lost.empty());
  CHECK(there.size() > 500);
  Seen both = here;
  both.insert(there.begin(), there.end());
  CHECK(both == all);
}

TEST_CASE("arrivals of a cell whose way is cut are told apart") {
  const Bench bench;
  Seen all, first, lost, none;
  ArrivalQueue whole(*bench.demand, {{0, 0}, {0, 1}}, at(2s));
  play(whole, at(2s), all, none);
  ArrivalQueue only(*bench.demand, {{0, 0}}, at(2s));
  play(only, at(2s), first, none);

  ArrivalQueue queue(*bench.demand, {{0, 0}, {0, 1}}, at(2s));
  queue.lose(1, true);
  Seen seen;
  play(queue, at(2s), seen, lost);
  CHECK(seen == first);
  CHECK(seen.size() + lost.size() == all.size());
  CHECK(none.empty());
}

}  // namespace cells_test
