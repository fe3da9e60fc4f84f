// The ghost remembers the newest keys that fit its bytes, each once.

#include <vector>

#include <cdnsim/data_path/ghost_queue.hpp>
#include <tests/support/rapidcheck.hpp>

#include "slow_policies.hpp"

namespace ghost_queue_test {

using namespace cdnsim;

class SlowGhost {
 public:
  explicit SlowGhost(std::int64_t capacity) : capacity_(capacity) {}
  bool forget(std::uint64_t key) { return slow::take_out(queue_, key); }
  void remember(std::uint64_t key, std::int64_t bytes) {
    if (bytes > capacity_ || slow::find(queue_, key) != queue_.end()) return;
    while (slow::bytes_in(queue_) + bytes > capacity_) queue_.erase(queue_.begin());
    queue_.push_back({key, bytes});
  }
  const slow::Queue& queue() const { return queue_; }

 private:
  slow::Queue queue_;
  std::int64_t capacity_;
};

SCENARIO("a ghost of three bytes is told of four keys of one byte") {
  GhostQueue ghost(Bytes(3));
  for (std::uint64_t key = 1; key <= 4; ++key) ghost.remember(key, 1);
  THEN("it has forgotten the first and knows the others, until it is asked") {
    CHECK_FALSE(ghost.forget(1));
    CHECK(ghost.forget(2));
    CHECK_FALSE(ghost.forget(2));
    CHECK(ghost.held() == Bytes(2));
    CHECK(ghost.size() == 2);
  }
  WHEN("a key that it knows comes again") {
    ghost.remember(2, 1);
    ghost.remember(5, 1);
    THEN("that did not make it any newer") { CHECK_FALSE(ghost.forget(2)); }
  }
  WHEN("something larger than itself comes") {
    ghost.remember(9, 4);
    THEN("nothing changes") {
      CHECK_FALSE(ghost.forget(9));
      CHECK(ghost.size() == 3);
    }
  }
}

TEST_CASE("a ghost agrees with its plain model") {
  rc::prop("over hundreds of keys, so that its ring turns and grows", [] {
    const auto capacity = *rc::gen::inRange<std::int64_t>(0, 300);
    const auto steps =
        *rc::gen::scale(30, rc::gen::container<std::vector<int>>(rc::gen::inRange(0, 2000)));
    GhostQueue ghost{Bytes(capacity)};
    SlowGhost model(capacity);
    for (const int step : steps) {
      const auto key = static_cast<std::uint64_t>(step % 200);
      if (step < 600) {
        RC_ASSERT(ghost.forget(key) == model.forget(key));
      } else {
        ghost.remember(key, 1 + step % 7);
        model.remember(key, 1 + step % 7);
      }
      RC_ASSERT(ghost.held().count() == slow::bytes_in(model.queue()));
      RC_ASSERT(ghost.size() == model.queue().size());
    }
  });
}

TEST_CASE("a ghost whose keys come and go stays as small as what it holds") {
  // Half of what is remembered is forgotten again: gaps must be closed, not kept.
  GhostQueue ghost(Bytes(100));
  for (std::uint64_t key = 0; key < 100'000; ++key) {
    ghost.remember(key, 1);
    if (key % 2 == 1) REQUIRE(ghost.forget(key));
    REQUIRE(ghost.size() <= 100);
  }
  CHECK(ghost.memory_bytes() < 16'000);
}

}  // namespace ghost_queue_test
