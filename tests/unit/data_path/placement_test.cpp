// A placement chosen by its text, and what a person is told when the text is wrong.

#include <algorithm>
#include <string>
#include <type_traits>
#include <vector>

#include <cdnsim/data_path/placement.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/servers.hpp>

namespace placement_test {

using namespace cdnsim;
using test::servers;
using test::servers_of_weights;

Parsed<Placement> placement(const std::string& text, const std::vector<RingMember>& members) {
  return make_placement(*parse<PolicyText>(text).value, members);
}

std::string problem_with(const std::string& text) {
  return placement_problem(*parse<PolicyText>(text).value);
}

// The same owners for many keys.
template <class Family>
bool same(const Placement& chosen, const Family& family) {
  for (std::uint64_t key = 0; key < 2000; ++key) {
    if (std::get<Family>(chosen).owner(key) != family.owner(key)) return false;
  }
  return true;
}

template <class... Families>
constexpr bool are_families(std::type_identity<std::variant<Families...>>) {
  return (PlacementFamily<Families> && ...);
}
static_assert(are_families(std::type_identity<Placement>{}));

TEST_CASE("the text names the family and its parameters") {
  const std::vector<RingMember> members = servers_of_weights({1, 2, 0, 1});
  CHECK(same(*placement("ring", members).value, HashRing(members, 160)));
  CHECK(same(*placement("ring:nodes=3", members).value, HashRing(members, 3)));
  CHECK(same(*placement("jump", members).value, JumpHash(members)));
  CHECK(same(*placement("rendezvous", members).value, Rendezvous(members)));
  CHECK(same(*placement("maglev", members).value, Maglev(members, 65'537)));
  CHECK(same(*placement("maglev:table=101", members).value, Maglev(members, 101)));
  CHECK(same(*placement("bounded:nodes=4,c=2", members).value, BoundedRing(members, 4, 2)));
}

TEST_CASE("the bound of a bounded ring is what its text says") {
  // One hot key, 8 keys foreseen, 4 members: ceil(c * 2) stay at home.
  const auto stay = [](const std::string& text) {
    Placement chosen = *placement(text, servers(4)).value;
    start_window(chosen, 8);
    BoundedRing& ring = std::get<BoundedRing>(chosen);
    const std::uint32_t home = ring.owner(1);
    for (int i = 0; i < 8; ++i) assign(ring, 1);
    return ring.load(home);
  };
  CHECK(stay("bounded") == 3);
  CHECK(stay("bounded:c=1") == 2);
  CHECK(stay("bounded:c=2.6") == 6);
}

TEST_CASE("a wrong text says what is wrong and what may be written") {
  for (const std::string_view name : placement_names())
    CHECK(problem_with(std::string(name)) == "");
  CHECK(problem_with("rign") ==
        "unknown placement \"rign\"; did you mean \"ring\"? known: bounded, jump, maglev, "
        "rendezvous, ring");
  CHECK(problem_with("jump:nodes=3") == "policy \"jump\" has no parameters");
  CHECK(problem_with("ring:nodes=0") == "policy \"ring\": nodes is 0; it may be from 1 to 100000");
  CHECK(problem_with("bounded:c=0.5") == "policy \"bounded\": c is 0.5; it may be from 1 to 1000");
  CHECK(problem_with("maglev:table=65536") ==
        "policy \"maglev\": table is 65536, but must be prime; the next one is 65537");
  CHECK(problem_with("maglev:table=16777259") == "");  // the largest that may be written
}

TEST_CASE("what does not fit the servers is told, too") {
  CHECK(placement("ring", {}).problem ==
        "no server takes keys; write at least one with a weight of 1 or more");
  CHECK(placement("maglev:table=7", servers(8)).problem ==
        "policy \"maglev\": table is 7, but the servers' weights add up to 8; write a prime a "
        "hundred times as large as that, or smaller weights");
  CHECK(placement("ring:nodes=100k", servers_of_weights({20'000})).problem ==
        "policy \"ring\": the ring would have more than 1073741823 points; write fewer nodes, or "
        "smaller weights");
  CHECK(placement("jump", servers_of_weights({1u << 31})).problem ==
        "policy \"jump\": the weights add up to 2^31 or more; write smaller ones");
  CHECK_FALSE(placement("jump", {}).value);
}

TEST_CASE("copies of a placement share what is large and fail apart") {
  const Placement one = *placement("ring", servers(4)).value;
  Placement other = one;
  std::get<HashRing>(other).set_down(0, true);
  CHECK(&std::get<HashRing>(one).shape() == &std::get<HashRing>(other).shape());
  CHECK_FALSE(std::get<HashRing>(one).is_down(0));
}

TEST_CASE("the replicas of a bounded ring begin where the key goes now") {
  // One point each, so the ring's order is the order of replicas; a full home comes second.
  BoundedRing ring(servers(4), 1, 1.0);
  std::vector<std::uint32_t> order(4), now(4);
  REQUIRE(replicas(ring, 7, order) == 4);
  ring.assign(7);
  REQUIRE(replicas(ring, 7, now) == 4);
  CHECK(now == std::vector<std::uint32_t>{order[1], order[0], order[2], order[3]});
}

TEST_CASE("more replicas than there may be are our mistake") {
  CHECK_THROWS_AS(replica(JumpHash(servers(3)), 1, kMostReplicas), InternalError);
}

}  // namespace placement_test
