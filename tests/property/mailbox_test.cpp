// A mailbox against a sorted list: the same messages in the same order, whatever the windows.

#include <algorithm>
#include <vector>

#include <cdnsim/engine/mailbox.hpp>
#include <tests/support/rapidcheck.hpp>

namespace mailbox_test {

using namespace cdnsim;

constexpr std::int64_t kWindow = 1000;

SimTime time(std::int64_t ns) { return SimTime{Duration{ns}}; }

bool same(const Message& a, const Message& b) {
  return a.at == b.at && a.from == b.from && a.sequence == b.sequence;
}

TEST_CASE("a mailbox") {
  rc::prop("gives every window what a sorted list of all messages gives it", [] {
    Mailbox mailbox{Duration{kWindow}};
    std::vector<Message> list;
    std::int64_t window = 0;
    std::uint32_t sequence = 0;
    const int rounds = *rc::gen::inRange(1, 30);
    for (int round = 0; round < rounds; ++round) {
      // Some near, some beyond the ring of 64 windows, many at the same time.
      const int count = *rc::gen::inRange(0, 12);
      for (int i = 0; i < count; ++i) {
        Message message;
        const std::int64_t furthest = *rc::gen::element<std::int64_t>(1, 3, 70, 1000);
        message.at =
            time(window * kWindow + *rc::gen::inRange<std::int64_t>(0, 4 * furthest) * kWindow / 4);
        message.from = NodeId{*rc::gen::inRange<std::uint32_t>(0, 3)};
        message.sequence = sequence++;
        mailbox.put(message);
        list.push_back(message);
      }
      std::sort(list.begin(), list.end(), delivered_before);
      RC_ASSERT(mailbox.size() == list.size());
      if (list.empty()) {
        RC_ASSERT(mailbox.earliest() == SimTime::max());
        continue;
      }
      const std::int64_t first = list.front().at.time_since_epoch().count() / kWindow;
      RC_ASSERT(mailbox.earliest().time_since_epoch().count() / kWindow == first);
      // On to a window that is not beyond the earliest message.
      window = *rc::gen::inRange<std::int64_t>(window, first + 1);
      const std::int64_t end = window + *rc::gen::inRange<std::int64_t>(1, Mailbox::kMostTaken + 1);
      const auto taken = mailbox.take(window, end, SimTime::max());
      std::size_t expected = 0;
      while (expected < list.size() && list[expected].at < time(end * kWindow)) ++expected;
      RC_ASSERT(taken.size() == expected);
      RC_ASSERT(std::equal(taken.begin(), taken.end(), list.begin(), same));
      list.erase(list.begin(), list.begin() + static_cast<std::ptrdiff_t>(expected));
      window = end;
    }
  });
}

}  // namespace mailbox_test
