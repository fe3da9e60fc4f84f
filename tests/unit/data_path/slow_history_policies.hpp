// Slow and plain models of the policies that remember when absent objects were asked for.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <vector>

#include "slow_policies.hpp"

namespace cdnsim::slow {

// The stack is written bottom first; `hits` of an item is its part.
class Lirs {
 public:
  explicit Lirs(std::int64_t capacity, double share = 0.01)
      : capacity_(capacity),
        passing_most_(std::max<std::int64_t>(
            1, static_cast<std::int64_t>(static_cast<double>(capacity) * share))),
        steady_most_(std::max<std::int64_t>(0, capacity - passing_most_)) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    const bool hit = find(held_, key) != held_.end();
    if (!hit && bytes > std::min(steady_most_, passing_most_)) return false;
    if (hit) bytes = find(held_, key)->bytes;
    raise(key);
    if (is_in(stack_, key) && find(stack_, key)->hits == kSteady) {
      prune();
      return true;
    }
    if (is_in(passing_, key)) {
      hit_passing(key, bytes);
    } else {
      make_room(key, bytes);
      admit(key, bytes);
    }
    let_go();
    while (bytes_in(stack_) > 2 * capacity_ && !ghosts_.empty()) {
      take_out(stack_, ghosts_.front().key);
      ghosts_.erase(ghosts_.begin());
    }
    return hit;
  }

  bool purge(std::uint64_t key) {
    if (!take_out(held_, key)) return false;
    for (Queue* queue : {&passing_, &leaving_, &ghosts_}) take_out(*queue, key);
    if (take_out(stack_, key)) prune();
    return true;
  }
  Queue held() const { return held_; }

 private:
  enum Part { kSteady, kPassing, kGhost };

  static bool is_in(Queue& queue, std::uint64_t key) { return find(queue, key) != queue.end(); }
  std::int64_t steady_bytes() const {
    std::int64_t sum = 0;
    for (const Item& item : stack_) sum += item.hits == kSteady ? item.bytes : 0;
    return sum;
  }

  void raise(std::uint64_t key) {
    const auto at = find(stack_, key);
    if (at != stack_.end()) std::rotate(at, at + 1, stack_.end());
  }
  void prune() {
    while (stack_.size() > 1 && stack_.front().hits != kSteady) {
      take_out(ghosts_, stack_.front().key);
      stack_.erase(stack_.begin());
    }
  }
  void release(const Item& item) {
    leaving_.push_back(item);
    const auto at = find(stack_, item.key);
    if (at == stack_.end()) return;
    at->hits = kGhost;
    ghosts_.push_back(item);
  }
  void release_oldest_passing() {
    const Item item = passing_.front();
    passing_.erase(passing_.begin());
    release(item);
  }
  void make_passing_room(std::int64_t bytes) {
    while (!passing_.empty() && bytes_in(passing_) + bytes > passing_most_) {
      release_oldest_passing();
    }
  }
  bool demote() {
    prune();
    if (stack_.empty() || stack_.front().hits != kSteady) return false;
    const Item item = stack_.front();
    stack_.erase(stack_.begin());
    if (item.bytes > passing_most_) {
      release(item);
    } else {
      make_passing_room(item.bytes);
      passing_.push_back(item);
    }
    prune();
    return true;
  }
  void make_steady_room(std::int64_t bytes) {
    while (steady_bytes() + bytes > steady_most_ && demote()) continue;
  }

  void make_room(std::uint64_t key, std::int64_t bytes) {
    if (is_in(stack_, key)) {
      make_steady_room(bytes);
    } else if (steady_bytes() + bytes > steady_most_) {
      make_passing_room(bytes);
    }
    while (bytes_in(held_) + bytes > capacity_) {
      while (leaving_.empty()) passing_.empty() ? void(demote()) : release_oldest_passing();
      take_out(held_, leaving_.front().key);
      leaving_.erase(leaving_.begin());
    }
    let_go();
    held_.push_back({key, bytes});
  }
  void let_go() {
    for (const Item& item : leaving_) take_out(held_, item.key);
    leaving_.clear();
  }
  void admit(std::uint64_t key, std::int64_t bytes) {
    if (take_out(ghosts_, key)) {
      find(stack_, key)->bytes = bytes;
      make_steady(key, bytes);
    } else if (steady_bytes() + bytes <= steady_most_) {
      stack_.push_back({key, bytes, kSteady});
    } else {
      stack_.push_back({key, bytes, kPassing});
      make_passing_room(bytes);
      passing_.push_back({key, bytes});
    }
  }
  void make_steady(std::uint64_t key, std::int64_t bytes) {
    find(stack_, key)->hits = kPassing;  // while room is made
    make_steady_room(bytes);
    find(stack_, key)->hits = kSteady;
  }
  void hit_passing(std::uint64_t key, std::int64_t bytes) {
    take_out(passing_, key);
    if (is_in(stack_, key)) return make_steady(key, bytes);
    passing_.push_back({key, bytes});
    for (std::int64_t beside = bytes; steady_bytes() + bytes > steady_most_; demote()) {
      prune();
      if (stack_.empty() || stack_.front().hits != kSteady) break;
      if ((beside += stack_.front().bytes) > passing_most_) break;
    }
    stack_.push_back({key, bytes, kPassing});
  }

  Queue stack_, passing_, leaving_, ghosts_, held_;
  std::int64_t capacity_, passing_most_, steady_most_;
};

class LruK {
 public:
  explicit LruK(std::int64_t capacity, std::size_t k = 2, double history = 1)
      : capacity_(capacity),
        history_most_(static_cast<std::int64_t>(static_cast<double>(capacity) * history)),
        k_(k) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    const bool hit = find(held_, key) != held_.end();
    if (!hit) {
      const bool was_known = take_out(history_, key);
      if (!was_known) times_[key].clear();
      if (bytes > capacity_) return false;
      while (bytes_in(held_) + bytes > capacity_) evict();
      held_.push_back({key, bytes});
    }
    times_[key].insert(times_[key].begin(), ++now_);
    times_[key].resize(std::min(times_[key].size(), k_));
    return hit;
  }
  bool purge(std::uint64_t key) { return take_out(held_, key); }
  Queue held() const { return held_; }

 private:
  // Whether `a` goes before `b`.
  bool is_before(const Item& a, const Item& b) {
    const std::vector<int>&ta = times_[a.key], &tb = times_[b.key];
    const bool a_full = ta.size() == k_, b_full = tb.size() == k_;
    if (a_full != b_full) return b_full;
    return a_full ? ta.back() < tb.back() : ta.front() < tb.front();
  }
  void evict() {
    const auto at =
        std::min_element(held_.begin(), held_.end(),
                         [this](const Item& a, const Item& b) { return is_before(a, b); });
    const Item item = *at;
    held_.erase(at);
    if (k_ == 1 || item.bytes > history_most_) return;
    history_.push_back(item);
    while (bytes_in(history_) > history_most_) history_.erase(history_.begin());
  }

  Queue held_, history_;
  std::map<std::uint64_t, std::vector<int>> times_;  // newest first, at most k
  std::int64_t capacity_, history_most_;
  std::size_t k_;
  int now_ = 0;
};

}  // namespace cdnsim::slow
