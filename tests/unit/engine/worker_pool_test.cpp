// A pool of workers shares out a task's items, waits for all, and passes on what they throw.

#include <algorithm>
#include <atomic>
#include <chrono>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <cdnsim/engine/worker_pool.hpp>
#include <tests/support/catch.hpp>

namespace worker_pool_test {

using namespace cdnsim;

TEST_CASE("each item is done once, and all are done when share() returns") {
  for (const std::uint32_t workers : {1u, 2u, 3u, 8u}) {
    WorkerPool pool(workers);
    CHECK(pool.size() == workers);
    for (const std::size_t items : {0u, 1u, 2u, 17u}) {
      // Plain ints: every write must have happened before share() returns, or tsan objects.
      std::vector<int> times(items, 0);
      for (int round = 0; round < 300; ++round) {
        pool.share(items, [&](std::uint32_t, std::size_t i) { ++times[i]; });
      }
      CHECK(times == std::vector<int>(items, 300));
    }
  }
}

TEST_CASE("what a worker has of its own needs no lock") {
  WorkerPool pool(4);
  std::vector<int> of_worker(4, 0);
  for (int round = 0; round < 100; ++round) {
    pool.share(50, [&](std::uint32_t worker, std::size_t) { ++of_worker[worker]; });
  }
  int sum = 0;
  for (const int done : of_worker) sum += done;
  CHECK(sum == 100 * 50);
}

TEST_CASE("workers that slept between two rounds wake up and take part") {
  WorkerPool pool(3);
  std::set<std::uint32_t> took_part;
  std::mutex noting;
  for (int round = 0; round < 200 && took_part.size() < 3; ++round) {
    std::this_thread::sleep_for(std::chrono::milliseconds(2));  // far longer than they spin
    pool.share(30, [&](std::uint32_t worker, std::size_t) {
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
      const std::lock_guard lock(noting);
      took_part.insert(worker);
    });
  }
  CHECK(took_part.size() == 3);
}

// The two items need each other: with one worker alone this would never end.
TEST_CASE("items are worked on at the same time") {
  WorkerPool pool(2);
  std::atomic<int> begun{0};
  pool.share(2, [&](std::uint32_t, std::size_t) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
  });
  CHECK(begun == 2);
}

SCENARIO("items that fail") {
  WorkerPool pool(4);
  std::atomic<int> finished{0};
  const auto failure_of = [&](const std::vector<std::size_t>& failing) -> std::string {
    try {
      pool.share(40, [&](std::uint32_t, std::size_t item) {
        if (std::ranges::find(failing, item) != failing.end()) {
          throw std::runtime_error("item " + std::to_string(item));
        }
        ++finished;
      });
    } catch (const std::runtime_error& error) {
      return error.what();
    }
    return "none";
  };
  THEN("one failure comes out") { CHECK(failure_of({39}) == "item 39"); }
  THEN("of several, the first item's comes out") {
    CHECK(failure_of({33, 7, 20}) == "item 7");
    AND_THEN("the next round has only its own failures") {
      CHECK(failure_of({}) == "none");
      CHECK(failure_of({12}) == "item 12");
    }
  }
  THEN("those before it are done, and few after it") {
    CHECK(failure_of({20, 25}) == "item 20");
    CHECK(finished >= 20);
    CHECK(finished <= 24);  // at most three others were at work
  }
}

}  // namespace worker_pool_test
