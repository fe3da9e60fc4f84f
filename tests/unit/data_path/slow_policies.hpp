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

// A FIFO of what left, bounded by its bytes.
inline void remember(Queue& ghost, const Item& item, std::int64_t capacity) {
  if (item.bytes > capacity || find(ghost, item.key) != ghost.end()) return;
  while (bytes_in(ghost) + item.bytes > capacity) pop(ghost);
  ghost.push_back(item);
}
inline std::int64_t part_of(std::int64_t capacity, double share) {
  return static_cast<std::int64_t>(static_cast<double>(capacity) * share);
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

// After libCacheSim's SLRU.c of 2025-05, segment by segment, but that hits evict nothing.
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
  // Each that falls out makes its own way down before the next one falls.
  void put(const Item& item, std::size_t s) {
    segments_[s].push_back(item);
    while (s > 0 && bytes_in(segments_[s]) > segment_capacity_) {
      put(pop(segments_[s]), s - 1);
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

// After libCacheSim's TwoQ.c of 2025-05, but that the LRU makes no room before any is needed.
class TwoQ {
 public:
  explicit TwoQ(std::int64_t capacity, double in = 0.25, double out = 0.5)
      : capacity_(capacity),
        in_capacity_(part_of(capacity, in)),
        out_capacity_(part_of(capacity, out)) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (find(in_, key) != in_.end()) return true;
    if (const auto at = find(main_, key); at != main_.end()) {
      std::rotate(at, at + 1, main_.end());
      return true;
    }
    const bool was_ghost = take_out(out_, key);
    if (bytes > in_capacity_) return false;
    while (bytes_in(in_) + bytes_in(main_) + bytes > capacity_) evict();
    if (!was_ghost) {
      in_.push_back({key, bytes});
    } else if (bytes <= capacity_ - in_capacity_) {
      main_.push_back({key, bytes});
    }
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(in_, key) || take_out(main_, key); }
  Queue held() const {
    Queue all = in_;
    all.insert(all.end(), main_.begin(), main_.end());
    return all;
  }

 private:
  void evict() {
    if (bytes_in(main_) > capacity_ - in_capacity_) {
      pop(main_);
    } else if (bytes_in(in_) > in_capacity_ || main_.empty()) {
      remember(out_, pop(in_), out_capacity_);
    } else {
      pop(main_);
    }
  }

  Queue in_, main_, out_;
  std::int64_t capacity_, in_capacity_, out_capacity_;
};

// After libCacheSim's QDLP.c of 2025-05, but that nothing goes before room is needed.
class Qdlp {
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
    if (was_ghost && bytes <= main_capacity_) main_.push_back({key, bytes});
    if (!was_ghost && bytes < small_capacity_) small_.push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(small_, key) || take_out(main_, key); }
  Queue held() const {
    Queue all = small_;
    all.insert(all.end(), main_.begin(), main_.end());
    return all;
  }

 private:
  bool moves_if_it_fits() {
    const Item item = small_.front();
    if (bytes_in(main_) + item.bytes > main_capacity_) return false;
    main_.push_back({pop(small_).key, item.bytes});
    return true;
  }
  void evict() {
    while (!small_.empty() && bytes_in(main_) <= main_capacity_) {
      if (small_.front().hits < threshold_) return remember(ghost_, pop(small_), ghost_capacity_);
      if (small_.front().bytes > main_capacity_) return static_cast<void>(pop(small_));
      if (moves_if_it_fits()) continue;
      evict_main();
      moves_if_it_fits();
      return;
    }
    evict_main();
  }
  void evict_main() {
    while (main_.front().hits > 0) {
      Item reprieved = pop(main_);
      --reprieved.hits;
      main_.push_back(reprieved);
    }
    pop(main_);
  }

  Queue small_, main_, ghost_;
  std::int64_t capacity_, small_capacity_, main_capacity_, ghost_capacity_;
  int threshold_;
};

// After libCacheSim's S3FIFO.c of 2025-05, queue by queue.
class S3Fifo {
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

  Queue small_, main_, ghost_;
  std::int64_t capacity_, small_capacity_, ghost_capacity_;
  int threshold_;
  bool has_evicted_ = false;
};

}  // namespace cdnsim::slow
