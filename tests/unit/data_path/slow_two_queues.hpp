// Eviction policies with a queue for newcomers, one for the others and a ghost, as
// slow_policies.hpp has those of one order. Does not know slots, indexes or links.
#pragma once

#include <algorithm>
#include <cstdint>

#include "slow_policies.hpp"

namespace cdnsim::slow {

// A FIFO of what left, bounded by its bytes.
inline void remember(Queue& ghost, const Item& item, std::int64_t capacity) {
  if (item.bytes > capacity || find(ghost, item.key) != ghost.end()) return;
  while (bytes_in(ghost) + item.bytes > capacity) pop(ghost);
  ghost.push_back(item);
}
inline std::int64_t part_of(std::int64_t capacity, double share) {
  return static_cast<std::int64_t>(static_cast<double>(capacity) * share);
}

// What 2Q, QD-LP-FIFO and S3-FIFO have in common: newcomers and the others.
class TwoQueues {
 public:
  bool purge(std::uint64_t key) { return take_out(small_, key) || take_out(main_, key); }
  Queue held() const {
    Queue all = small_;
    all.insert(all.end(), main_.begin(), main_.end());
    return all;
  }

 protected:
  Queue small_, main_;
};

// After libCacheSim's TwoQ.c of 2025-05.
class TwoQ : public TwoQueues {
 public:
  explicit TwoQ(std::int64_t capacity, double in = 0.25, double out = 0.5)
      : capacity_(capacity),
        in_capacity_(part_of(capacity, in)),
        out_capacity_(part_of(capacity, out)) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (find(small_, key) != small_.end()) return true;
    if (const auto at = find(main_, key); at != main_.end()) {
      std::rotate(at, at + 1, main_.end());
      return true;
    }
    const bool was_ghost = take_out(out_, key);
    if (bytes > in_capacity_) return false;
    while (bytes_in(small_) + bytes_in(main_) + bytes > capacity_) evict();
    if (!was_ghost) {
      small_.push_back({key, bytes});
    } else if (bytes <= capacity_ - in_capacity_) {
      while (bytes_in(main_) + bytes > capacity_ - in_capacity_) pop(main_);
      main_.push_back({key, bytes});
    }
    return false;
  }

 private:
  void evict() {
    if (bytes_in(small_) > in_capacity_ || main_.empty()) {
      remember(out_, pop(small_), out_capacity_);
    } else {
      pop(main_);
    }
  }

  Queue out_;
  std::int64_t capacity_, in_capacity_, out_capacity_;
};

// After libCacheSim's QDLP.c of 2025-05.
class Qdlp : public TwoQueues {
 public:
  explicit Qdlp(std::int64_t capacity, double small = 0.1, double ghost = 0.9, int threshold = 1)
      : capacity_(capacity),
        small_capacity_(part_of(capacity, small)),
        main_capacity_(capacity - small_capacity_),
        ghost_capacity_(part_of(capacity, ghost)),
        threshold_(threshold) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (const auto at = find(small_, key); at != small_.end()) {
      ++at->hits;
      return true;
    }
    if (const auto at = find(main_, key); at != main_.end()) {
      at->hits = std::min(at->hits + 1, 3);
      return true;
    }
    const bool was_ghost = take_out(ghost_, key);
    if (bytes > small_capacity_) return false;
    while (bytes_in(small_) + bytes_in(main_) + bytes > capacity_) evict();
    if (was_ghost) enter_main({key, bytes});
    if (!was_ghost && bytes < small_capacity_) small_.push_back({key, bytes});
    return false;
  }

 private:
  // A CLOCK of its own, which makes room for itself, and for nothing larger than it is.
  void enter_main(const Item& item) {
    if (item.bytes > main_capacity_) return;
    while (bytes_in(main_) + item.bytes > main_capacity_) evict_main();
    main_.push_back({item.key, item.bytes});
  }
  void evict() {
    if (small_.empty()) return evict_main();
    const Item item = pop(small_);
    item.hits < threshold_ ? remember(ghost_, item, ghost_capacity_) : enter_main(item);
  }
  void evict_main() {
    while (main_.front().hits > 0) {
      Item reprieved = pop(main_);
      --reprieved.hits;
      main_.push_back(reprieved);
    }
    pop(main_);
  }

  Queue ghost_;
  std::int64_t capacity_, small_capacity_, main_capacity_, ghost_capacity_;
  int threshold_;
};

// After libCacheSim's S3FIFO.c of 2025-05, queue by queue.
class S3Fifo : public TwoQueues {
 public:
  explicit S3Fifo(std::int64_t capacity, double small = 0.1, double ghost = 0.9, int threshold = 2)
      : capacity_(capacity),
        small_capacity_(part_of(capacity, small)),
        ghost_capacity_(part_of(capacity, ghost)),
        threshold_(threshold) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (hit(small_, key)) return true;
    const bool was_ghost = take_out(ghost_, key);
    if (hit(main_, key)) return true;
    if (bytes > small_capacity_ || bytes > capacity_) return false;
    while (bytes_in(small_) + bytes_in(main_) + bytes > capacity_) evict();
    if (was_ghost) {
      main_.push_back({key, bytes});
    } else if (bytes < small_capacity_) {
      const bool overflows = !has_evicted_ && bytes_in(small_) >= small_capacity_;
      (overflows ? main_ : small_).push_back({key, bytes});
    }
    return false;
  }

 private:
  static bool hit(Queue& queue, std::uint64_t key) {
    const auto at = find(queue, key);
    if (at == queue.end()) return false;
    ++at->hits;
    return true;
  }

  void evict() {
    has_evicted_ = true;
    bytes_in(main_) > capacity_ - small_capacity_ || small_.empty() ? evict_main() : evict_small();
  }
  void evict_small() {
    while (!small_.empty()) {
      const Item item = pop(small_);
      if (item.hits < threshold_) return remember(ghost_, item, ghost_capacity_);
      main_.push_back({item.key, item.bytes});
    }
  }
  void evict_main() {
    while (!main_.empty()) {
      Item item = pop(main_);
      if (item.hits == 0) return;
      item.hits = std::min(item.hits, 3) - 1;
      main_.push_back(item);
    }
  }

  Queue ghost_;
  std::int64_t capacity_, small_capacity_, ghost_capacity_;
  int threshold_;
  bool has_evicted_ = false;
};

}  // namespace cdnsim::slow
