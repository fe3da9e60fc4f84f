// One bit an object, by class: seen before or not.

#include <cdnsim/models/node/seen_objects.hpp>
#include <tests/support/catch.hpp>

using cdnsim::SeenObjects;

TEST_CASE("an object is new once, in its own class") {
  SeenObjects seen(2);
  CHECK_FALSE(seen.test_and_set(0, 5));
  CHECK(seen.test_and_set(0, 5));
  CHECK_FALSE(seen.test_and_set(1, 5));
  CHECK_FALSE(seen.test_and_set(0, 6));
  CHECK(seen.test_and_set(0, 5));
}

TEST_CASE("objects at the edges of words and pages are told apart") {
  SeenObjects seen(1);
  const std::uint32_t page = 1u << 15;
  for (const std::uint32_t object :
       {0u, 63u, 64u, page - 1, page, page + 63, 7 * page, 3'999'999'999u}) {
    INFO(object);
    CHECK_FALSE(seen.test_and_set(0, object));
    CHECK(seen.test_and_set(0, object));
  }
}
