// A fixed set of threads that share out the items of one task after the other.
// Does not know nodes or messages.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cdnsim {

class WorkerPool {
 public:
  using Task = std::function<void(std::uint32_t worker, std::size_t item)>;

  // REQUIRES: 1 <= workers <= kMostWorkers. The calling thread is worker 0.
  static constexpr std::uint32_t kMostWorkers = 4000;
  explicit WorkerPool(std::uint32_t workers);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(threads_.size()) + 1; }

  // Calls task(worker, item) once for each item from 0 to items - 1, in their order as far as
  // several workers leave one, and returns when all are done. Nobody waits for a worker that has no
  // core to run on: who comes late finds nothing left. After an exception no further item is begun;
  // those before it were, so it is always the first item's that is thrown again here.
  void share(std::size_t items, const Task& task);

 private:
  void serve(std::uint32_t worker);
  void work(std::uint32_t worker);
  void note_failure(std::size_t item);

  const Task* task_ = nullptr;
  std::size_t items_ = 0;
  std::atomic<std::size_t> next_{0};
  // The round, which is odd while it is open, and below it the workers that take part.
  std::atomic<std::uint32_t> state_{0};
  std::atomic<bool> stopping_{false};
  std::mutex failing_;
  std::exception_ptr failure_;
  std::size_t failed_item_ = 0;
  std::vector<std::thread> threads_;
};

}  // namespace cdnsim
