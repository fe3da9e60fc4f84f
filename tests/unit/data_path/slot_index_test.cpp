// The index finds what was put in and nothing else, whatever the keys and however full its lines.

#include <map>
#include <vector>

#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/data_path/slot_rows.hpp>
#include <tests/support/rapidcheck.hpp>

namespace slot_index_test {

using namespace cdnsim;

// The index as its owners use it: keys in rows beside it.
class Table {
 public:
  bool insert(std::uint64_t key) {
    if (find(key) != kNoSlot) return false;
    if (rows_.must_grow()) rows_.grow();
    if (index_.full()) {
      index_.grow();
      rows_.for_each([this](Slot slot) { index_.insert(rows_[slot].key, slot); });
    }
    const Slot slot = rows_.take();
    rows_[slot] = {key, 0};
    index_.insert(key, slot);
    return true;
  }
  bool erase(std::uint64_t key) {
    const Slot slot = find(key);
    if (slot == kNoSlot) return false;
    index_.erase(key, slot);
    rows_.give_back(slot);
    return true;
  }
  Slot find(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return rows_[slot].key; });
  }
  std::size_t size() const { return index_.size(); }

 private:
  struct Row {
    std::uint64_t key, word;
  };
  SlotRows<Row> rows_;
  SlotIndex index_;
};

// The inverse of the index's multiplier modulo 2^64, by Newton's iteration: keys made with it fall
// wherever a test wants them.
constexpr std::uint64_t inverse_of_multiplier() {
  constexpr std::uint64_t kMultiplier = 0x9e3779b97f4a7c15ULL;
  std::uint64_t inverse = kMultiplier;
  for (int i = 0; i < 6; ++i) inverse *= 2 - kMultiplier * inverse;
  return inverse;
}
constexpr std::uint64_t key_with_hash(std::uint64_t hash) { return hash * inverse_of_multiplier(); }

SCENARIO("keys that all want the same line are found, and forgotten, one by one") {
  GIVEN("a table with a thousand keys whose hashes are neighbours") {
    Table table;
    const auto base = GENERATE(0ULL, 1ULL << 63, ~0ULL - 2000);  // first, middle and last line
    for (std::uint64_t i = 0; i < 1000; ++i) REQUIRE(table.insert(key_with_hash(base + i)));
    THEN("each is found") {
      for (std::uint64_t i = 0; i < 1000; ++i) CHECK(table.find(key_with_hash(base + i)));
    }
    AND_THEN("a neighbour that was not put in is not") {
      CHECK(table.find(key_with_hash(base + 1000)) == kNoSlot);
    }
    WHEN("every other one is erased") {
      for (std::uint64_t i = 0; i < 1000; i += 2) REQUIRE(table.erase(key_with_hash(base + i)));
      THEN("the others are still found") {
        for (std::uint64_t i = 0; i < 1000; ++i) {
          CHECK((table.find(key_with_hash(base + i)) != kNoSlot) == (i % 2 == 1));
        }
      }
    }
    WHEN("all are erased and put back, many times") {
      for (int round = 0; round < 20; ++round) {
        for (std::uint64_t i = 0; i < 1000; ++i) REQUIRE(table.erase(key_with_hash(base + i)));
        for (std::uint64_t i = 0; i < 1000; ++i) REQUIRE(table.insert(key_with_hash(base + i)));
      }
      THEN("all are found") {
        for (std::uint64_t i = 0; i < 1000; ++i) CHECK(table.find(key_with_hash(base + i)));
        CHECK(table.size() == 1000);
      }
    }
  }
}

TEST_CASE("a search in few lines ends though all of them were passed by") {
  // Twelve keys fit into a line. Thirteen of the first line's send one into the second, and when
  // twelve of them are gone thirteen of the second's send one back: no line is free of passers-by.
  Table table;
  const auto key = [](std::uint64_t line, std::uint64_t i) {
    return key_with_hash((line << 63) + (i << 40));
  };
  for (std::uint64_t i = 0; i < 9; ++i) REQUIRE(table.insert(key(0, i)));  // now there are two
  for (std::uint64_t i = 9; i < 13; ++i) REQUIRE(table.insert(key(0, i)));
  for (std::uint64_t i = 0; i < 12; ++i) REQUIRE(table.erase(key(0, i)));
  for (std::uint64_t i = 0; i < 13; ++i) REQUIRE(table.insert(key(1, i)));
  CHECK(table.find(key(0, 20)) == kNoSlot);
  CHECK(table.find(key(1, 20)) == kNoSlot);
  CHECK(table.find(key(0, 12)) != kNoSlot);
  for (std::uint64_t i = 0; i < 13; ++i) CHECK(table.find(key(1, i)) != kNoSlot);
}

TEST_CASE("an index agrees with a map") {
  rc::prop("for keys that collide and keys that do not", [] {
    Table table;
    std::map<std::uint64_t, bool> model;
    const auto spread = *rc::gen::element<std::uint64_t>(1, 1ULL << 40, 0x9e3779b97f4a7c15ULL);
    const auto steps =
        *rc::gen::scale(20, rc::gen::container<std::vector<int>>(rc::gen::inRange(-100, 100)));
    for (const int step : steps) {
      const std::uint64_t key = key_with_hash(static_cast<std::uint64_t>(step % 50) * spread);
      if (step >= 0) {
        RC_ASSERT(table.insert(key) == model.emplace(key, true).second);
      } else {
        RC_ASSERT(table.erase(key) == (model.erase(key) == 1));
      }
      RC_ASSERT(table.size() == model.size());
    }
    for (int i = -50; i < 50; ++i) {
      const std::uint64_t key = key_with_hash(static_cast<std::uint64_t>(i) * spread);
      RC_ASSERT((table.find(key) != kNoSlot) == model.contains(key));
    }
  });
}

TEST_CASE("an index in use has at most eight keys a line and not much less") {
  // A line has 64 bytes: 8 for a key when full. It then grows by a quarter, to 10 for a key.
  SlotIndex index;
  std::size_t keys = 0;
  for (std::uint64_t key = 0; key < 2'000'000; ++key) {
    if (index.full()) {
      const double before = static_cast<double>(index.memory_bytes()) / static_cast<double>(keys);
      CHECK(before == Approx(8.0).margin(0.01));
      index.grow();
      for (std::uint64_t again = 0; again < key; ++again) {
        index.insert(again, static_cast<Slot>(again + 1));
      }
    }
    index.insert(key, static_cast<Slot>(key + 1));
    keys = index.size();
    if (keys > 100'000) {
      REQUIRE(static_cast<double>(index.memory_bytes()) / static_cast<double>(keys) < 10.01);
    }
  }
}

}  // namespace slot_index_test
