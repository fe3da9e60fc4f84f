// A pool of workers runs one task on each, waits for all, and passes on what they throw.

#include <atomic>
#include <stdexcept>
#include <string>
#include <vector>

#include <cdnsim/engine/worker_pool.hpp>
#include <tests/support/catch.hpp>

namespace worker_pool_test {

using namespace cdnsim;

std::string failure_of(WorkerPool& pool, const std::function<void(std::uint32_t)>& task) {
  try {
    pool.run(task);
  } catch (const std::runtime_error& error) {
    return error.what();
  }
  return "none";
}

TEST_CASE("each worker runs the task once, and all are done when run() returns") {
  for (const std::uint32_t workers : {1u, 2u, 3u, 8u}) {
    WorkerPool pool(workers);
    CHECK(pool.size() == workers);
    // Plain ints: every write must have happened before run() returns, or tsan objects.
    std::vector<int> times(workers, 0);
    for (int round = 0; round < 300; ++round) pool.run([&](std::uint32_t w) { ++times[w]; });
    CHECK(times == std::vector<int>(workers, 300));
  }
}

TEST_CASE("workers that slept between two rounds wake up") {
  WorkerPool pool(3);
  std::atomic<int> runs{0};
  for (int round = 0; round < 3; ++round) {
    pool.run([&](std::uint32_t) { ++runs; });
    std::this_thread::sleep_for(std::chrono::milliseconds(5));  // far longer than they spin
  }
  CHECK(runs == 9);
}

SCENARIO("workers that fail") {
  WorkerPool pool(4);
  const auto fail_at = [](std::vector<std::uint32_t> failing) {
    return [failing = std::move(failing)](std::uint32_t worker) {
      for (const std::uint32_t w : failing) {
        if (w == worker) throw std::runtime_error("worker " + std::to_string(worker));
      }
    };
  };
  THEN("one failure comes out") { CHECK(failure_of(pool, fail_at({3})) == "worker 3"); }
  THEN("the caller's own comes out too") { CHECK(failure_of(pool, fail_at({0})) == "worker 0"); }
  THEN("of several, the lowest worker's comes out") {
    CHECK(failure_of(pool, fail_at({3, 1, 2})) == "worker 1");
    AND_THEN("the next round has only its own failures") {
      CHECK(failure_of(pool, fail_at({})) == "none");
      CHECK(failure_of(pool, fail_at({2})) == "worker 2");
    }
  }
  THEN("the others still run to their end") {
    std::atomic<int> finished{0};
    CHECK(failure_of(pool, [&](std::uint32_t worker) {
            if (worker == 1) throw std::runtime_error("worker 1");
            ++finished;
          }) == "worker 1");
    CHECK(finished == 3);
  }
}

}  // namespace worker_pool_test
