// The ring: whom a key belongs to, how evenly, and what changes when members come, go or fail.

#include <algorithm>
#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/hash_ring.hpp>
#include <tests/support/rapidcheck.hpp>

namespace hash_ring_test {

using namespace cdnsim;

std::vector<RingMember> servers(std::uint32_t count, const std::string& prefix = "server-") {
  std::vector<RingMember> members;
  for (std::uint32_t i = 0; i < count; ++i) members.push_back({prefix + std::to_string(i), 1});
  return members;
}

// The ring as its definition has it: every point, searched from end to end.
std::uint32_t slow_owner(const std::vector<RingMember>& members, std::uint32_t virtual_nodes,
                         std::uint64_t key, const std::vector<bool>& down) {
  const std::uint64_t place = hash64(key);
  std::uint64_t nearest = ~0ULL;
  std::uint32_t owner = HashRing::kNobody;
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    for (std::uint64_t replica = 0; replica < virtual_nodes * members[m].weight; ++replica) {
      const std::uint64_t ahead = hash_combine(hash_name(members[m].name), replica) - place;
      if (down[m] || (ahead >= nearest && owner != HashRing::kNobody)) continue;
      nearest = ahead;
      owner = m;
    }
  }
  return owner;
}

TEST_CASE("a key belongs to the next point on the ring, or the next whose member is up") {
  rc::prop("as a search of all points finds it", [] {
    std::vector<RingMember> members = servers(*rc::gen::inRange<std::uint32_t>(1, 12));
    for (RingMember& member : members) member.weight = *rc::gen::inRange<std::uint32_t>(0, 4);
    members[0].weight = 1;
    const auto virtual_nodes = *rc::gen::inRange<std::uint32_t>(1, 20);
    HashRing ring(members, virtual_nodes);
    std::vector<bool> down(members.size(), false);
    for (std::uint32_t m = 0; m < members.size(); ++m) {
      down[m] = *rc::gen::inRange(0, 3) == 0;
      ring.set_down(m, down[m]);
    }
    for (std::uint64_t key = 0; key < 200; ++key) {
      RC_ASSERT(ring.owner(key) == slow_owner(members, virtual_nodes, key, down));
    }
  });
}

TEST_CASE("shares are those of the keys, and add up to all") {
  const HashRing ring(servers(10), 50);
  std::vector<double> hits(10, 0);
  constexpr std::uint64_t kKeys = 1'000'000;
  for (std::uint64_t key = 0; key < kKeys; ++key) hits[ring.owner(key)] += 1.0 / kKeys;
  double sum = 0;
  for (std::uint32_t m = 0; m < 10; ++m) {
    const double share = ring.shape().share_of(m);
    sum += share;
    CHECK(hits[m] == Approx(share).margin(5 * std::sqrt(share / kKeys)));  // 5 standard errors
  }
  CHECK(sum == Approx(1.0).epsilon(1e-12));
  CHECK(HashRing(servers(1), 3).shape().share_of(0) == 1.0);
}

TEST_CASE("the spread of shares is that of random points: cv = sqrt((n - 1) / (n V + 1))") {
  // Shares of n members with V points each are Dirichlet(V, ..., V). Over 200 rings the mean of
  // squared deviations is known to about 2 %, its root to 1 %.
  struct Case {
    std::uint32_t members, virtual_nodes;
  };
  for (const auto [n, v] : {Case{2, 100}, Case{10, 40}, Case{50, 160}}) {
    double squares = 0;
    for (int round = 0; round < 200; ++round) {
      const HashRing ring(servers(n, "ring " + std::to_string(round) + " server "), v);
      for (std::uint32_t m = 0; m < n; ++m) {
        const double off = ring.shape().share_of(m) * n - 1;
        squares += off * off / n / 200;
      }
    }
    INFO(n << " members, " << v << " virtual nodes");
    CHECK(std::sqrt(squares) == Approx(std::sqrt((n - 1.0) / (n * v + 1.0))).epsilon(0.06));
  }
}

TEST_CASE("a new member takes one in n + 1 of the keys, and only for itself") {
  constexpr std::uint32_t kServers = 20;
  constexpr std::uint64_t kKeys = 100'000;
  const HashRing before(servers(kServers), 200);
  const HashRing after(servers(kServers + 1), 200);
  std::uint64_t moved = 0;
  for (std::uint64_t key = 0; key < kKeys; ++key) {
    if (before.owner(key) == after.owner(key)) continue;
    REQUIRE(after.owner(key) == kServers);
    ++moved;
  }
  const double share = after.shape().share_of(kServers);
  CHECK(static_cast<double>(moved) / kKeys == Approx(share).margin(0.004));
  // The share of one member has a standard deviation of about 1 / (n sqrt(V)): 7 % of 1 / 21.
  CHECK(share == Approx(1.0 / (kServers + 1)).epsilon(0.2));
}

TEST_CASE("when a member is down its keys go on and no others do, until it is back") {
  HashRing ring(servers(8), 100);
  const HashRing whole = ring;
  ring.set_down(3, true);
  ring.set_down(3, true);  // to be told twice changes nothing
  CHECK(ring.is_down(3));
  for (std::uint64_t key = 0; key < 10'000; ++key) {
    if (whole.owner(key) == 3) {
      REQUIRE(ring.owner(key) != 3);
    } else {
      REQUIRE(ring.owner(key) == whole.owner(key));
    }
  }
  ring.set_down(3, false);
  for (std::uint64_t key = 0; key < 10'000; ++key) REQUIRE(ring.owner(key) == whole.owner(key));
}

TEST_CASE("when all are down nobody owns anything") {
  HashRing ring(servers(3), 10);
  for (std::uint32_t m = 0; m < 3; ++m) ring.set_down(m, true);
  CHECK(ring.owner(1) == HashRing::kNobody);
  ring.set_down(1, false);
  for (std::uint64_t key = 0; key < 100; ++key) CHECK(ring.owner(key) == 1);
}

TEST_CASE("the order in which members are listed does not matter") {
  std::vector<RingMember> members = servers(9);
  const HashRing forwards(members, 30);
  std::reverse(members.begin(), members.end());
  const HashRing backwards(members, 30);
  for (std::uint64_t key = 0; key < 1000; ++key) {
    CHECK(forwards.owner(key) == 8 - backwards.owner(key));
  }
}

TEST_CASE("a member of weight three owns three times as much") {
  std::vector<RingMember> members = servers(10);
  members[4].weight = 3;
  const HashRing ring(members, 1000);  // its share: 3 / 12, give or take 1 / sqrt(3000)
  CHECK(ring.shape().share_of(4) == Approx(0.25).epsilon(0.06));
}

TEST_CASE("rings of one shape share it and fail apart") {
  const auto shape = std::make_shared<const RingShape>(servers(4), 50);
  HashRing a(shape);
  const HashRing b(shape);
  a.set_down(0, true);
  CHECK(&a.shape() == &b.shape());
  CHECK_FALSE(b.is_down(0));
}

TEST_CASE("a ring without points is our mistake") {
  CHECK_THROWS_AS(HashRing(std::vector<RingMember>{}, 10), InternalError);
  CHECK_THROWS_AS(HashRing(servers(3), 0), InternalError);
}

}  // namespace hash_ring_test
