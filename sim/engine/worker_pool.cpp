#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/worker_pool.hpp>

namespace cdnsim {
namespace {

// A window lasts some 100 us, so waiting a little before sleeping saves two system calls a window;
// with more workers than cores it must not last, or the waiters starve those who work.
constexpr int kSpins = 2000;

constexpr std::uint32_t kRound = 4096;  // what one round adds to the state
static_assert(WorkerPool::kMostWorkers < kRound);

std::uint32_t round_of(std::uint32_t state) { return state / kRound; }
std::uint32_t taking_part(std::uint32_t state) { return state % kRound; }
bool is_open(std::uint32_t state) { return round_of(state) % 2 == 1; }

void relax() {
#if defined(__x86_64__)
  __builtin_ia32_pause();
#endif
}

// The first state that is as wanted.
template <class Wanted>
std::uint32_t await(const std::atomic<std::uint32_t>& state, Wanted wanted) {
  for (int spin = 0; spin < kSpins; ++spin) {
    const std::uint32_t now = state.load(std::memory_order_acquire);
    if (wanted(now)) return now;
    relax();
  }
  while (true) {
    const std::uint32_t now = state.load(std::memory_order_acquire);
    if (wanted(now)) return now;
    state.wait(now, std::memory_order_acquire);
  }
}

}  // namespace

WorkerPool::WorkerPool(std::uint32_t workers) {
  CDNSIM_ASSERT(workers <= kMostWorkers, "a pool has no more workers than a round can count");
  for (std::uint32_t worker = 1; worker < workers; ++worker) {
    threads_.emplace_back([this, worker] { serve(worker); });
  }
}

WorkerPool::~WorkerPool() {
  stopping_.store(true);
  state_.fetch_add(kRound, std::memory_order_release);
  state_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void WorkerPool::note_failure(std::size_t item) {
  next_.store(items_, std::memory_order_relaxed);
  const std::lock_guard lock(failing_);
  if (failure_ && failed_item_ < item) return;
  failure_ = std::current_exception();
  failed_item_ = item;
}

void WorkerPool::work(std::uint32_t worker) {
  for (std::size_t item = next_.fetch_add(1, std::memory_order_relaxed); item < items_;
       item = next_.fetch_add(1, std::memory_order_relaxed)) {
    try {
      (*task_)(worker, item);
    } catch (...) {
      note_failure(item);
    }
  }
}

void WorkerPool::serve(std::uint32_t worker) {
  std::uint32_t served = 0;
  while (true) {
    std::uint32_t state =
        await(state_, [&](std::uint32_t s) { return is_open(s) && round_of(s) != served; });
    if (stopping_.load()) return;
    // Taking part is possible only while the round is open: then its end waits for this worker.
    if (!state_.compare_exchange_strong(state, state + 1, std::memory_order_acq_rel)) continue;
    served = round_of(state);
    work(worker);
    const std::uint32_t left = state_.fetch_sub(1, std::memory_order_acq_rel) - 1;
    if (!is_open(left) && taking_part(left) == 0) state_.notify_all();
  }
}

void WorkerPool::share(std::size_t items, const Task& task) {
  task_ = &task;
  items_ = items;
  next_.store(0, std::memory_order_relaxed);
  if (threads_.empty()) {
    work(0);
  } else {
    state_.fetch_add(kRound, std::memory_order_release);
    state_.notify_all();
    work(0);
    state_.fetch_add(kRound, std::memory_order_acq_rel);
    await(state_, [](std::uint32_t s) { return taking_part(s) == 0; });
  }
  if (const std::exception_ptr failure = std::exchange(failure_, nullptr)) {
    std::rethrow_exception(failure);
  }
}

}  // namespace cdnsim
