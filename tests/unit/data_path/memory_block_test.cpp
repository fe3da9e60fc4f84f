// Arrays keep what they hold while they grow from a few bytes to many pages.

#include <cstdint>
#include <utility>

#include <cdnsim/data_path/slot.hpp>
#include <tests/support/catch.hpp>

namespace memory_block_test {

using namespace cdnsim;

TEST_CASE("an array keeps its elements while it grows, and starts at a cache line") {
  SlotArray<std::uint64_t> array;
  for (Slot last = 1; last < 2'000'000; last = last * 2 + 1) {
    const std::size_t before = array.size();
    array.reach(last);
    REQUIRE(array.size() == last + std::size_t{1});
    REQUIRE(reinterpret_cast<std::uintptr_t>(array.data()) % detail::kCacheLine == 0);
    for (Slot slot = static_cast<Slot>(before); slot <= last; ++slot) array[slot] = slot * 3ULL;
    for (Slot slot = 0; slot <= last; slot += 1 + last / 1000) REQUIRE(array[slot] == slot * 3ULL);
  }
}

TEST_CASE("an array is copied, moved and emptied") {
  SlotArray<std::uint64_t> array;
  for (const Slot last : {Slot{5}, Slot{500'000}}) {  // of malloc's memory, and of pages
    array.reach(last);
    array[last] = 7;
    SlotArray<std::uint64_t> copy = array;
    copy[last] = 8;
    CHECK(array[last] == 7);
    SlotArray<std::uint64_t> moved = std::move(copy);
    CHECK(moved[last] == 8);
    moved = array;
    CHECK(moved[last] == 7);
    moved.clear();
    CHECK(moved.size() == 0);
    moved.reach(3);
    CHECK(moved.size() == 4);
  }
}

}  // namespace memory_block_test
