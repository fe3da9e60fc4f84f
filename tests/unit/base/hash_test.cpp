#include <bit>
#include <set>
#include <string>

#include <cdnsim/base/hash.hpp>
#include <tests/support/catch.hpp>

#define XXH_INLINE_ALL
#include <xxhash.h>

using namespace cdnsim;

TEST_CASE("a name's hash is XXH64 of its bytes") {
  // The published values for seed 0.
  CHECK(hash_name("") == 0xef46db3751d8e999);
  CHECK(hash_name("a") == 0xd24ec4f1a98c6e5b);
  CHECK(hash_name("abc") == 0x44bc2cf5ad770999);
  CHECK(hash_name("Nobody inspects the spammish repetition") == 0xfbcea83c8a378bf1);
}

TEST_CASE("hash64 is XXH64 of the eight bytes, lowest first") {
  std::uint64_t x = 1, seed = 0;
  for (int i = 0; i < 10000; ++i) {
    std::string bytes;
    for (int byte = 0; byte < 8; ++byte) bytes += static_cast<char>(x >> (8 * byte));
    REQUIRE(hash64(x, seed) == XXH64(bytes.data(), bytes.size(), seed));
    x = x * 6364136223846793005ULL + 1442695040888963407ULL;
    seed = seed * 2862933555777941757ULL + 3037000493ULL;
  }
}

TEST_CASE("mix64 is the finaliser of splitmix64") {
  // The first outputs of splitmix64 from seed 0 (its state grows by the golden ratio).
  CHECK(mix64(0x9e3779b97f4a7c15) == 0xe220a8397b1dcdaf);
  CHECK(mix64(2 * 0x9e3779b97f4a7c15) == 0x6e789e6aa1b965f4);
  CHECK(mix64(3 * 0x9e3779b97f4a7c15) == 0x06c45d188009454f);
}

TEST_CASE("combining heeds the order and the place of each part") {
  CHECK(hash_combine(1, 2) != hash_combine(2, 1));
  CHECK(hash_combine(0, 0) != 0);
  CHECK(hash_combine(hash_combine(0, 1), 2) != hash_combine(hash_combine(0, 2), 1));
  std::set<std::uint64_t> seen;
  for (std::uint64_t a = 0; a < 300; ++a) {
    for (std::uint64_t b = 0; b < 300; ++b) seen.insert(hash_combine(a, b));
  }
  CHECK(seen.size() == 90'000);
}

TEST_CASE("each bit of either input flips about half of a combined hash") {
  for (int bit = 0; bit < 64; ++bit) {
    double first = 0, second = 0;
    for (std::uint64_t i = 0; i < 1000; ++i) {
      const std::uint64_t a = mix64(i + 1), b = mix64(~i), flip = std::uint64_t{1} << bit;
      first += std::popcount(hash_combine(a, b) ^ hash_combine(a ^ flip, b));
      second += std::popcount(hash_combine(a, b) ^ hash_combine(a, b ^ flip));
    }
    // 64000 fair bits: 4 standard errors of the mean of 1000 counts are 4 x 4 / sqrt(1000).
    CHECK(first / 1000 == Approx(32).margin(0.51));
    CHECK(second / 1000 == Approx(32).margin(0.51));
  }
}
