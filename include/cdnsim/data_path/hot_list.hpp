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
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/data_path/slot_rows.hpp>

namespace cdnsim {

// Keys that are not listed share a table of `tracked` counters (Misra and Gries, Science of
// Computer Programming 1982): a key for which there is no room takes one off all counters. Of N
// such requests in an interval a key's count is never too high, and too low by N / (tracked + 1) at
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

  explicit HotList(const Rules& rules) : rules_(rules), next_(time_point{} + rules.refresh) {
    CDNSIM_ASSERT(rules.tracked > 0 && rules.refresh >= kSecond && rules.refresh % kSecond == kZero,
                  "a hot list has counters and is refreshed after whole seconds");
    const double rate = rules.rate.per_second();
    least_in_second_ = rounded_up(rate);
    least_ = rounded_up(rate * static_cast<double>(rules.refresh / kSecond));
  }

  // Counts one request; `tag` says what else the caller knows of the key. Returns where the key is
  // on the list, or kNoSlot. REQUIRES: next_refresh() > now; tag + 1 != 0.
  Slot count(std::uint64_t key, std::uint64_t tag, time_point now) {
    Slot slot = find_row(key);
    if (slot == kNoSlot) {
      if (candidates_ == rules_.tracked && !make_room()) return kNoSlot;
      slot = add(key, tag);
    }
    Row& row = rows_[slot];
    const std::int64_t second = second_of(now);
    if (row.second != second) close_second(row, second);
    ++row.in_second;
    ++row.count;
    return row.is_listed ? slot : kNoSlot;
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
      if (listed_ == rules_.tracked) {
        drop(slot);
        continue;
      }
      rows_[slot].is_listed = true;
      rows_[slot].listed_at = rows_[slot].last_hot = at;
      --candidates_;
      ++listed_;
      list(slot);
    }
  }

  // Where the key is on the list; kNoSlot when it is not.
  Slot find(std::uint64_t key) const {
    const Slot slot = find_row(key);
    return slot != kNoSlot && rows_[slot].is_listed ? slot : kNoSlot;
  }
  std::uint32_t listed() const { return listed_; }

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
    bool is_listed;
    bool has_hot;       // a hot second was met
    bool hot_interval;  // in this interval
  };

  static std::uint64_t rounded_up(double number) {
    const auto whole = static_cast<std::uint64_t>(number);
    return std::max<std::uint64_t>(1, whole + (static_cast<double>(whole) < number ? 1 : 0));
  }
  static std::int64_t second_of(time_point time) { return time.time_since_epoch() / kSecond; }

  Slot find_row(std::uint64_t key) const {
    return index_.find(key, [this](Slot slot) { return rows_[slot].key; });
  }

  Slot add(std::uint64_t key, std::uint64_t tag) {
    if (rows_.must_grow()) rows_.grow();
    if (index_.full()) {
      index_.grow();
      rows_.for_each([this](Slot slot) { index_.insert(rows_[slot].key, slot); });
    }
    const Slot slot = rows_.take();
    rows_[slot] = Row{};
    rows_[slot].key = key;
    rows_[slot].word = tag;
    index_.insert(key, slot);
    ++candidates_;
    return slot;
  }
  void drop(Slot slot) {
    if (rows_[slot].is_listed) {
      --listed_;
    } else {
      --candidates_;
    }
    index_.erase(rows_[slot].key, slot);
    rows_.give_back(slot);
  }

  // Whether there is room now. Counters of nothing go first; else the request that wants one is
  // taken off all, and itself, which cannot happen more often than once in tracked + 1 requests.
  bool make_room() {
    const std::uint32_t before = candidates_;
    rows_.for_each([this](Slot slot) {
      if (!rows_[slot].is_listed && rows_[slot].count == 0) drop(slot);
    });
    if (candidates_ < before) return true;
    rows_.for_each([this](Slot slot) {
      if (!rows_[slot].is_listed && --rows_[slot].count == 0) drop(slot);
    });
    return false;
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
    if (row.is_listed) {
      if (is_hot) row.last_hot = at;
      if (at - row.last_hot >= rules_.cool_down) {
        unlist(slot);
        return drop(slot);
      }
    } else if (is_hot) {
      chosen_.push_back(slot);
      return;
    } else if (!row.hot_interval) {
      return drop(slot);
    }
    row.count = 0;
    row.hot_interval = false;
  }

  Rules rules_;
  std::uint64_t least_in_second_ = 1;
  std::uint64_t least_ = 1;  // in an interval
  time_point next_;
  SlotIndex index_;
  SlotRows<Row> rows_;
  std::uint32_t candidates_ = 0;  // rows that are not listed
  std::uint32_t listed_ = 0;
  std::vector<Slot> chosen_;
};

}  // namespace cdnsim
