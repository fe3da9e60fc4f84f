// Two bits an object, by class: what came of asking for it.

#include <cdnsim/models/node/seen_objects.hpp>
#include <tests/support/catch.hpp>

using cdnsim::SeenObjects;
using State = SeenObjects::State;

TEST_CASE("an object is in the state that it was last given, in its own class") {
  SeenObjects seen(2);
  CHECK(seen.exchange(0, 5, State::asked_for) == State::never);
  CHECK(seen.exchange(0, 5, State::stored) == State::asked_for);
  CHECK(seen.exchange(1, 5, State::asked_for) == State::never);
  CHECK(seen.exchange(0, 6, State::refused) == State::never);
  CHECK(seen.exchange(0, 5, State::asked_for) == State::stored);
  CHECK(seen.exchange(0, 6, State::asked_for) == State::refused);
  CHECK(seen.exchange(0, 4, State::asked_for) == State::never);
}

TEST_CASE("objects at the edges of words and pages are told apart") {
  SeenObjects seen(1);
  const std::uint32_t page = 1u << 14;
  for (const std::uint32_t object :
       {0u, 31u, 32u, 63u, 64u, page - 1, page, page + 31, 7 * page, 3'999'999'999u}) {
    INFO(object);
    CHECK(seen.exchange(0, object, State::refused) == State::never);
    CHECK(seen.exchange(0, object, State::asked_for) == State::refused);
  }
}
