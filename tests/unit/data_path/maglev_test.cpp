// Maglev's table: the paper's example, how even it is, weights, and what failures do to it.

#include <algorithm>
#include <cmath>
#include <vector>

#include <cdnsim/data_path/maglev.hpp>
#include <tests/support/rapidcheck.hpp>
#include <tests/support/servers.hpp>

namespace maglev_test {

using namespace cdnsim;
using test::servers;
using test::servers_of_weights;

std::vector<std::uint32_t> places_of(const Maglev& maglev) {
  std::vector<std::uint32_t> counts(maglev.members().size(), 0);
  for (const std::uint16_t member : maglev.table()) ++counts[member];
  return counts;
}

TEST_CASE("the paper's example: three members and seven places, then without the second") {
  const std::vector<MaglevFiller> fillers = {{3, 4, 1, 0}, {0, 2, 1, 1}, {3, 1, 1, 2}};
  CHECK(maglev_table(fillers, 7) == MaglevTable{1, 0, 1, 0, 2, 2, 0});
  const std::vector<MaglevFiller> without = {fillers[0], fillers[2]};
  CHECK(maglev_table(without, 7) == MaglevTable{0, 0, 0, 0, 2, 2, 2});
}

TEST_CASE("a member of half the weight has a turn in every other round, worked by hand") {
  // Round 1: A takes 0. Round 2: A takes 1, B wants 0, 1, and takes 2. Round 3: A wants 2, takes 3.
  // Round 4: A takes 4; the table is full.
  const std::vector<MaglevFiller> fillers = {{0, 1, 2, 7}, {0, 1, 1, 8}};
  CHECK(maglev_table(fillers, 5) == MaglevTable{7, 7, 8, 7, 7});
}

TEST_CASE("members of equal weight have the same number of places, give or take one") {
  for (const std::uint32_t count : {1u, 2u, 10u, 100u, 1000u}) {
    const std::vector<std::uint32_t> places = places_of(Maglev(servers(count), 65'537));
    CHECK(*std::min_element(places.begin(), places.end()) == 65'537 / count);
    CHECK(*std::max_element(places.begin(), places.end()) == (65'537 + count - 1) / count);
  }
}

TEST_CASE("places follow weights") {
  // After r whole rounds a member has had floor(r w / heaviest) turns, and the last round is cut
  // short: each is less than two places from its share.
  rc::prop("to two places", [] {
    std::vector<RingMember> members = servers_of_weights(
        *rc::gen::container<std::vector<std::uint32_t>>(8, rc::gen::inRange<std::uint32_t>(0, 9)));
    members[3].weight = 4;
    double sum = 0;
    for (const RingMember& member : members) sum += member.weight;
    const std::vector<std::uint32_t> places = places_of(Maglev(members, 1009));
    for (std::size_t m = 0; m < members.size(); ++m) {
      RC_ASSERT(std::abs(places[m] - 1009 * members[m].weight / sum) < 2);
    }
  });
}

TEST_CASE("the table without those that are down is that of the others alone") {
  Maglev maglev(servers(6), 251);
  maglev.set_down(5, true);
  maglev.set_down(4, true);
  const Maglev fewer(servers(4), 251);
  CHECK(std::ranges::equal(maglev.table(), fewer.table()));
}

TEST_CASE("members that are all up share one table, and it comes back") {
  const Maglev whole(servers(5), 251);
  Maglev copy = whole;
  CHECK(copy.table().data() == whole.table().data());
  copy.set_down(1, true);
  CHECK(copy.table().data() != whole.table().data());
  CHECK_FALSE(whole.is_down(1));
  copy.set_down(1, false);
  CHECK(copy.table().data() == whole.table().data());
}

TEST_CASE("the next prime is found") {
  CHECK(prime_from(0) == 2);
  CHECK(prime_from(7) == 7);
  CHECK(prime_from(65'536) == 65'537);
  CHECK(prime_from(655'372) == 655'373);
  CHECK(prime_from(1009 * 1009) == 1'018'091);  // no small divisor gives it away
}

TEST_CASE("a table that nobody or not everybody can fill is our mistake") {
  CHECK_THROWS_AS(Maglev(servers(3), 65'536), InternalError);
  CHECK_THROWS_AS(Maglev(std::vector<RingMember>{}, 7), InternalError);
}

}  // namespace maglev_test
