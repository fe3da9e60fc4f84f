// The data path without a simulator: the same classes on the wall clock, used by several threads,
// with a lock for each shard.

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/data_path/hash_ring.hpp>
#include <cdnsim/data_path/token_bucket.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/catch.hpp>

namespace wall_clock_test {

using namespace cdnsim;
using Wall = std::chrono::steady_clock;

constexpr int kShards = 4, kThreads = 4, kRequestsEach = 50'000;
constexpr std::uint64_t kObjects = 3000;

// A server: a cache, who waits for its fetches, and how many fetches it may send.
template <class Policy>
class Shard {
 public:
  // What became of one request.
  enum class Outcome { served, waits, limited };

  Outcome request(std::uint64_t key, int who) {
    const std::lock_guard lock(mutex_);
    const Wall::time_point now = Wall::now();  // under the lock, so that it does not run backwards
    coalescer_.expire(now, [this](int) { ++given_up_; });
    const Found found = cache_.find(key, now);
    if (found.state == Lookup::fresh || found.state == Lookup::filling) return Outcome::served;
    if (found.state == Lookup::stale && may_serve_stale(found.slot, now)) {
      ask(key, coalescer_.begin(key, now));
      return Outcome::served;
    }
    if (!fetches_.take(now)) return Outcome::limited;
    ask(key, coalescer_.join(key, who, now));
    return Outcome::waits;
  }

  // The answers to all open fetches arrive.
  void answer_all() {
    const std::lock_guard lock(mutex_);
    const Wall::time_point now = Wall::now();
    coalescer_.expire(now, [this](int) { ++given_up_; });
    for (const Fetch& fetch : open_) {
      store(fetch.key, now);
      released_ += coalescer_.complete(fetch.key, fetch.id, [](int) {});
    }
    open_.clear();
  }

  void check_identities() {
    const CacheCounters& c = cache_.counters();
    CHECK(c.in == c.evicted + c.expired + c.purged + c.held);
    CHECK(c.held <= cache_.capacity());
    const CoalescerCounters& w = coalescer_.counters();
    CHECK(w.joined == w.released + w.timed_out + w.waiting);
    CHECK(w.released == released_);
    CHECK(w.timed_out == given_up_);
    CHECK(w.waiting == 0);
  }
  std::uint64_t joined() const { return coalescer_.counters().joined; }

 private:
  struct Fetch {
    std::uint64_t key;
    FlightId id;
  };
  static constexpr StaleWindows kWindows{.while_revalidate = std::chrono::hours(1)};

  bool may_serve_stale(Slot slot, Wall::time_point now) const {
    return judge(cache_.times(slot).fresh_until, now, kWindows) == Use::stale_while_revalidate;
  }
  void ask(std::uint64_t key, const Joined& joined) {
    if (joined.role == Role::leader) open_.push_back({key, joined.flight});
  }
  void store(std::uint64_t key, Wall::time_point now) {
    const CopyTimes<Wall> times{.generated_at = now,
                                .fresh_until = now + std::chrono::milliseconds(key % 20),
                                .last_byte_at = now + std::chrono::microseconds(key % 50)};
    cache_.insert(key, Bytes(static_cast<std::int64_t>(1 + key % 100)), 0, times, now);
  }

  std::mutex mutex_;
  Cache<Policy, Wall> cache_{Bytes(20'000)};
  Coalescer<int, Wall> coalescer_{std::chrono::milliseconds(50)};
  TokenBucket<Wall> fetches_{Rate(1e6), 1000};
  std::vector<Fetch> open_;
  std::uint64_t released_ = 0, given_up_ = 0;
};

TEMPLATE_TEST_CASE("a sharded cache on the wall clock answers many threads, and its counts add up",
                   "", Lru, Sieve, S3Fifo) {
  std::vector<RingMember> members;
  for (int i = 0; i < kShards; ++i) members.push_back({"shard-" + std::to_string(i)});
  const auto shape = std::make_shared<const RingShape>(members, 100);
  std::array<Shard<TestType>, kShards> shards;
  std::atomic<std::uint64_t> served{0}, waits{0}, limited{0};

  const auto client = [&](int who) {
    using Outcome = typename Shard<TestType>::Outcome;
    const HashRing ring(shape);
    for (int i = 0; i < kRequestsEach; ++i) {
      const std::uint64_t random = mix64(static_cast<std::uint64_t>(who) << 32 | unsigned(i));
      const std::uint64_t key = random % (random % 2 == 0 ? 50 : kObjects);  // half for a few
      const Outcome outcome = shards[ring.owner(key)].request(key, who);
      ++(outcome == Outcome::served ? served : outcome == Outcome::waits ? waits : limited);
      if (i % 16 == 0) shards[random >> 32 & (kShards - 1)].answer_all();
    }
  };
  {
    std::vector<std::jthread> threads;
    for (int who = 0; who < kThreads; ++who) threads.emplace_back(client, who);
  }
  std::uint64_t joined = 0;
  for (auto& shard : shards) {
    shard.answer_all();
    shard.check_identities();
    joined += shard.joined();
  }
  CHECK(served + waits + limited == std::uint64_t{kThreads} * kRequestsEach);
  CHECK(waits == joined);
  CHECK(served > waits);
}

}  // namespace wall_clock_test
