// When an object that went viral has cooled down: by hand, report by report. An object is held on
// the list of hot objects until then.

#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/hot_list.hpp>
#include <cdnsim/data_path/viral_watch.hpp>
#include <tests/support/catch.hpp>

namespace cooling_test {

using namespace cdnsim;
using Keys = std::vector<std::uint64_t>;

// Growth of 100 % within four seconds; 10 a second are reported; it cools for three.
ViralWatch::Rules rules() { return {1s, 4s, 1.0, Rate{100}, 2, Ratio{0.5}, 1, Rate{10}, 3s}; }

std::size_t found(ViralWatch& watch, std::int64_t interval, std::uint64_t requests,
                  std::uint64_t key = 1) {
  if (requests > 0) watch.add({key, 7, interval, requests, 0, std::chrono::seconds(interval)});
  return watch.judge(interval).size();
}

TEST_CASE("what is asked for as much as when it was found stays, and cools for as long as it may") {
  ViralWatch watch(rules());
  REQUIRE(found(watch, 4, 30) == 1);  // against the floor's 10
  CHECK(watch.next_to_cool() == 4 + 3 + 1);
  // It grows no more from 9 on and has as many until 12, one fewer after that.
  for (std::int64_t i = 5; i <= 12; ++i) CHECK(found(watch, i, 30) == 0);
  CHECK(watch.next_to_cool() == 12 + 3 + 1);
  for (std::int64_t i = 13; i <= 15; ++i) {
    CHECK(found(watch, i, 29) == 0);
    CHECK(watch.cooled(i).empty());
  }
  found(watch, 16, 29);
  CHECK(watch.cooled(16) == Keys{1});
  CHECK_FALSE(watch.next_to_cool());
  found(watch, 17, 29);
  CHECK(watch.cooled(17).empty());
}

TEST_CASE("what nobody reports any more cools in an interval without reports") {
  ViralWatch watch(rules());
  REQUIRE(found(watch, 4, 30) == 1);
  CHECK_FALSE(watch.next_to_judge());
  CHECK(watch.next_to_cool() == 8);
  CHECK(found(watch, 8, 0) == 0);
  CHECK(watch.cooled(8) == Keys{1});
  // It is found again as if it were new.
  CHECK(found(watch, 9, 50) == 1);
  CHECK(watch.next_to_cool() == 13);
}

TEST_CASE("each object cools by itself") {
  ViralWatch watch(rules());
  REQUIRE(found(watch, 4, 30, 1) == 1);
  REQUIRE(found(watch, 5, 30, 2) == 1);
  CHECK(watch.next_to_cool() == 8);
  found(watch, 8, 0);
  CHECK(watch.cooled(8) == Keys{1});
  found(watch, 9, 0);
  CHECK(watch.cooled(9) == Keys{2});
}

TEST_CASE("a key that is held stays on the list of hot objects until it is let go") {
  HotList<SimClock> list({Rate{1e15}, 1s, Duration{0}, 4});
  const auto refresh = [&] {
    std::vector<std::uint64_t> gone;
    list.refresh([](Slot) {}, [&](Slot slot) { gone.push_back(list.key(slot)); });
    return gone;
  };
  list.hold(list.list_now(5, 0, kTimeZero + 500ms));
  list.list_now(6, 0, kTimeZero + 500ms);
  CHECK(refresh() == Keys{6});  // below the rate for no time at all
  CHECK(refresh().empty());
  list.let_go(list.find(5));
  CHECK(refresh() == Keys{5});
  CHECK(list.listed() == 0);
}

}  // namespace cooling_test
