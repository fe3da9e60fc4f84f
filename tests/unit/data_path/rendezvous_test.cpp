// Rendezvous hashing, against its definition.

#include <algorithm>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/data_path/rendezvous.hpp>
#include <tests/support/rapidcheck.hpp>
#include <tests/support/servers.hpp>

namespace rendezvous_test {

using namespace cdnsim;
using test::servers_of_weights;

// A member's draw for a key, from 0 to 1.
double draw(const RingMember& member, std::uint64_t key) {
  return (static_cast<double>(hash64(key, hash_name(member.name)) >> 11) + 0.5) * 0x1p-53;
}

// The definition in its other form: the highest u^(1/w), of those that are up.
std::uint32_t highest_power(const std::vector<RingMember>& members, const std::vector<bool>& down,
                            std::uint64_t key) {
  std::uint32_t found = kNobody;
  double most = -1;
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    if (down[m] || members[m].weight == 0) continue;
    const double power = math::pow(draw(members[m], key), 1.0 / members[m].weight);
    if (power <= most) continue;
    most = power;
    found = m;
  }
  return found;
}

TEST_CASE("a key belongs to the member with the highest u^(1/weight)") {
  rc::prop("of those that are up", [] {
    const auto weights =
        *rc::gen::container<std::vector<std::uint32_t>>(12, rc::gen::inRange<std::uint32_t>(0, 4));
    std::vector<RingMember> members = servers_of_weights(weights);
    members[0].weight = 2;
    Rendezvous rendezvous(members);
    std::vector<bool> down(members.size());
    for (std::uint32_t m = 0; m < members.size(); ++m) {
      down[m] = *rc::gen::inRange(0, 3) == 0;
      rendezvous.set_down(m, down[m]);
    }
    for (std::uint64_t key = 0; key < 200; ++key) {
      RC_ASSERT(rendezvous.owner(key) == highest_power(members, down, key));
    }
  });
}

TEST_CASE("equal weights are like none: the highest hash has the key") {
  const std::vector<RingMember> ones = servers_of_weights({1, 1, 1, 1, 1});
  const Rendezvous of_ones(ones), of_threes(servers_of_weights({3, 3, 3, 3, 3}));
  for (std::uint64_t key = 0; key < 1000; ++key) {
    const auto best = std::max_element(ones.begin(), ones.end(), [&](const auto& a, const auto& b) {
      return hash64(key, hash_name(a.name)) < hash64(key, hash_name(b.name));
    });
    REQUIRE(of_ones.owner(key) == static_cast<std::uint32_t>(best - ones.begin()));
    REQUIRE(of_threes.owner(key) == of_ones.owner(key));
  }
}

TEST_CASE("a rendezvous of nobody is our mistake") {
  CHECK_THROWS_AS(Rendezvous(std::vector<RingMember>{}), InternalError);
  CHECK_THROWS_AS(Rendezvous(servers_of_weights({0, 0})), InternalError);
}

}  // namespace rendezvous_test
