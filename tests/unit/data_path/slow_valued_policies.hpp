// Slow and plain models of the policies that give each copy a value and let the least go.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include <cdnsim/base/hash.hpp>

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

// That looks at all copies, before the first `interval` is over: then each has 17 and its group
// over its age, and one more for those that explore.
class Lhd {
 public:
  explicit Lhd(std::int64_t capacity, std::uint64_t seed = 0)
      : capacity_(capacity), budget_(capacity / 100), seed_(seed) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    if (const auto at = find(queue_, key); at != queue_.end()) {
      Past& past = pasts_[key];
      if (past.explores) budget_ += at->bytes;
      past.group = group_of(age(key) + past.last_age);
      past.last_age = age(key);
      std::rotate(at, at + 1, queue_.end());
      asked_for(queue_.back());
      return true;
    }
    if (bytes > capacity_) return false;
    while (bytes_in(queue_) + bytes > capacity_) {
      const auto goes = std::min_element(
          queue_.begin(), queue_.end(),
          [this](const Item& a, const Item& b) { return density(a) < density(b); });
      purge(goes->key);
    }
    queue_.push_back({key, bytes});
    pasts_[key] = {};
    asked_for(queue_.back());
    return false;
  }
  bool purge(std::uint64_t key) {
    const auto at = find(queue_, key);
    if (at == queue_.end()) return false;
    if (pasts_[key].explores) budget_ += at->bytes;
    queue_.erase(at);
    return true;
  }
  Queue held() const { return queue_; }

 private:
  struct Past {
    std::int64_t time = 0, last_age = 0;
    int group = 0;
    bool explores = false;
  };
  static int group_of(std::int64_t age) {
    if (age == 0) return 15;
    int group = 0;
    for (; age < 20'000 && group < 15; age *= 2) ++group;
    return group;
  }
  std::int64_t age(std::uint64_t key) { return (now_ - pasts_[key].time) / 1024; }
  float density(const Item& item) {
    const Past& past = pasts_[item.key];
    const auto hits = static_cast<float>(17 + past.group) / static_cast<float>(age(item.key) + 1);
    return hits / static_cast<float>(item.bytes) + (past.explores ? 1.0F : 0.0F);
  }
  void asked_for(const Item& item) {
    Past& past = pasts_[item.key];
    past.time = now_;
    past.explores = hash64(static_cast<std::uint64_t>(now_), ~seed_) % 32 == 0 && budget_ > 0;
    if (past.explores) budget_ -= item.bytes;
    ++now_;
  }

  Queue queue_;  // last asked for at the back
  std::map<std::uint64_t, Past> pasts_;
  std::int64_t capacity_, now_ = 0, budget_;
  std::uint64_t seed_;
};

}  // namespace cdnsim::slow
