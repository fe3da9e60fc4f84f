// Eviction policies written as slowly and plainly as can be, to hold the fast ones against.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <utility>
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
inline Item pop(Queue& queue) {
  const Item item = queue.front();
  queue.erase(queue.begin());
  return item;
}
inline std::int64_t bytes_in(const Queue& queue) {
  std::int64_t sum = 0;
  for (const Item& item : queue) sum += item.bytes;
  return sum;
}

// What FIFO, LFU, LRU, CLOCK and SIEVE have in common: one queue; they differ in the rest.
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

class Lfu : public OneQueue<Lfu> {
 public:
  using OneQueue::OneQueue;
  // To the back, so that of equals the one that has had its number of hits for longest is first.
  void hit(std::size_t at) {
    Item item = queue_[at];
    ++item.hits;
    queue_.erase(queue_.begin() + static_cast<std::ptrdiff_t>(at));
    queue_.push_back(item);
  }
  void evict() {
    queue_.erase(std::min_element(queue_.begin(), queue_.end(),
                                  [](const Item& a, const Item& b) { return a.hits < b.hits; }));
  }
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

// After libCacheSim's LFUDA.c of 2025-05. Priorities are to stay below 2^62.
class LfuDa {
 public:
  explicit LfuDa(std::int64_t capacity) : capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (const auto at = find(queue_, key); at != queue_.end()) {
      const std::uint64_t before = std::exchange(priorities_[key], priorities_[key] + age_);
      std::rotate(at, at + 1, queue_.end());
      left(before);
      return true;
    }
    if (bytes > capacity_) return false;
    while (bytes_in(queue_) + bytes > capacity_) {
      age_ = least();
      const auto goes = std::find_if(queue_.begin(), queue_.end(), [this](const Item& item) {
        return priorities_[item.key] == age_;
      });
      queue_.erase(goes);
      left(age_);
    }
    queue_.push_back({key, bytes});
    priorities_[key] = age_ + 1;
    return false;
  }
  bool purge(std::uint64_t key) {
    if (!take_out(queue_, key)) return false;
    left(priorities_[key]);
    return true;
  }
  Queue held() const { return queue_; }

 private:
  std::uint64_t least() {
    std::uint64_t least = ~std::uint64_t{0};
    for (const Item& item : queue_) least = std::min(least, priorities_[item.key]);
    return least;
  }
  // Some copy no longer has that priority.
  void left(std::uint64_t priority) {
    if (priority == age_ && !queue_.empty()) age_ = least();
  }

  Queue queue_;  // among equals the one that came by its priority first is first
  std::map<std::uint64_t, std::uint64_t> priorities_;
  std::uint64_t age_ = 0;
  std::int64_t capacity_;
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

// After libCacheSim's SLRU.c of 2025-05, segment by segment.
class Slru {
 public:
  explicit Slru(std::int64_t capacity, std::size_t segments = 4)
      : segments_(segments),
        capacity_(capacity),
        segment_capacity_(capacity / static_cast<std::int64_t>(segments)) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    for (std::size_t s = 0; s < segments_.size(); ++s) {
      const auto at = find(segments_[s], key);
      if (at == segments_[s].end()) continue;
      const Item item = *at;
      segments_[s].erase(at);
      put(item, std::min(s + 1, segments_.size() - 1));
      return true;
    }
    if (bytes > segment_capacity_) return false;
    while (bytes_in(held()) + bytes > capacity_) evict();
    for (Queue& segment : segments_) {
      if (bytes_in(segment) + bytes > segment_capacity_) continue;
      segment.push_back({key, bytes});
      return false;
    }
    segments_[0].push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) {
    return std::any_of(segments_.begin(), segments_.end(),
                       [&](Queue& segment) { return take_out(segment, key); });
  }
  Queue held() const {
    Queue all;
    for (const Queue& segment : segments_) all.insert(all.end(), segment.begin(), segment.end());
    return all;
  }

 private:
  // Each that falls out makes its own way down before the next one falls; from the lowest segment
  // it falls out of the cache.
  void put(const Item& item, std::size_t s, bool fell = false) {
    segments_[s].push_back(item);
    while (s == 0 && fell && bytes_in(segments_[0]) > segment_capacity_) pop(segments_[0]);
    while (s > 0 && bytes_in(segments_[s]) > segment_capacity_) {
      put(pop(segments_[s]), s - 1, true);
    }
  }
  void evict() {
    const auto lowest = std::find_if(segments_.begin(), segments_.end(),
                                     [](const Queue& segment) { return !segment.empty(); });
    lowest->erase(lowest->begin());
  }

  std::vector<Queue> segments_;  // the lowest first
  std::int64_t capacity_, segment_capacity_;
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
