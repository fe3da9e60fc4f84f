// A fixed set of threads that run one task together and wait for each other.
// Does not know nodes or messages.
#pragma once

#include <atomic>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace cdnsim {

class WorkerPool {
 public:
  // REQUIRES: workers >= 1. The calling thread is worker 0.
  explicit WorkerPool(std::uint32_t workers);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;

  std::uint32_t size() const { return static_cast<std::uint32_t>(threads_.size()) + 1; }

  // Runs task(worker) on every worker and returns when all are done. The first exception of the
  // lowest worker is thrown again here.
  void run(const std::function<void(std::uint32_t)>& task);

 private:
  void serve(std::uint32_t worker);
  void attempt(std::uint32_t worker);

  const std::function<void(std::uint32_t)>* task_ = nullptr;
  std::atomic<std::uint32_t> round_{0};
  std::atomic<std::uint32_t> running_{0};
  std::atomic<bool> stopping_{false};
  std::vector<std::exception_ptr> failures_;
  std::vector<std::thread> threads_;
};

}  // namespace cdnsim
