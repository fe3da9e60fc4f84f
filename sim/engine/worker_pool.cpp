#include <algorithm>
#include <utility>

#include <cdnsim/engine/worker_pool.hpp>

namespace cdnsim {
namespace {

// A window lasts some 100 us, so waiting a little before sleeping saves two system calls a window;
// with more workers than cores it must not last, or the waiters starve those who work.
constexpr int kSpins = 2000;

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

template <class T>
void wait_while_equal(const std::atomic<T>& value, T old) {
  for (int spin = 0; spin < kSpins; ++spin) {
    if (value.load(std::memory_order_acquire) != old) return;
    relax();
  }
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

WorkerPool::WorkerPool(std::uint32_t workers) : failures_(std::max(workers, 1u)) {
  for (std::uint32_t worker = 1; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

WorkerPool::~WorkerPool() {
  stopping_.store(true);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::attempt(std::uint32_t worker) {
  try {
    (*task_)(worker);
  } catch (...) {
    failures_[worker] = std::current_exception();
  }
}

void WorkerPool::serve(std::uint32_t worker) {
  std::uint32_t seen = 0;
  while (true) {
    wait_while_equal(round_, seen);
    ++seen;
    if (stopping_.load()) return;
    attempt(worker);
    if (running_.fetch_sub(1, std::memory_order_acq_rel) == 1) running_.notify_one();
  }
}

void WorkerPool::run(const std::function<void(std::uint32_t)>& task) {
  task_ = &task;
  running_.store(static_cast<std::uint32_t>(threads_.size()), std::memory_order_relaxed);
  if (!threads_.empty()) {
    round_.fetch_add(1, std::memory_order_release);
    round_.notify_all();
  }
  attempt(0);
  for (std::uint32_t left = running_.load(std::memory_order_acquire); left != 0;
       left = running_.load(std::memory_order_acquire)) {
    wait_while_equal(running_, left);
  }
  std::exception_ptr first;
  for (std::exception_ptr& failure : failures_) {
    const std::exception_ptr mine = std::exchange(failure, nullptr);
    if (!first) first = mine;
  }
  if (first) std::rethrow_exception(first);
}

}  // namespace cdnsim
