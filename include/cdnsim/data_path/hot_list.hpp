// Which keys are asked for so often that one server is not enough: counts them in intervals, lists
// those at or above a rate, and lets them go when they have been below it for a while.
// Does not know what listing a key leads to, nor what time it is.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/counted_keys.hpp>

namespace cdnsim {

// Keys that are not listed share a table of `tracked` counters (counted_keys.hpp). Of N requests
// for them in an interval a key's count is never too high, and too low by N / (tracked + 1) at
// most:
//   a key is never listed whose rate over the interval was below `rate`;
//   one that was above it by N / (tracked + 1) requests is listed at the interval's end;
//   with no more keys than counters all counts are exact. Those of listed keys always are.
// Seconds and intervals begin at the clock's epoch. REQUIRES: time does not run backwards.
template <class Clock>
class HotList {
 public:
  using time_point = typename Clock::time_point;
  using duration = typename Clock::duration;

  struct Rules {
    Rate rate{1000};
    duration refresh = std::chrono::seconds(5);     // whole seconds
    duration cool_down = std::chrono::seconds(60);  // since the last interval at or above the rate
    std::uint32_t tracked = 1024;                   // counters, and as many keys on the list
  };

  explicit HotList(const Rules& rules)
      : rules_(rules), next_(time_point{} + rules.refresh), rows_(rules.tracked) {
    CDNSIM_ASSERT(rules.tracked > 0 && rules.refresh >= kSecond && rules.refresh % kSecond == kZero,
                  "a hot list has counters and is refreshed after whole seconds");
    const double rate = rules.rate.per_second();
    least_in_second_ = rounded_up(rate);
    least_ = rounded_up(rate * static_cast<double>(rules.refresh / kSecond));
  }

  // Counts one request; `tag` says what else the caller knows of the key. Returns where the key is
  // on the list, or kNoSlot. REQUIRES: next_refresh() > now; tag + 1 != 0.
  Slot count(std::uint64_t key, std::uint64_t tag, time_point now) {
    const Slot slot = rows_.count(key, tag);
    if (slot == kNoSlot) return kNoSlot;
    Row& row = rows_[slot];
    const std::int64_t second = second_of(now);
    if (row.second != second) close_second(row, second);
    ++row.in_second;
    return row.is_kept ? slot : kNoSlot;
  }

  // When the present interval ends.
  time_point next_refresh() const { return next_; }

  // Ends it: calls unlist(slot) for each key that leaves the list, while it can still be asked for,
  // and then list(slot) for each that comes, most requests first.
  template <class List, class Unlist>
  void refresh(List&& list, Unlist&& unlist) {
    const time_point at = next_;
    next_ += rules_.refresh;
    chosen_.clear();
    rows_.for_each([&](Slot slot) { judge(slot, at, unlist); });
    std::sort(chosen_.begin(), chosen_.end(), [&](Slot a, Slot b) {
      if (rows_[a].count != rows_[b].count) return rows_[a].count > rows_[b].count;
      return rows_[a].key < rows_[b].key;
    });
    for (const Slot slot : chosen_) {
      rows_[slot].count = 0;
      if (listed() == rules_.tracked) {
        rows_.drop(slot);
        continue;
      }
      enlist(slot, at);
      list(slot);
    }
  }

  // Lists a key at once, whatever was counted: somebody else knows that it is hot. One that is on
  // the list already is taken to be hot now. Returns where it is if it was not and there was room;
  // else kNoSlot. REQUIRES: next_refresh() > now; tag + 1 != 0.
  Slot list_now(std::uint64_t key, std::uint64_t tag, time_point now) {
    Slot slot = rows_.find(key);
    if (slot != kNoSlot && rows_[slot].is_kept) {
      rows_[slot].last_hot = now;
      return kNoSlot;
    }
    if (listed() == rules_.tracked) return kNoSlot;
    if (slot == kNoSlot) {
      slot = rows_.add(key, tag);
      rows_[slot].second = second_of(now);
    }
    if (!rows_[slot].has_hot) {
      rows_[slot].has_hot = true;
      rows_[slot].first_hot = second_of(now);
    }
    enlist(slot, now);
    return slot;
  }

  // A key on the list stays there until it is let go; then it cools down like others.
  // REQUIRES: find() named the slot.
  void hold(Slot slot) { rows_[slot].is_held = true; }
  void let_go(Slot slot) { rows_[slot].is_held = false; }
  bool is_held(Slot slot) const { return rows_[slot].is_held; }

  // Where the key is on the list; kNoSlot when it is not.
  Slot find(std::uint64_t key) const {
    const Slot slot = rows_.find(key);
    return slot != kNoSlot && rows_[slot].is_kept ? slot : kNoSlot;
  }
  std::uint32_t listed() const { return rows_.kept(); }

  // Of a key on the list. REQUIRES: count(), find() or refresh() named the slot just now.
  std::uint64_t key(Slot slot) const { return rows_[slot].key; }
  std::uint64_t tag(Slot slot) const { return rows_[slot].word; }
  time_point listed_at(Slot slot) const { return rows_[slot].listed_at; }
  // The first second at or above the rate: no interval without one came between it and the listing.
  time_point first_hot(Slot slot) const {
    return time_point(std::chrono::seconds(rows_[slot].first_hot));
  }
  // Requests in its highest second since then.
  std::uint64_t peak(Slot slot) const { return std::max(rows_[slot].peak, rows_[slot].in_second); }

 private:
  static constexpr duration kSecond = std::chrono::seconds(1);
  static constexpr duration kZero{0};

  struct Row {
    std::uint64_t key;
    std::uint64_t word;   // the tag
    std::uint64_t count;  // in this interval
    std::int64_t second;  // that is being counted
    std::uint64_t in_second;
    std::uint64_t peak;      // since the first hot second
    std::int64_t first_hot;  // second
    time_point last_hot;     // end of the last interval at or above the rate
    time_point listed_at;
    bool is_kept;       // is on the list
    bool has_hot;       // a hot second was met
    bool hot_interval;  // in this interval
    bool is_held;       // whatever it is asked for
  };

  static std::uint64_t rounded_up(double number) {
    const auto whole = static_cast<std::uint64_t>(number);
    return std::max<std::uint64_t>(1, whole + (static_cast<double>(whole) < number ? 1 : 0));
  }
  static std::int64_t second_of(time_point time) { return time.time_since_epoch() / kSecond; }

  void enlist(Slot slot, time_point at) {
    rows_.keep(slot);
    rows_[slot].listed_at = rows_[slot].last_hot = at;
  }

  void close_second(Row& row, std::int64_t next) {
    if (row.in_second >= least_in_second_) {
      if (!row.has_hot) {
        row.has_hot = true;
        row.first_hot = row.second;
      }
      row.hot_interval = true;
    }
    row.peak = std::max(row.peak, row.in_second);
    row.in_second = 0;
    row.second = next;
  }

  template <class Unlist>
  void judge(Slot slot, time_point at, Unlist& unlist) {
    Row& row = rows_[slot];
    close_second(row, second_of(at));
    const bool is_hot = row.count >= least_;
    if (row.is_kept) {
      if (is_hot || row.is_held) row.last_hot = at;
      if (!row.is_held && at - row.last_hot >= rules_.cool_down) {
        unlist(slot);
        return rows_.drop(slot);
      }
    } else if (is_hot) {
      chosen_.push_back(slot);
      return;
    } else if (!row.hot_interval) {
      return rows_.drop(slot);
    }
    row.count = 0;
    row.hot_interval = false;
  }

  Rules rules_;
  std::uint64_t least_in_second_ = 1;
  std::uint64_t least_ = 1;  // in an interval
  time_point next_;
  CountedKeys<Row> rows_;
  std::vector<Slot> chosen_;
};

}  // namespace cdnsim
