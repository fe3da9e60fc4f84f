// Slow and plain models of the policies that give each copy a value and let the least go.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "slow_policies.hpp"

namespace cdnsim::slow {

// Of equal values the one that was given first is least: it is nearest to the front.
class GreedyDual {
 public:
  GreedyDual(std::int64_t capacity, bool counts_requests)
      : counts_requests_(counts_requests), capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (const auto at = find(queue_, key); at != queue_.end()) {
      ++at->hits;
      values_[key] = clock_ + value(*at);
      std::rotate(at, at + 1, queue_.end());
      return true;
    }
    if (bytes > capacity_) return false;
    queue_.push_back({key, bytes});
    // GDSF's newcomer stands among those that may go; Greedy-Dual-Size's enters when all is done.
    if (counts_requests_) values_[key] = clock_ + value(queue_.back());
    while (bytes_in(queue_) > capacity_) evict();
    if (!counts_requests_) values_[key] = clock_ + value(queue_.back());
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(queue_, key); }
  Queue held() const { return queue_; }

 private:
  double value(const Item& item) const {
    const double requests = counts_requests_ ? 1 + item.hits : 1;
    return requests * 1e6 / static_cast<double>(item.bytes);
  }
  void evict() {
    const auto end = counts_requests_ ? queue_.end() : queue_.end() - 1;
    const auto goes = std::min_element(queue_.begin(), end, [this](const Item& a, const Item& b) {
      return values_[a.key] < values_[b.key];
    });
    clock_ = values_[goes->key];
    queue_.erase(goes);
  }

  Queue queue_;
  std::map<std::uint64_t, double> values_;
  double clock_ = 0;
  bool counts_requests_;
  std::int64_t capacity_;
};

// That looks at all copies. The queue is in the order in which they entered.
class Hyperbolic {
 public:
  explicit Hyperbolic(std::int64_t capacity, bool counts_bytes = true)
      : counts_bytes_(counts_bytes), capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    ++now_;
    if (const auto at = find(queue_, key); at != queue_.end()) {
      ++at->hits;
      return true;
    }
    if (bytes > capacity_) return false;
    while (bytes_in(queue_) + bytes > capacity_) {
      queue_.erase(
          std::min_element(queue_.begin(), queue_.end(),
                           [this](const Item& a, const Item& b) { return worth(a) < worth(b); }));
    }
    queue_.push_back({key, bytes});
    entered_[key] = now_;
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(queue_, key); }
  Queue held() const { return queue_; }

 private:
  double worth(const Item& item) const {
    const auto bytes = counts_bytes_ ? static_cast<double>(item.bytes) : 1.0;
    return (1 + item.hits) / (static_cast<double>(now_ - entered_.at(item.key)) * bytes);
  }

  Queue queue_;
  std::map<std::uint64_t, std::int64_t> entered_;
  std::int64_t now_ = 0;
  bool counts_bytes_;
  std::int64_t capacity_;
};

}  // namespace cdnsim::slow
