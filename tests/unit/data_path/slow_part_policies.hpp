// Slow and plain models of CAR, LeCaR and W-TinyLFU.
// Does not know slots, indexes or links: vectors of items, searched from end to end.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <map>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>

#include "slow_policies.hpp"

namespace cdnsim::slow {

// After the paper's figure 2: T1, B1, T2 and B2 by their names; `hits` is the page reference bit.
class Car {
 public:
  explicit Car(std::int64_t capacity) : capacity_(capacity) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    for (Queue* queue : {&t1_, &t2_}) {
      if (const auto at = find(*queue, key); at != queue->end()) {
        at->hits = 1;
        return true;
      }
    }
    const auto b1 = static_cast<double>(bytes_in(b1_)), b2 = static_cast<double>(bytes_in(b2_));
    const bool in_b1 = take_out(b1_, key), in_b2 = take_out(b2_, key);
    if (bytes > capacity_) return false;
    while (bytes_in(t1_) + bytes_in(t2_) + bytes > capacity_) {
      replace();
      if (!in_b1 && !in_b2) forget_one(bytes);
    }
    if (in_b1) p_ = std::min(p_ + std::max(b2 / b1, 1.0), static_cast<double>(capacity_));
    if (in_b2) p_ = std::max(p_ - std::max(b1 / b2, 1.0), 0.0);
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
  void replace() {
    while (true) {
      const auto t1 = static_cast<double>(bytes_in(t1_));
      const bool from_t1 = !t1_.empty() && (t2_.empty() || t1 >= std::max(1.0, p_));
      Item item = pop(from_t1 ? t1_ : t2_);
      if (item.hits == 0) {
        Queue& ghost = from_t1 ? b1_ : b2_;
        ghost.push_back(item);
        while (bytes_in(ghost) > 8 * capacity_) pop(ghost);
        return;
      }
      item.hits = 0;
      t2_.push_back(item);
    }
  }
  void forget_one(std::int64_t bytes) {
    if (bytes_in(t1_) + bytes_in(b1_) + bytes > capacity_) {
      if (!b1_.empty()) pop(b1_);
    } else if (bytes_in(held()) + bytes_in(b1_) + bytes_in(b2_) >= 2 * capacity_) {
      if (!b2_.empty()) pop(b2_);
    }
  }

  Queue t1_, b1_, t2_, b2_;
  double p_ = 0;
  std::int64_t capacity_;
};

class LeCaR {
 public:
  explicit LeCaR(std::int64_t capacity, std::uint64_t seed = 0)
      : capacity_(capacity), seed_(seed) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    ++now_;
    if (const auto at = find(recent_, key); at != recent_.end()) {
      std::rotate(at, at + 1, recent_.end());
      const auto often = find(frequent_, key);
      ++often->hits;
      std::rotate(often, often + 1, frequent_.end());
      return true;
    }
    for (std::size_t expert = 0; expert < 2; ++expert) {
      if (take_out(history_[expert], key)) regret(expert, now_ - evicted_at_[key]);
    }
    if (bytes > capacity_) return false;
    while (bytes_in(recent_) + bytes > capacity_) evict();
    recent_.push_back({key, bytes});
    frequent_.push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) { return take_out(recent_, key) && take_out(frequent_, key); }
  Queue held() const { return recent_; }

 private:
  void regret(std::size_t expert, std::uint64_t requests) {
    const auto copies = std::max(1.0, static_cast<double>(recent_.size()));
    const double regret = math::exp(static_cast<double>(requests) / copies * math::log(0.005));
    trust_[expert] = std::max(trust_[expert] * math::exp(-0.45 * regret), 1e-10);
    const double sum = trust_[0] + trust_[1];
    trust_ = {trust_[0] / sum, trust_[1] / sum};
  }
  void evict() {
    const Item by_lru = recent_.front();
    const Item by_lfu =
        *std::min_element(frequent_.begin(), frequent_.end(),
                          [](const Item& a, const Item& b) { return a.hits < b.hits; });
    const bool agree = by_lru.key == by_lfu.key;
    const bool lru = agree || unit(hash64(draws_++, seed_)) < trust_[0];
    const Item goes = lru ? by_lru : by_lfu;
    take_out(recent_, goes.key);
    take_out(frequent_, goes.key);
    if (agree || goes.bytes > capacity_ / 2) return;
    Queue& history = history_[lru ? 0 : 1];
    while (bytes_in(history) + goes.bytes > capacity_ / 2) pop(history);
    history.push_back(goes);
    evicted_at_[goes.key] = now_;
  }

  Queue recent_, frequent_;
  std::array<Queue, 2> history_;
  std::map<std::uint64_t, std::uint64_t> evicted_at_;
  std::array<double, 2> trust_{0.5, 0.5};
  std::int64_t capacity_;
  std::uint64_t now_ = 0, draws_ = 0, seed_;
};

// That counts each request truly.
class WTinyLfu {
 public:
  explicit WTinyLfu(std::int64_t capacity, double window = 0.01)
      : capacity_(capacity),
        main_most_(capacity - static_cast<std::int64_t>(static_cast<double>(capacity) * window)) {}

  bool request(std::uint64_t key, std::int64_t bytes) {
    ++requests_[key];
    for (Queue* part : {&window_, &probation_, &protected_}) {
      const auto at = find(*part, key);
      if (at == part->end()) continue;
      const Item item = *at;
      part->erase(at);
      (part == &window_ ? window_ : protected_).push_back(item);
      while (bytes_in(protected_) > main_most_ - main_most_ / 5) {
        probation_.push_back(pop(protected_));
      }
      return true;
    }
    if (bytes > capacity_) return false;
    while (bytes_in(held()) + bytes > capacity_) evict();
    window_.push_back({key, bytes});
    return false;
  }
  bool purge(std::uint64_t key) {
    return take_out(window_, key) || take_out(probation_, key) || take_out(protected_, key);
  }
  Queue held() const {
    Queue all = window_;
    all.insert(all.end(), probation_.begin(), probation_.end());
    all.insert(all.end(), protected_.begin(), protected_.end());
    return all;
  }

 private:
  bool fits_main(const Item& item) const {
    return bytes_in(probation_) + bytes_in(protected_) + item.bytes <= main_most_;
  }
  void enter_main() {
    const Item item = pop(window_);
    const std::int64_t probation_most = main_most_ / 5;
    const bool only_protected = bytes_in(probation_) + item.bytes > probation_most &&
                                bytes_in(protected_) + item.bytes <= main_most_ - probation_most;
    (only_protected ? protected_ : probation_).push_back(item);
  }
  void evict() {
    while (!window_.empty() && fits_main(window_.front())) enter_main();
    Queue& rivals = probation_.empty() ? protected_ : probation_;
    if (window_.empty()) {
      pop(rivals);
    } else if (rivals.empty() || requests_[window_.front().key] <= requests_[rivals.front().key]) {
      pop(window_);
    } else {
      pop(rivals);
      if (fits_main(window_.front())) enter_main();
    }
  }

  Queue window_, probation_, protected_;
  std::map<std::uint64_t, int> requests_;
  std::int64_t capacity_, main_most_;
};

}  // namespace cdnsim::slow
