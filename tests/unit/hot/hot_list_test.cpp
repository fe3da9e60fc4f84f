// The list of hot keys: two examples worked by hand, and its laws against a model that counts all.

#include <map>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/hot_list.hpp>
#include <tests/support/rapidcheck.hpp>

namespace hot_list_test {

using namespace cdnsim;
using List = HotList<SimClock>;

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

// A list, and what it told.
struct Told {
  explicit Told(const List::Rules& rules) : list(rules) {}

  void ask(Duration when, std::uint64_t key, int times = 1) {
    refresh_until(at(when));
    for (int i = 0; i < times; ++i) list.count(key, 7, at(when));
  }
  void refresh_until(SimTime now) {
    while (list.next_refresh() <= now) {
      const Duration when = list.next_refresh() - kTimeZero;
      list.refresh(
          [&](Slot slot) {
            come.emplace_back(when, list.key(slot));
            first_hot = list.first_hot(slot) - kTimeZero;
          },
          [&](Slot slot) {
            gone.emplace_back(when, list.key(slot));
            peak = list.peak(slot);
          });
    }
  }

  using Moves = std::vector<std::pair<Duration, std::uint64_t>>;
  List list;
  Moves come, gone;
  Duration first_hot{0};
  std::uint64_t peak = 0;
};

TEST_CASE("a key comes at the end of its interval and leaves when it has cooled down") {
  // Two a second, in intervals of two seconds: four requests. Four seconds to cool down.
  Told told({Rate{2}, 2s, 4s, 10});
  told.ask(500ms, 1);
  told.ask(1200ms, 1, 4);  // the second from 1 s on is the first with two
  told.ask(1500ms, 2, 3);
  CHECK(told.list.find(1) == kNoSlot);
  told.ask(3s, 1, 4);  // as many as it needs: it was hot until 4 s
  CHECK(told.come == Told::Moves{{2s, 1}});
  CHECK(told.first_hot == 1s);
  told.ask(5s, 1, 3);  // too few
  told.refresh_until(at(6s));
  const Slot slot = told.list.find(1);
  REQUIRE(slot != kNoSlot);
  CHECK(told.list.tag(slot) == 7);
  CHECK(told.list.listed_at(slot) == at(2s));
  told.refresh_until(at(8s) - 1ns);
  CHECK(told.gone.empty());
  told.refresh_until(at(8s));
  CHECK(told.gone == Told::Moves{{8s, 1}});
  CHECK(told.peak == 4);
  CHECK(told.list.listed() == 0);
  CHECK(told.list.find(1) == kNoSlot);
}

TEST_CASE("the first hot second is kept while every interval has one") {
  // Three a second in intervals of two: six. Four in one second are too few, until the fourth
  // second and the fifth have three each.
  Told told({Rate{3}, 2s, 60s, 10});
  told.ask(1s, 1, 4);
  told.ask(3s, 1, 5);
  told.ask(4s, 1, 3);
  told.ask(5s, 1, 3);
  told.refresh_until(at(6s));
  CHECK(told.come == Told::Moves{{6s, 1}});
  CHECK(told.first_hot == 1s);
  // An interval without one breaks it off.
  Told broken({Rate{3}, 2s, 60s, 10});
  broken.ask(1s, 1, 4);
  broken.ask(3s, 1, 2);
  broken.ask(4s, 1, 3);
  broken.ask(5s, 1, 3);
  broken.refresh_until(at(6s));
  CHECK(broken.come == Told::Moves{{6s, 1}});
  CHECK(broken.first_hot == 4s);
}

TEST_CASE("two counters: a key without room takes one off both") {
  // a a b c a: a 2, b 1; c finds no room: a 1, b gone; a 2. So a counts 2 of its 3: too low by one,
  // and 5 / 3 is the most that it could be. With three wanted it takes one more a.
  const auto ask = [](Told& told, const std::string& letters) {
    for (const char letter : letters) told.ask(100ms, static_cast<std::uint64_t>(letter));
    told.refresh_until(at(1s));
  };
  Told five({Rate{3}, 1s, 60s, 2});
  ask(five, "aabca");
  CHECK(five.come.empty());
  Told six({Rate{3}, 1s, 60s, 2});
  ask(six, "aabcaa");
  CHECK(six.come == Told::Moves{{1s, 'a'}});
  Told room({Rate{3}, 1s, 60s, 3});
  ask(room, "aabca");
  CHECK(room.come == Told::Moves{{1s, 'a'}});
}

TEST_CASE("a key that somebody else names is listed at once and cools down like the others") {
  Told told({Rate{2}, 2s, 4s, 2});
  told.ask(500ms, 1);
  const Slot slot = told.list.list_now(1, 7, at(700ms));
  REQUIRE(slot != kNoSlot);
  CHECK(told.list.find(1) == slot);
  CHECK(told.list.listed_at(slot) == at(700ms));
  CHECK(told.list.first_hot(slot) == at(0s));
  CHECK(told.list.list_now(1, 7, at(800ms)) == kNoSlot);  // it is there
  told.ask(1s, 1);
  CHECK(told.list.peak(slot) == 1);
  // Named for the last time at 0.8 s: at 4 s it has been below the rate for 3.2 s, at 6 s too long.
  told.refresh_until(at(4s));
  CHECK(told.gone.empty());
  told.refresh_until(at(6s));
  CHECK(told.gone == Told::Moves{{6s, 1}});
  CHECK(told.come.empty());
  // As many as there is room for.
  CHECK(told.list.list_now(2, 7, at(6s)) != kNoSlot);
  CHECK(told.list.list_now(3, 7, at(6s)) != kNoSlot);
  CHECK(told.list.list_now(4, 7, at(6s)) == kNoSlot);
  CHECK(told.list.listed() == 2);
}

TEST_CASE("nobody below the rate is listed, and nobody far enough above it is missed") {
  rc::prop("with few counters for many keys", [] {
    const auto tracked = *rc::gen::inRange<std::uint32_t>(1, 9);
    const auto rate = *rc::gen::inRange<std::uint64_t>(1, 12);
    const auto refresh = *rc::gen::inRange<std::int64_t>(1, 3);
    const auto cool_down = *rc::gen::inRange<std::int64_t>(0, 5);
    const std::uint64_t least = rate * static_cast<std::uint64_t>(refresh);
    Told told({Rate(static_cast<double>(rate)), std::chrono::seconds(refresh),
               std::chrono::seconds(cool_down), tracked});
    std::map<std::uint64_t, std::int64_t> last_hot;  // of listed keys: end of interval
    for (std::int64_t interval = 0; interval < 12; ++interval) {
      std::map<std::uint64_t, std::uint64_t> counts;
      std::uint64_t others = 0;
      const auto keys = *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::oneOf(
          rc::gen::inRange<std::uint64_t>(0, 3), rc::gen::inRange<std::uint64_t>(0, 30)));
      const int times = *rc::gen::inRange(1, 4);
      for (const std::uint64_t key : keys) {
        told.ask(std::chrono::milliseconds(1000 * refresh * interval + 10), key, times);
        counts[key] += static_cast<std::uint64_t>(times);
        if (!last_hot.contains(key)) others += static_cast<std::uint64_t>(times);
      }
      const std::int64_t end = (interval + 1) * refresh;
      told.come.clear();
      told.gone.clear();
      told.refresh_until(at(std::chrono::seconds(end)));
      // Listed keys are counted exactly.
      std::set<std::uint64_t> leave;
      for (auto& [key, hot] : last_hot) {
        if (counts[key] >= least) hot = end;
        if (end - hot >= cool_down) leave.insert(key);
      }
      std::set<std::uint64_t> left;
      for (const auto& [when, key] : told.gone) left.insert(key);
      RC_ASSERT(left == leave);
      for (const std::uint64_t key : leave) last_hot.erase(key);
      for (const auto& [when, key] : told.come) {
        RC_ASSERT(counts[key] >= least);
        last_hot[key] = end;
      }
      RC_ASSERT(told.list.listed() == last_hot.size());
      if (told.list.listed() == tracked) continue;
      for (const auto& [key, count] : counts) {
        if (last_hot.contains(key) || leave.contains(key)) continue;
        RC_ASSERT(count * (tracked + 1) < least * (tracked + 1) + others);
      }
    }
  });
}

TEST_CASE("with a counter for every key nothing is guessed") {
  rc::prop("comes exactly when it is at the rate, most requests first", [] {
    Told told({Rate{4}, 1s, 3600s, 32});
    std::map<std::uint64_t, std::uint64_t> counts;
    const auto keys =
        *rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 16));
    for (const std::uint64_t key : keys) {
      told.ask(1ms, key);
      ++counts[key];
    }
    told.refresh_until(at(1s));
    std::vector<std::pair<std::uint64_t, std::uint64_t>> expected;  // falling count, rising key
    for (const auto& [key, count] : counts) {
      if (count >= 4) expected.emplace_back(~count, key);
    }
    std::sort(expected.begin(), expected.end());
    RC_ASSERT(told.come.size() == expected.size());
    for (std::size_t i = 0; i < expected.size(); ++i) {
      RC_ASSERT(told.come[i].second == expected[i].second);
    }
  });
}

}  // namespace hot_list_test
