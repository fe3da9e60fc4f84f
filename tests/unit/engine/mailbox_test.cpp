// A mailbox gives each window its messages in the order of delivery, however far ahead they were.

#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/mailbox.hpp>
#include <tests/support/catch.hpp>

#include "toy_nodes.hpp"

namespace mailbox_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr Duration kWindow = 10ms;
constexpr SimTime kNoEnd = SimTime::max();

Message message(SimTime when, std::uint32_t from = 0, std::uint32_t sequence = 0) {
  Message m;
  m.at = when;
  m.from = NodeId{from};
  m.sequence = sequence;
  return m;
}

std::vector<SimTime> times(std::span<const Message> messages) {
  std::vector<SimTime> list;
  for (const Message& m : messages) list.push_back(m.at);
  return list;
}

using Times = std::vector<SimTime>;

TEST_CASE("an empty mailbox has nothing under way") {
  const Mailbox mailbox(kWindow);
  CHECK(mailbox.earliest() == SimTime::max());
  CHECK(mailbox.size() == 0);
}

TEST_CASE("a window's messages come by time, sender and sequence") {
  Mailbox mailbox(kWindow);
  mailbox.put(message(at(19ms), 1, 0));
  mailbox.put(message(at(12ms), 7, 3));
  mailbox.put(message(at(12ms), 7, 2));
  mailbox.put(message(at(12ms), 2, 9));
  mailbox.put(message(at(20ms), 0, 0));
  CHECK(mailbox.earliest() == at(10ms));
  const auto taken = mailbox.take(1, 2, kNoEnd);
  REQUIRE(taken.size() == 4);
  CHECK(index_of(taken[0].from) == 2);
  CHECK(taken[1].sequence == 2);
  CHECK(taken[2].sequence == 3);
  CHECK(taken[3].at == at(19ms));
  CHECK(mailbox.size() == 1);
  CHECK(mailbox.earliest() == at(20ms));
}

TEST_CASE("the earliest message is known to the window, within the ring and beyond") {
  Mailbox mailbox(kWindow);
  mailbox.put(message(at(10s)));
  CHECK(mailbox.earliest() == at(10s));  // beyond: to the nanosecond
  mailbox.put(message(at(635ms)));       // window 63, the ring's last
  CHECK(mailbox.earliest() == at(630ms));
  mailbox.put(message(at(645ms)));  // window 64, beyond
  CHECK(mailbox.earliest() == at(630ms));
  CHECK(times(mailbox.take(63, 64, kNoEnd)) == Times{at(635ms)});
  CHECK(mailbox.earliest() == at(640ms));
  CHECK(times(mailbox.take(64, 65, kNoEnd)) == Times{at(645ms)});
  CHECK(mailbox.earliest() <= at(10s));
  CHECK(mailbox.earliest() > at(10s) - kWindow);
}

TEST_CASE("windows that share a place of the ring do not mix") {
  Mailbox mailbox(kWindow);
  for (const auto when : {at(5ms), at(645ms), at(1285ms)}) mailbox.put(message(when));
  CHECK(times(mailbox.take(0, 1, kNoEnd)) == Times{at(5ms)});
  CHECK(mailbox.earliest() == at(640ms));
  CHECK(times(mailbox.take(64, 65, kNoEnd)) == Times{at(645ms)});
  CHECK(times(mailbox.take(128, 129, kNoEnd)) == Times{at(1285ms)});
  CHECK(mailbox.size() == 0);
  CHECK(mailbox.earliest() == SimTime::max());
}

TEST_CASE("a window without messages is taken empty") {
  Mailbox mailbox(kWindow);
  mailbox.put(message(at(50ms)));
  CHECK(mailbox.take(2, 3, kNoEnd).empty());
  CHECK(mailbox.size() == 1);
  CHECK(times(mailbox.take(5, 6, kNoEnd)) == Times{at(50ms)});
}

TEST_CASE("what arrives at the horizon or after it stays under way") {
  Mailbox mailbox(kWindow);
  for (const auto when : {at(21ms), at(24ms), at(25ms), at(29ms), at(31ms)}) {
    mailbox.put(message(when));
  }
  CHECK(times(mailbox.take(2, 3, at(25ms))) == Times{at(21ms), at(24ms)});
  CHECK(mailbox.size() == 3);
  std::size_t visited = 0;
  mailbox.for_each([&](const Message&) { ++visited; });
  CHECK(visited == 3);
  CHECK(mailbox.earliest() == at(20ms));
}

TEST_CASE("the past is our mistake") {
  Mailbox mailbox(kWindow);
  mailbox.put(message(at(35ms)));
  mailbox.take(3, 4, kNoEnd);
  CHECK_THROWS_AS(mailbox.put(message(at(39ms))), InternalError);
  CHECK_NOTHROW(mailbox.put(message(at(40ms))));
  CHECK_THROWS_AS(mailbox.take(2, 3, kNoEnd), InternalError);
}

TEST_CASE("every message under way is visited, in the ring and beyond") {
  Mailbox mailbox(kWindow);
  for (int i = 0; i < 100; ++i) mailbox.put(message(at(i * 33ms)));
  std::vector<bool> seen(100);
  mailbox.for_each([&](const Message& m) {
    seen[static_cast<std::size_t>(m.at.time_since_epoch() / 33ms)] = true;
  });
  CHECK(std::count(seen.begin(), seen.end(), true) == 100);
  CHECK(mailbox.size() == 100);
}

TEST_CASE("several windows are taken at once, in the order of delivery") {
  Mailbox mailbox(kWindow);
  mailbox.put(message(at(31ms)));
  mailbox.put(message(at(25ms)));
  mailbox.put(message(at(12ms)));
  mailbox.put(message(at(24ms)));
  mailbox.put(message(at(40ms)));
  CHECK(times(mailbox.take(1, 4, kNoEnd)) == Times{at(12ms), at(24ms), at(25ms), at(31ms)});
  CHECK(mailbox.size() == 1);
  CHECK(mailbox.earliest() == at(40ms));
  CHECK_THROWS_AS(mailbox.put(message(at(39ms))), InternalError);
}

TEST_CASE("the run's end cuts several windows short, and all after it stays under way") {
  Mailbox mailbox(kWindow);
  for (const Duration when : {11ms, 19ms, 23ms, 27ms, 33ms}) mailbox.put(message(at(when)));
  CHECK(times(mailbox.take(1, 4, at(23ms))) == Times{at(11ms), at(19ms)});
  CHECK(mailbox.size() == 3);
  CHECK(mailbox.earliest() == at(20ms));
}

TEST_CASE("no more windows are taken at once than there is room for") {
  Mailbox mailbox(kWindow);
  CHECK_NOTHROW(mailbox.take(0, Mailbox::kMostTaken, kNoEnd));
  CHECK_THROWS_AS(mailbox.take(100, 101 + Mailbox::kMostTaken, kNoEnd), InternalError);
}

}  // namespace mailbox_test
