// D'Hondt's method, by hand.
#include <cdnsim/world/apportion.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::world {
namespace apportion_test {

using Shares = std::vector<std::uint32_t>;

TEST_CASE("seats go by the largest quotient") {
  // The textbook's 8 seats for 100, 80, 30 and 20: quotients 100, 80, 50, 40, 33.3, 30, 26.7, 25.
  CHECK(apportion(8, {100, 80, 30, 20}, {0, 0, 0, 0}, 100) == Shares{4, 3, 1, 0});
}

TEST_CASE("who has some already waits for its turn, and nobody gets too many") {
  // One each is given; then 100/2 = 50 beats 30/2; then 100/3 = 33.3.
  CHECK(apportion(4, {100, 30}, {1, 1}, 100) == Shares{3, 1});
  CHECK(apportion(4, {100, 30}, {1, 1}, 2) == Shares{2, 2});
  CHECK(apportion(9, {100, 30}, {1, 1}, 2) == Shares{2, 2});  // everybody is full
  CHECK(apportion(0, {100, 30}, {1, 1}, 2) == Shares{1, 1});
}

TEST_CASE("a tie goes to the first, and nothing to who weighs nothing") {
  CHECK(apportion(3, {5, 5, 0}, {0, 0, 0}, 100) == Shares{2, 1, 0});
}

}  // namespace apportion_test

}  // namespace cdnsim::world
