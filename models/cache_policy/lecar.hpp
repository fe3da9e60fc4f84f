// LeCaR (Vietri et al., HotStorage'18): LRU and LFU each say who should go; one of them is drawn,
// and trusted less when whoever went because of it is soon asked for. Does not know sizes beyond a
// history.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/data_path/slot_list.hpp>
#include <cdnsim/data_path/slot_rings.hpp>
#include <cdnsim/models/cache_policy/lfu.hpp>

namespace cdnsim {

// Regret is discount^(t / copies), t requests after the eviction; the paper's `discount` is 0.005.
// What libCacheSim (2025-05) settles beyond the paper is taken: each expert's history holds half of
// the capacity, nobody is to blame where both agree, who comes back counts from 1, and a little
// trust always stays. But there t is divided by the capacity in bytes, so that with sizes no regret
// fades, and draws are rounded to whole percents.
class LeCaR {
 public:
  static constexpr std::string_view kName = "lecar";
  static constexpr std::string_view kSummary =
      "lru and lfu propose; regret decides whom to trust more";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "rate", .otherwise = 0.45, .least = 0, .most = 100},
      PolicyParameter{.name = "discount", .otherwise = 0.005, .least = 1e-9, .most = 1},
      PolicyParameter{.name = "history", .otherwise = 0.5, .least = 0, .most = 100},
      PolicyParameter{
          .name = "seed", .otherwise = 0, .least = 0, .most = 4294967295, .whole = true}};

  LeCaR() : LeCaR(std::array{0.45, 0.005, 0.5, 0.0}) {}
  explicit LeCaR(std::span<const double> values)
      : rate_(values[0]),
        log_discount_(math::log(values[1])),
        history_share_(values[2]),
        seed_(static_cast<std::uint64_t>(values[3])) {}

  void attach(Bytes capacity) {
    history_most_ =
        static_cast<std::int64_t>(static_cast<double>(capacity.count()) * history_share_);
  }
  void reach(Slot last) {
    lru_.reach(last);
    lfu_.reach(last);
  }

  void on_ask(std::uint64_t) { ++now_; }
  Offer offer(std::uint64_t key, std::int64_t) {
    if (const Slot row = past_.find(key); row != kNoSlot) {
      regret(past_copies_[row].expert, now_ - past_[row].word);
      forget(row);
    }
    return Offer::admit;
  }
  void on_insert(Slot slot, std::uint64_t key, std::int64_t bytes) {
    lru_.push_front(slot);
    lfu_.on_insert(slot, key, bytes);
    ++copies_;
  }
  void prefetch(Slot slot) const {
    lru_.prefetch(slot);
    lfu_.prefetch(slot);
  }
  void on_hit(Slot slot) {
    lru_.move_to_front(slot);
    lfu_.on_hit(slot);
  }
  void on_erase(Slot slot, std::uint64_t key, std::int64_t bytes, Removal why) {
    lru_.erase(slot);
    lfu_.on_erase(slot, key, bytes, why);
    --copies_;
    if (why == Removal::evicted && blamed_ != kNobody) remember(key, bytes);
  }

  template <class Entries>
  Slot victim(const Entries& entries) {
    const Slot by_lru = lru_.back(), by_lfu = lfu_.victim(entries);
    blamed_ = kNobody;
    if (by_lru == by_lfu) return by_lru;
    blamed_ = unit(hash64(draws_++, seed_)) < trust_[kLru] ? kLru : kLfu;
    return blamed_ == kLru ? by_lru : by_lfu;
  }

 private:
  static constexpr std::size_t kLru = 0, kLfu = 1, kNobody = 2;
  static constexpr double kLeastTrust = 1e-10;
  struct PastCopy {
    std::int64_t bytes;
    std::size_t expert;
  };

  void regret(std::size_t expert, std::uint64_t requests) {
    const double age = static_cast<double>(requests) / std::max(1.0, static_cast<double>(copies_));
    const double regret = math::exp(age * log_discount_);
    trust_[expert] = std::max(trust_[expert] * math::exp(-rate_ * regret), kLeastTrust);
    const double sum = trust_[kLru] + trust_[kLfu];
    for (double& trust : trust_) trust /= sum;
  }

  void remember(std::uint64_t key, std::int64_t bytes) {
    if (bytes > history_most_) return;
    while (history_held_[blamed_] > history_most_ - bytes) forget(past_order_.oldest(blamed_));
    const Slot row = past_.add(key, now_);
    past_copies_.reach(past_.last());
    past_order_.reach(past_.last());
    past_copies_[row] = {bytes, blamed_};
    past_order_.insert(row, blamed_);
    history_held_[blamed_] += bytes;
  }
  void forget(Slot row) {
    const PastCopy& copy = past_copies_[row];
    history_held_[copy.expert] -= copy.bytes;
    past_order_.erase(row, copy.expert);
    past_.erase(row);
  }

  SlotList lru_;
  Lfu lfu_;
  KeyTable past_;  // what was evicted, with the time of that
  SlotArray<PastCopy> past_copies_;
  SlotRings<2> past_order_;  // of each expert, oldest first
  std::array<double, 2> trust_{0.5, 0.5};
  std::array<std::int64_t, 2> history_held_{};
  std::int64_t history_most_ = 0;
  double rate_, log_discount_, history_share_;
  std::size_t blamed_ = kNobody;  // for the victim at hand
  std::uint64_t now_ = 0;         // requests
  std::uint64_t copies_ = 0;
  std::uint64_t draws_ = 0;
  std::uint64_t seed_;
};

}  // namespace cdnsim
