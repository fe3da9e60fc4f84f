// The frequency sketch counts as few as a count-min sketch may, and forgets by halves.

#include <algorithm>
#include <cstdint>
#include <map>
#include <vector>

#include <cdnsim/data_path/frequency_sketch.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/rapidcheck.hpp>

using namespace cdnsim;

namespace frequency_sketch_test {

void add(FrequencySketch& sketch, std::uint64_t key, int times) {
  for (int i = 0; i < times; ++i) sketch.add(key);
}

TEST_CASE("a frequency sketch never counts too few before its first halving") {
  rc::prop("whatever it is told, and however often it grows", [] {
    const auto keys = *rc::gen::scale(
        8, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 40)));
    FrequencySketch sketch(1 + keys.size() / 8);
    std::map<std::uint64_t, std::uint32_t> times;
    for (const std::uint64_t key : keys) {
      sketch.add(key);
      ++times[key];
      if (key == 0) sketch.grow(2 * sketch.entries());
      for (const auto& [known, n] : times) {
        RC_ASSERT(sketch.count(known) >= std::min(n, FrequencySketch::kMost));
      }
    }
  });
}

TEST_CASE("a frequency sketch that was told nothing else counts exactly, up to 15") {
  FrequencySketch sketch(1000);
  for (std::uint32_t n = 1; n <= 20; ++n) {
    sketch.add(77);
    CHECK(sketch.count(77) == std::min(n, 15U));
  }
  CHECK(FrequencySketch(1000).count(77) == 0);
}

// As many keys as it is made for, once each: Poisson(8) of them in each line. A stranger counts 1
// if in each of the four rows one of his line's K keys has his counter of 32:
//   E (1 - (31/32)^K)^4 = sum over j of (-1)^j C(4, j) exp(-8 (1 - (31/32)^j)) = 0.0037
// so 370 of 100,000 strangers are expected, some 20 more or less.
TEST_CASE("a frequency sketch takes few strangers for acquaintances") {
  FrequencySketch sketch(40'000);
  for (std::uint64_t key = 0; key < 40'000; ++key) sketch.add(key);
  int known = 0;
  for (std::uint64_t key = 1'000'000; key < 1'100'000; ++key) known += sketch.count(key) > 0;
  CHECK(known > 290);
  CHECK(known < 450);
}

TEST_CASE("a frequency sketch halves its counts when it was told ten times its entries") {
  FrequencySketch sketch(8);  // 80 requests
  add(sketch, 1, 9);
  add(sketch, 2, 70);
  REQUIRE(sketch.count(1) == 9);
  REQUIRE(sketch.count(2) == 15);
  add(sketch, 2, 1);
  CHECK(sketch.count(1) == 4);
  CHECK(sketch.count(2) == 7);
  AND_THEN("again when it was told half as many more") {
    add(sketch, 2, 39);
    REQUIRE(sketch.count(1) == 4);
    add(sketch, 2, 1);
    CHECK(sketch.count(1) == 2);
    CHECK(sketch.count(2) == 7);
  }
}

TEST_CASE("a frequency sketch that grows keeps its counts, and what it was told") {
  FrequencySketch sketch(8);
  add(sketch, 1, 9);
  sketch.grow(15);
  CHECK(sketch.entries() == 16);
  CHECK(sketch.count(1) == 9);
  add(sketch, 2, 150);
  CHECK(sketch.count(1) == 9);
  add(sketch, 2, 1);  // 160 in all
  CHECK(sketch.count(1) == 4);
}

TEST_CASE("a frequency sketch that grew is as large as one made for as much") {
  for (const std::uint64_t entries : {1, 9, 100, 4096}) {
    FrequencySketch grown;
    grown.grow(entries);
    CHECK(grown.entries() >= entries);
    CHECK(grown.memory_bytes() == 8 * grown.entries());
    CHECK(FrequencySketch(grown.entries()).memory_bytes() == grown.memory_bytes());
  }
}

TEST_CASE("a copy of a frequency sketch counts by itself") {
  FrequencySketch sketch(100);
  add(sketch, 1, 3);
  FrequencySketch copy = sketch;
  add(copy, 1, 2);
  CHECK(sketch.count(1) == 3);
  CHECK(copy.count(1) == 5);
}

TEST_CASE("a frequency sketch made for no entries works all the same") {
  FrequencySketch sketch(0);
  add(sketch, 1, 9);
  CHECK(sketch.count(1) == 9);
  add(sketch, 1, 1);
  CHECK(sketch.count(1) == 10);
  CHECK(sketch.entries() == 8);  // a line
}

}  // namespace frequency_sketch_test
