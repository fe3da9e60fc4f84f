// Belady's MIN against textbooks' counts and against a search through all that is held.

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

namespace belady_test {

using namespace cdnsim;

// For each request which one, counted from 1, asks for the same next.
std::vector<std::int64_t> next_of(const std::vector<std::uint64_t>& ids) {
  std::vector<std::int64_t> next(ids.size());
  std::map<std::uint64_t, std::int64_t> later;
  for (std::size_t i = ids.size(); i-- > 0;) {
    const auto known = later.find(ids[i]);
    next[i] = known == later.end() ? Belady::kNever : known->second;
    later[ids[i]] = static_cast<std::int64_t>(i + 1);
  }
  return next;
}

int misses_of(const std::vector<std::uint64_t>& ids, std::int64_t capacity) {
  Cache<Belady> cache{Bytes(capacity)};
  const std::vector<std::int64_t> next = next_of(ids);
  int misses = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    cache.foresee(next[i]);
    misses += !cache.request(ids[i], Bytes(1));
  }
  return misses;
}

// The same, by looking at everything.
int plain_misses_of(const std::vector<std::uint64_t>& ids, std::size_t capacity) {
  const std::vector<std::int64_t> next = next_of(ids);
  std::map<std::uint64_t, std::int64_t> held;
  int misses = 0;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!held.contains(ids[i])) {
      ++misses;
      if (held.size() == capacity) {
        held.erase(std::max_element(held.begin(), held.end(), [](const auto& a, const auto& b) {
          return a.second < b.second;
        }));
      }
    }
    held[ids[i]] = next[i];
  }
  return misses;
}

TEST_CASE("MIN of textbooks' strings") {
  // Belady, Nelson and Shedler's string: 7 faults with three frames, 6 with four.
  const std::vector<std::uint64_t> anomaly = {1, 2, 3, 4, 1, 2, 5, 1, 2, 3, 4, 5};
  CHECK(misses_of(anomaly, 3) == 7);
  CHECK(misses_of(anomaly, 4) == 6);
  // Silberschatz's: 9 with three frames.
  const std::vector<std::uint64_t> pages = {7, 0, 1, 2, 0, 3, 0, 4, 2, 3,
                                            0, 3, 2, 1, 2, 0, 1, 7, 0, 1};
  CHECK(misses_of(pages, 3) == 9);
}

TEST_CASE("MIN against a search, and against others") {
  rc::prop("it misses as often as the search, and no more than LRU or FIFO", [] {
    const auto ids = *rc::gen::scale(
        5, rc::gen::container<std::vector<std::uint64_t>>(rc::gen::inRange<std::uint64_t>(0, 20)));
    const auto capacity = *rc::gen::inRange<std::int64_t>(1, 12);
    const int misses = misses_of(ids, capacity);
    RC_ASSERT(misses == plain_misses_of(ids, static_cast<std::size_t>(capacity)));
    Cache<Lru> lru{Bytes(capacity)};
    Cache<Fifo> fifo{Bytes(capacity)};
    int lru_misses = 0, fifo_misses = 0;
    for (const std::uint64_t id : ids) {
      lru_misses += !lru.request(id, Bytes(1));
      fifo_misses += !fifo.request(id, Bytes(1));
    }
    RC_ASSERT(misses <= lru_misses);
    RC_ASSERT(misses <= fifo_misses);
  });
}

TEST_CASE("copies of any size may be purged at any moment") {
  rc::prop("what goes first is never asked for sooner than what stays", [] {
    Cache<Belady> cache{Bytes(100)};
    std::map<std::uint64_t, std::int64_t> next;
    std::set<std::uint64_t> held;
    const auto deeds = *rc::gen::scale(5, rc::gen::container<std::vector<std::uint32_t>>(
                                              rc::gen::inRange<std::uint32_t>(0, 1 << 20)));
    for (const std::uint32_t deed : deeds) {
      const std::uint64_t key = deed % 30;
      if (deed % 7 == 0) {
        RC_ASSERT(cache.erase(key) == (held.erase(key) == 1));
        continue;
      }
      const auto bytes = static_cast<std::int64_t>(1 + (key * 7) % 40);
      next[key] = deed >> 5;
      cache.foresee(next[key]);
      RC_ASSERT(cache.request(key, Bytes(bytes)) == held.contains(key));
      std::int64_t soonest_gone = Belady::kNever;
      for (const std::uint64_t before : held) {
        if (cache.peek(before) == kNoSlot) soonest_gone = std::min(soonest_gone, next[before]);
      }
      std::erase_if(held, [&](std::uint64_t k) { return cache.peek(k) == kNoSlot; });
      for (const std::uint64_t stays : held) {
        RC_ASSERT(stays == key || next[stays] <= soonest_gone);
      }
      held.insert(key);
      RC_ASSERT(cache.counters().copies == held.size());
    }
  });
}

}  // namespace belady_test
