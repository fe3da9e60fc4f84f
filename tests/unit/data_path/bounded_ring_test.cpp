// Bounded loads: who takes what the next on the ring has no room for, and what is counted.

#include <algorithm>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/bounded_ring.hpp>
#include <tests/support/rapidcheck.hpp>
#include <tests/support/servers.hpp>

namespace bounded_ring_test {

using namespace cdnsim;
using test::servers;
using test::servers_of_weights;

struct SlowPoint {
  std::uint64_t at;
  std::uint32_t member;
};

// The definition with ceilings and a sorted list, for bounds of `hundredths` / 100 mean loads.
class SlowBounded {
 public:
  SlowBounded(const std::vector<RingMember>& members, std::uint32_t nodes, std::uint64_t hundredths)
      : members_(members), hundredths_(hundredths), loads(members.size()), down(members.size()) {
    for (std::uint32_t m = 0; m < members.size(); ++m) {
      for (std::uint64_t i = 0; i < std::uint64_t{nodes} * members[m].weight; ++i) {
        points_.push_back({hash_combine(hash_name(members[m].name), i), m});
      }
    }
    std::sort(points_.begin(), points_.end(),
              [](const SlowPoint& a, const SlowPoint& b) { return a.at < b.at; });
  }

  std::uint32_t assign(std::uint64_t key, std::uint64_t foreseen) {
    std::uint64_t load = 1, weight_up = 0;
    for (std::size_t m = 0; m < members_.size(); ++m) {
      load += loads[m];
      if (!down[m]) weight_up += members_[m].weight;
    }
    load = std::max(load, foreseen);
    auto after = std::lower_bound(points_.begin(), points_.end(), hash64(key),
                                  [](const SlowPoint& p, std::uint64_t at) { return p.at < at; });
    std::rotate(points_.begin(), after, points_.end());  // sorted again below
    std::uint32_t found = kNobody;
    for (const SlowPoint& point : points_) {
      const std::uint64_t weight = members_[point.member].weight;
      if (down[point.member]) continue;
      const std::uint64_t parts = hundredths_ * load * weight, per = 100 * weight_up;
      if (loads[point.member] >= (parts + per - 1) / per) continue;
      found = point.member;
      break;
    }
    std::sort(points_.begin(), points_.end(),
              [](const SlowPoint& a, const SlowPoint& b) { return a.at < b.at; });
    if (found != kNobody) ++loads[found];
    return found;
  }

 private:
  std::vector<RingMember> members_;
  std::vector<SlowPoint> points_;
  std::uint64_t hundredths_;

 public:
  std::vector<std::uint64_t> loads;
  std::vector<bool> down;
};

TEST_CASE("a key goes to the first on the ring that has room, as a slow model finds it") {
  rc::prop("for any weights, members down, bound and windows", [] {
    std::vector<RingMember> members = servers_of_weights(
        *rc::gen::container<std::vector<std::uint32_t>>(6, rc::gen::inRange<std::uint32_t>(0, 4)));
    members[2].weight = 1;
    const auto nodes = *rc::gen::inRange<std::uint32_t>(1, 6);
    const auto hundredths = *rc::gen::inRange<std::uint64_t>(100, 260);
    BoundedRing ring(members, nodes, static_cast<double>(hundredths) / 100);
    SlowBounded slow(members, nodes, hundredths);
    const std::uint64_t foreseen = *rc::gen::element<std::uint64_t>(0, 20, 300);
    ring.start_window(foreseen);
    for (std::uint64_t key = 0; key < 100; ++key) {
      if (*rc::gen::inRange(0, 10) == 0) {
        const auto m = *rc::gen::inRange<std::uint32_t>(0, 6);
        slow.down[m] = !slow.down[m];
        ring.set_down(m, slow.down[m]);
      }
      const std::uint32_t owner = ring.owner(key);
      RC_ASSERT(ring.assign(key) == owner);
      RC_ASSERT(slow.assign(key, foreseen) == owner);
    }
    for (std::uint32_t m = 0; m < 6; ++m) RC_ASSERT(ring.load(m) == slow.loads[m]);
  });
}

TEST_CASE("with c = 1 all loads are equal whenever they can be") {
  // With n k keys nobody may have more than k, so each has k.
  BoundedRing ring(servers(7), 1, 1.0);
  for (std::uint64_t key = 0; key < 7 * 50; ++key) {
    ring.assign(key);
    if ((key + 1) % 7 != 0) continue;
    for (std::uint32_t m = 0; m < 7; ++m) REQUIRE(ring.load(m) == (key + 1) / 7);
  }
}

TEST_CASE("a member of weight three has room for three times as much") {
  BoundedRing ring(servers_of_weights({1, 3, 0}), 5, 1.0);
  for (std::uint64_t key = 0; key < 400; ++key) ring.assign(key);
  CHECK(ring.load(0) == 100);
  CHECK(ring.load(1) == 300);
  CHECK(ring.load(2) == 0);
}

TEST_CASE("one hot key fills its members one after the other, worked by hand") {
  // c = 1.25, 4 members, 8 keys foreseen: ceil(1.25 * 8 / 4) = 3 each. All 8 keys are the same:
  // 3 stay, 3 go to the next, 2 to the one after that. A member has one point.
  BoundedRing ring(servers(4), 1, 1.25);
  ring.start_window(8);
  for (int i = 0; i < 8; ++i) ring.assign(99);
  std::vector<std::uint64_t> loads;
  for (std::uint32_t m = 0; m < 4; ++m) loads.push_back(ring.load(m));
  std::sort(loads.begin(), loads.end());
  CHECK(loads == std::vector<std::uint64_t>{0, 2, 3, 3});
  CHECK(ring.counters().assigned == 8);
  CHECK(ring.counters().spilled == 5);
  CHECK(ring.counters().probes == 3 * 1 + 3 * 2 + 2 * 3);
}

TEST_CASE("the bound grows with the load where none is foreseen, worked by hand") {
  // c = 1.5, 2 members, one hot key: bounds ceil(0.75 load) of 1, 2, 3, 3, 4, 5 for the 1st to 6th.
  // The home takes the first three, the 4th finds 3 of 3 and spills, the 5th and 6th fit.
  BoundedRing ring(servers(2), 1, 1.5);
  const std::uint32_t home = ring.owner(5);
  std::vector<bool> stayed;
  for (int i = 0; i < 6; ++i) stayed.push_back(ring.assign(5) == home);
  CHECK(stayed == std::vector<bool>{true, true, true, false, true, true});
}

TEST_CASE("a new window forgets the loads and not what was counted") {
  BoundedRing ring(servers(2), 1, 1.0);
  const std::uint32_t home = ring.owner(5);
  ring.assign(5);
  CHECK(ring.owner(5) != home);
  ring.start_window();
  CHECK(ring.owner(5) == home);
  CHECK(ring.load(home) == 0);
  CHECK(ring.counters().assigned == 1);
}

TEST_CASE("a member that is down is no probe and no spill") {
  BoundedRing ring(servers(3), 10, 1000);
  ring.set_down(0, true);
  for (std::uint64_t key = 0; key < 300; ++key) ring.assign(key);
  CHECK(ring.load(0) == 0);
  CHECK(ring.counters().probes == 300);
  CHECK(ring.counters().spilled == 0);
  ring.set_down(1, true);
  ring.set_down(2, true);
  CHECK(ring.assign(1) == kNobody);
  CHECK(ring.counters().assigned == 300);
}

TEST_CASE("a bound below the mean load is our mistake") {
  CHECK_THROWS_AS(BoundedRing(servers(3), 10, 0.99), InternalError);
}

}  // namespace bounded_ring_test
