// Jump hashing: its buckets, and what moves when servers fail, come, go and are renumbered.

#include <cmath>
#include <vector>

#include <cdnsim/data_path/jump_hash.hpp>
#include <tests/support/rapidcheck.hpp>
#include <tests/support/servers.hpp>

namespace jump_hash_test {

using namespace cdnsim;
using test::owned;
using test::servers;

constexpr std::uint64_t kKeys = 400'000;

// Five standard errors of a share of kKeys independent keys.
double margin(double share) { return 5 * std::sqrt(share * (1 - share) / kKeys); }

// The hash whose first draw is `draw` of 2^31.
std::uint64_t hash_that_draws(std::uint64_t draw) {
  constexpr std::uint64_t kStep = 2862933555777941757ULL;
  std::uint64_t inverse = kStep;  // mod 2^64, by Newton: each step doubles the bits that are right
  for (int i = 0; i < 6; ++i) inverse *= 2 - kStep * inverse;
  return ((draw << 33) - 1) * inverse;
}

// The share of keys whose member has another name in `after`.
double moved(const std::vector<RingMember>& before, const std::vector<RingMember>& after) {
  const JumpHash a(before), b(after);
  double count = 0;
  for (std::uint64_t key = 0; key < kKeys; ++key) {
    if (before[a.owner(key)].name != after[b.owner(key)].name) ++count;
  }
  return count / kKeys;
}

TEST_CASE("buckets are those of other implementations of the paper") {
  CHECK(jump_bucket(1, 1) == 0);
  CHECK(jump_bucket(42, 57) == 43);
  CHECK(jump_bucket(0xDEAD10CC, 1) == 0);
  CHECK(jump_bucket(0xDEAD10CC, 666) == 361);
  CHECK(jump_bucket(256, 1024) == 520);
}

TEST_CASE("a key jumps to bucket (b + 1) / u, worked by hand") {
  // Hash 0 draws 1 of 2^31 (its next state is 1): the first jump is to 2^31, beyond any bucket.
  CHECK(jump_bucket(0, 1'000'000'000) == 0);
  // A draw of one half: from 0 to 1 / 0.5 = 2.
  const std::uint64_t half = hash_that_draws((1u << 30) - 1);
  CHECK(jump_bucket(half, 2) == 0);
  CHECK(jump_bucket(half, 3) == 2);
  // A draw of all: from 0 to 1.
  const std::uint64_t all = hash_that_draws((1ULL << 31) - 1);
  CHECK(jump_bucket(all, 1) == 0);
  CHECK(jump_bucket(all, 2) == 1);
}

TEST_CASE("with one bucket more, keys move to it or not at all") {
  rc::prop("for any hash and number of buckets", [](std::uint64_t hash) {
    const auto buckets = *rc::gen::inRange<std::uint32_t>(1, 5000);
    const std::uint32_t before = jump_bucket(hash, buckets);
    const std::uint32_t after = jump_bucket(hash, buckets + 1);
    RC_ASSERT(before < buckets);
    RC_ASSERT(after == before || after == buckets);
  });
}

TEST_CASE("removing the last of n moves 1/n, and only its keys") {
  CHECK(moved(servers(10), servers(9)) == Approx(0.1).margin(margin(0.1)));
}

TEST_CASE("removing the first renumbers the others, and nearly all keys move") {
  // A key stays only if it was in the last of n buckets and now is in the last of n - 1, which is
  // the same server under a smaller number.
  std::vector<RingMember> after = servers(10);
  after.erase(after.begin());
  const double stays = 1.0 / (10 * 9);
  CHECK(moved(servers(10), after) == Approx(1 - stays).margin(margin(stays)));
}

TEST_CASE("giving the last one the number of the removed one moves nearly 2/n") {
  // The removed one's keys, and of the last one's those that do not come back to it.
  std::vector<RingMember> after = servers(10);
  after[3] = after.back();
  after.pop_back();
  const double expected = 0.1 + 0.1 * (1 - 1.0 / 9);
  CHECK(moved(servers(10), after) == Approx(expected).margin(margin(expected)));
}

TEST_CASE("the keys of one that is down spread evenly over the others") {
  JumpHash jump(servers(10));
  const JumpHash whole = jump;
  jump.set_down(2, true);
  std::vector<double> got(10, 0);
  for (std::uint64_t key = 0; key < kKeys; ++key) {
    if (whole.owner(key) == 2) got[jump.owner(key)] += 1.0 / kKeys;
  }
  for (std::uint32_t m = 0; m < 10; ++m) {
    const double expected = m == 2 ? 0 : 0.1 / 9;
    CHECK(got[m] == Approx(expected).margin(margin(expected)));
  }
}

TEST_CASE("when nearly all are down, the few share all keys, by weight") {
  // Of 2000 buckets five are up, so most keys use up their attempts.
  std::vector<RingMember> members = servers(1998);
  members[70].weight = 3;
  JumpHash jump(members);
  for (std::uint32_t m = 0; m < 1998; ++m) jump.set_down(m, m != 5 && m != 70 && m != 900);
  std::vector<double> share(1998, 0);
  for (std::uint64_t key = 0; key < 20'000; ++key) share[jump.owner(key)] += 1.0 / 20'000;
  const double error = 5 * std::sqrt(0.24 / 20'000);
  CHECK(share[5] == Approx(0.2).margin(error));
  CHECK(share[70] == Approx(0.6).margin(error));
  CHECK(share[900] == Approx(0.2).margin(error));
}

TEST_CASE("jump hashing without a bucket is our mistake") {
  CHECK_THROWS_AS(JumpHash(std::vector<RingMember>{}), InternalError);
  CHECK_THROWS_AS(JumpHash(std::vector<RingMember>{{"a", 0}}), InternalError);
}

}  // namespace jump_hash_test
