#include <vector>

#include <Random123/philox.h>

#include <cdnsim/base/draws.hpp>
#include <tests/support/catch.hpp>

#include "statistics.hpp"

using namespace cdnsim;

TEST_CASE("draws are Random123's known answers for philox4x32-10") {
  struct Answer {
    Counter counter;
    std::uint64_t key;
    std::array<std::uint32_t, 4> words;
  };
  const std::array answers = {Answer{{}, 0, {0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8}},
                              Answer{{0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff},
                                     0xffffffffffffffff,
                                     {0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd}},
                              Answer{{0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344},
                                     0x299f31d0a4093822,
                                     {0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1}}};
  for (const Answer& answer : answers) {
    CHECK(draw(DrawKey{answer.key}, answer.counter).words == answer.words);
  }
}

TEST_CASE("draws are what Random123 computes") {
  std::uint64_t x = 1;
  const auto next = [&] { return x = mix64(x + 0x9e3779b97f4a7c15); };
  for (int i = 0; i < 10000; ++i) {
    const std::uint64_t key = next(), low = next(), high = next();
    const Counter counter{static_cast<std::uint32_t>(low), static_cast<std::uint32_t>(low >> 32),
                          static_cast<std::uint32_t>(high), static_cast<std::uint32_t>(high >> 32)};
    const r123::Philox4x32::ctr_type theirs = r123::Philox4x32{}(
        {{counter.a, counter.b, counter.c, counter.d}},
        {{static_cast<std::uint32_t>(key), static_cast<std::uint32_t>(key >> 32)}});
    REQUIRE(draw(DrawKey{key}, counter).words ==
            std::array<std::uint32_t, 4>{theirs[0], theirs[1], theirs[2], theirs[3]});
  }
}

TEST_CASE("a batch draws the same blocks one after the other") {
  const DrawKey key = draw_key(7, {"batch"});
  for (const std::size_t size : {0u, 1u, 7u, 8u, 64u, 100u}) {
    std::vector<DrawBlock> blocks(size);
    draw_batch(key, {40, 2, 3, 4}, blocks);
    for (std::uint32_t i = 0; i < size; ++i) {
      CHECK(blocks[i] == draw(key, {40 + i, 2, 3, 4}));
    }
  }
}

TEST_CASE("a key depends on the seed, on each name and on their order") {
  const DrawKey key = draw_key(1, {"traffic", "base"});
  CHECK(key == draw_key(1, {"traffic", "base"}));
  CHECK_FALSE(key == draw_key(2, {"traffic", "base"}));
  CHECK_FALSE(key == draw_key(1, {"base", "traffic"}));
  CHECK_FALSE(key == draw_key(1, {"traffic"}));
  CHECK_FALSE(key == draw_key(1, {"trafficbase"}));
  CHECK_FALSE(key == draw_key(1, {"traffic", "base", ""}));
  CHECK_FALSE(draw_key(1, {}) == draw_key(0, {}));
}

TEST_CASE("a stream gives both halves of the blocks of d, d + 1, ...") {
  const DrawKey key = draw_key(3, {"stream"});
  DrawStream stream(key, {1, 2, 3, 100});
  for (std::uint32_t i = 0; i < 5; ++i) {
    const DrawBlock block = draw(key, {1, 2, 3, 100 + i});
    CHECK(stream.next() == block.low64());
    CHECK(stream() == block.high64());
  }
}

TEST_CASE("words join lowest first") {
  const DrawBlock block{{1, 2, 3, 4}};
  CHECK(block.low64() == 0x0000000200000001);
  CHECK(block.high64() == 0x0000000400000003);
}

TEST_CASE("unit covers [0, 1) and unit_open (0, 1)") {
  const std::uint64_t all = ~std::uint64_t{0};
  CHECK(unit(0) == 0.0);
  CHECK(unit(all) == 1.0 - 0x1p-53);
  CHECK(unit_open(0) == 0x1p-53);
  CHECK(unit_open(all) == 1.0 - 0x1p-53);
  for (const std::uint64_t bits : {std::uint64_t{0}, all / 3, all / 2, all - 5}) {
    CHECK(unit_open(bits) + unit_open(~bits) == 1.0);
  }
}

TEST_CASE("units are uniform") {
  DrawStream stream = test::draws_for("uniform");
  constexpr int kDraws = 200'000, kClasses = 1000;
  std::vector<double> counted(kClasses), expected(kClasses, kDraws / double{kClasses});
  for (int i = 0; i < kDraws; ++i) {
    counted[static_cast<std::size_t>(unit(stream.next()) * kClasses)] += 1;
  }
  CHECK(test::chi_square_excess(expected, counted) < 4);
  CHECK(test::chi_square_excess(expected, counted) > -4);
}
