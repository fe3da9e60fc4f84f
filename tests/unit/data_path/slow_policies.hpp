// Eviction policies written as slowly and plainly as can be, to hold the fast ones against.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

namespace cdnsim::slow {

struct Item {
  std::uint64_t key = 0;
  std::int64_t bytes = 0;
  int hits = 0;  // since it entered, or since a hand last passed
  bool operator==(const Item&) const = default;
};
using Queue = std::vector<Item>;  // oldest first

inline Queue::iterator find(Queue& queue, std::uint64_t key) {
  return std::find_if(queue.begin(), queue.end(), [&](const Item& i) { return i.key == key; });
}
inline bool take_out(Queue& queue, std::uint64_t key) {
  const auto at = find(queue, key);
  if (at == queue.end()) return false;
  queue.erase(at);
  return true;
}
inline std::int64_t bytes_in(const Queue& queue) {
  std::int64_t sum = 0;
  for (const Item& item : queue) sum += item.bytes;
  return sum;
}

// What FIFO, LRU, CLOCK and SIEVE have in common: one queue; they differ in the rest.
template <class Self>
class OneQueue {
 public:
  explicit OneQueue(std::int64_t capacity) : capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (const auto at = find(queue_, key); at != queue_.end()) {
      self().hit(static_cast<std::size_t>(at - queue_.begin()));
      return true;
    }
    if (bytes > capacity_) return false;
    while (bytes_in(queue_) + bytes > capacity_) self().evict();
    queue_.push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) {
    self().before_purge(key);
    return take_out(queue_, key);
  }
  Queue held() const { return queue_; }

 protected:
  void before_purge(std::uint64_t) {}
  Self& self() { return static_cast<Self&>(*this); }

  Queue queue_;
  std::int64_t capacity_;
};

class Fifo : public OneQueue<Fifo> {
 public:
  using OneQueue::OneQueue;
  void hit(std::size_t) {}
  void evict() { queue_.erase(queue_.begin()); }
  using OneQueue::before_purge;
};

class Lru : public OneQueue<Lru> {
 public:
  using OneQueue::OneQueue;
  void hit(std::size_t at) {
    const Item item = queue_[at];
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(at));
    queue_.push_back(item);
  }
  void evict() { queue_.erase(queue_.begin()); }
  using OneQueue::before_purge;
};

class Size : public OneQueue<Size> {
 public:
  using OneQueue::OneQueue;
  void hit(std::size_t) {}
  void evict() {
    queue_.erase(std::max_element(queue_.begin(), queue_.end(),
                                  [](const Item& a, const Item& b) { return a.bytes < b.bytes; }));
  }
  using OneQueue::before_purge;
};

class Clock : public OneQueue<Clock> {
 public:
  explicit Clock(std::int64_t capacity, int most = 1) : OneQueue(capacity), most_(most) {}
  void hit(std::size_t at) { queue_[at].hits = std::min(queue_[at].hits + 1, most_); }
  void evict() {
    while (queue_.front().hits > 0) {
      Item reprieved = queue_.front();
      --reprieved.hits;
      queue_.erase(queue_.begin());
      queue_.push_back(reprieved);
    }
    queue_.erase(queue_.begin());
  }
  using OneQueue::before_purge;

 private:
  int most_;
};

class Sieve : public OneQueue<Sieve> {
 public:
  using OneQueue::OneQueue;
  void hit(std::size_t at) { queue_[at].hits = 1; }
  void evict() {
    std::size_t at = hand_ ? static_cast<std::size_t>(find(queue_, *hand_) - queue_.begin()) : 0;
    while (queue_[at].hits > 0) {
      queue_[at].hits = 0;
      at = (at + 1) % queue_.size();
    }
    point_beyond(at);
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(at));
  }
  void before_purge(std::uint64_t key) {
    if (hand_ != key) return;
    point_beyond(static_cast<std::size_t>(find(queue_, key) - queue_.begin()));
  }

 private:
  // From the newest the hand goes back to whoever is oldest when it is next needed.
  void point_beyond(std::size_t at) {
    hand_.reset();
    if (at + 1 < queue_.size()) hand_ = queue_[at + 1].key;
  }
  std::optional<std::uint64_t> hand_;
};

// After libCacheSim's S3FIFO.c of 2025-05, queue by queue.
class S3Fifo {
 public:
  explicit S3Fifo(std::int64_t capacity, double small = 0.1, double ghost = 0.9, int threshold = 2)
      : capacity_(capacity),
        small_capacity_(static_cast<std::int64_t>(static_cast<double>(capacity) * small)),
        ghost_capacity_(static_cast<std::int64_t>(static_cast<double>(capacity) * ghost)),
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
  bool purge(std::uint64_t key) { return take_out(small_, key) || take_out(main_, key); }
  Queue held() const {
    Queue all = small_;
    all.insert(all.end(), main_.begin(), main_.end());
    return all;
  }

 private:
  static bool hit(Queue& queue, std::uint64_t key) {
    const auto at = find(queue, key);
    if (at == queue.end()) return false;
    ++at->hits;
    return true;
  }
  static Item pop(Queue& queue) {
    const Item item = queue.front();
    queue.erase(queue.begin());
    return item;
  }

  void evict() {
    has_evicted_ = true;
    bytes_in(main_) > capacity_ - small_capacity_ || small_.empty() ? evict_main() : evict_small();
  }
  void evict_small() {
    while (!small_.empty()) {
      const Item item = pop(small_);
      if (item.hits < threshold_) return haunt(item);
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
  void haunt(const Item& item) {
    if (item.bytes > ghost_capacity_ || find(ghost_, item.key) != ghost_.end()) return;
    while (bytes_in(ghost_) + item.bytes > ghost_capacity_) pop(ghost_);
    ghost_.push_back(item);
  }

  Queue small_, main_, ghost_;
  std::int64_t capacity_, small_capacity_, ghost_capacity_;
  int threshold_;
  bool has_evicted_ = false;
};

// After the paper's figure 4 and libCacheSim's ARC.c: T1, B1, T2 and B2 by their names.
class Arc {
 public:
  explicit Arc(std::int64_t capacity) : capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    for (Queue* queue : {&t1_, &t2_}) {
      if (const auto at = find(*queue, key); at != queue->end()) {
        const Item item = *at;
        queue->erase(at);
        t2_.push_back(item);
        return true;
      }
    }
    const auto b1 = static_cast<double>(bytes_in(b1_)), b2 = static_cast<double>(bytes_in(b2_));
    const bool in_b1 = take_out(b1_, key), in_b2 = take_out(b2_, key);
    if (in_b1) p_ = std::min(p_ + std::max(b2 / b1, 1.0), static_cast<double>(capacity_));
    if (in_b2) p_ = std::max(p_ - std::max(b1 / b2, 1.0), 0.0);
    if (bytes > capacity_) return false;
    while (bytes_in(t1_) + bytes_in(t2_) + bytes > capacity_) {
      in_b1 || in_b2 ? replace(in_b2) : make_room_for_newcomer(bytes);
    }
    (in_b1 || in_b2 ? t2_ : t1_).push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(t1_, key) || take_out(t2_, key); }
  Queue held() const {
    Queue all = t1_;
    all.insert(all.end(), t2_.begin(), t2_.end());
    return all;
  }

 private:
  void make_room_for_newcomer(std::int64_t bytes) {
    if (bytes_in(t1_) + bytes_in(b1_) + bytes > capacity_) {
      if (b1_.empty()) {
        t1_.erase(t1_.begin());
        return;
      }
      b1_.erase(b1_.begin());
    } else if (bytes_in(held()) + bytes_in(b1_) + bytes_in(b2_) >= 2 * capacity_ && !b2_.empty()) {
      b2_.erase(b2_.begin());
    }
    replace(false);
  }
  void replace(bool in_b2) {
    const auto t1 = static_cast<double>(bytes_in(t1_));
    const bool from_t1 = t2_.empty() || (!t1_.empty() && (t1 > p_ || (t1 == p_ && in_b2)));
    Queue& queue = from_t1 ? t1_ : t2_;
    Queue& ghost = from_t1 ? b1_ : b2_;
    ghost.push_back(queue.front());
    queue.erase(queue.begin());
    while (bytes_in(ghost) > 8 * capacity_) ghost.erase(ghost.begin());
  }

  Queue t1_, b1_, t2_, b2_;
  double p_ = 0;
  std::int64_t capacity_;
};

}  // namespace cdnsim::slow
