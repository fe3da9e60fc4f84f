#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/quantity.hpp>
#include <tests/support/rapidcheck.hpp>

using namespace cdnsim;

TEST_CASE("a draw depends on its own key and counter alone") {
  rc::prop("whatever is drawn before", [](std::uint64_t key, std::uint32_t a, std::uint32_t d) {
    const Counter counter{a, 1, 2, d};
    const DrawBlock alone = draw(DrawKey{key}, counter);
    DrawStream stream(DrawKey{key}, Counter{a, 1, 2, d - 3});
    for (int i = 0; i < 6; ++i) stream.next();
    RC_ASSERT(stream.next() == alone.low64());
    std::vector<DrawBlock> blocks(9);
    draw_batch(DrawKey{key}, Counter{a - 4, 1, 2, d}, blocks);
    RC_ASSERT(blocks[4] == alone);
  });
  rc::prop("and on all of them", [](std::uint64_t key, std::uint32_t a, std::uint32_t b) {
    const DrawBlock block = draw(DrawKey{key}, {a, b, 0, 0});
    RC_ASSERT(!(block == draw(DrawKey{key + 1}, {a, b, 0, 0})));
    RC_ASSERT(!(block == draw(DrawKey{key}, {a + 1, b, 0, 0})));
    RC_ASSERT(!(block == draw(DrawKey{key}, {a, b + 1, 0, 0})));
    RC_ASSERT(!(block == draw(DrawKey{key}, {a, b, 1, 0})));
    RC_ASSERT(!(block == draw(DrawKey{key}, {a, b, 0, 1})));
  });
}

TEST_CASE("a transfer's time is the least whole number that holds it") {
  rc::prop("in nanoseconds and picoseconds", [](std::uint32_t size, std::uint32_t rate) {
    RC_PRE(rate > 0u);
    const Int128 bits = static_cast<Int128>(size) * 8;
    const Int128 time = transfer_time(Bytes(size), BitRate(rate)).count();
    RC_ASSERT(time * rate >= bits * 1'000'000'000);
    RC_ASSERT((time - 1) * rate < bits * 1'000'000'000);
    const Int128 picoseconds = transfer_picoseconds(Bytes(size), BitRate(rate));
    if (picoseconds == std::numeric_limits<std::int64_t>::max()) return;
    RC_ASSERT(picoseconds * rate >= bits * 1'000'000'000'000);
    RC_ASSERT((picoseconds - 1) * rate < bits * 1'000'000'000'000);
  });
}
