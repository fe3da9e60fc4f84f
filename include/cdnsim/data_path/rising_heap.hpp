// A heap over slots whose ranks only rise while they are in it: on top is the one of least rank.
// Does not know what a rank means; callers may keep something of their own beside each.
#pragma once

#include <algorithm>
#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// To raise or to erase is to write that down, and no more; who comes to the top is then put where
// he belongs, or dropped. Of equal priorities the one that was given first is least.
template <class Extra>
class RisingHeap {
 public:
  struct Row {
    double priority;
    std::uint64_t time;   // when that was given, by a count of such times
    std::uint64_t filed;  // the time by which a node is known to be this one's; 0 for none
    Extra extra;
  };

  void reach(Slot last) { rows_.reach(last); }
  void prefetch(Slot slot) const { rows_.prefetch(slot); }
  const Row& operator[](Slot slot) const { return rows_[slot]; }
  Extra& extra(Slot slot) { return rows_[slot].extra; }

  void insert(Slot slot, double priority, Extra extra) {
    ++now_;
    rows_[slot] = {priority, now_, now_, extra};
    ++held_;
    file({priority, now_, slot});
  }
  // REQUIRES: `priority` is not below the slot's.
  void raise(Slot slot, double priority) {
    rows_[slot].priority = priority;
    rows_[slot].time = ++now_;
  }
  // Once more does no harm.
  void erase(Slot slot) {
    if (rows_[slot].filed == 0) return;
    rows_[slot].filed = 0;
    --held_;
    if (count_ > 2 * held_ + kFewNodes) drop_gone();
  }
  // After an erasure, as it was; does nothing if there was none. REQUIRES: top() was called since.
  void put_back(Slot slot) {
    Row& row = rows_[slot];
    if (row.filed != 0) return;
    row.filed = row.time;
    ++held_;
    file({row.priority, row.time, slot});
  }

  // kNoSlot when there is none.
  Slot top() {
    while (count_ > 0) {
      const Node node = nodes_[0];
      Row& row = rows_[node.slot];
      if (row.filed != node.time) {
        remove_top();
      } else if (row.time != node.time) {
        row.filed = row.time;
        sink(0, {row.priority, row.time, node.slot});
      } else {
        return node.slot;
      }
    }
    return kNoSlot;
  }

 private:
  struct Node {
    double priority;
    std::uint64_t time;
    Slot slot;
  };
  static constexpr Slot kArity = 4;
  static constexpr Slot kFewNodes = 16;

  static bool before(const Node& a, const Node& b) {
    return a.priority != b.priority ? a.priority < b.priority : a.time < b.time;
  }
  bool is_gone(const Node& node) const { return rows_[node.slot].filed != node.time; }

  void file(const Node& node) {
    if (count_ > 0 && is_gone(nodes_[0])) return sink(0, node);
    if (count_ == nodes_.size()) grow();
    rise(count_++, node);
  }
  void rise(Slot place, const Node& node) {
    for (; place > 0; place = (place - 1) / kArity) {
      const Node& parent = nodes_[(place - 1) / kArity];
      if (!before(node, parent)) break;
      nodes_[place] = parent;
    }
    nodes_[place] = node;
  }
  void sink(Slot place, const Node& node) {
    while (place < (count_ + kArity - 2) / kArity) {
      const Slot first = place * kArity + 1;
      const Slot end = std::min(first + kArity, count_);
      Slot least = first;
      for (Slot child = first + 1; child < end; ++child) {
        if (before(nodes_[child], nodes_[least])) least = child;
      }
      if (!before(nodes_[least], node)) break;
      nodes_[place] = nodes_[least];
      place = least;
    }
    nodes_[place] = node;
  }
  void remove_top() {
    --count_;
    if (count_ > 0) sink(0, nodes_[count_]);
  }

  void grow() {
    CDNSIM_ASSERT(count_ < kMaxSlot / 4, "more copies to rank than slots can name");
    nodes_.reach(count_ + count_ / 2 + kFewNodes);
  }
  void drop_gone() {
    Slot kept = 0;
    for (Slot place = 0; place < count_; ++place) {
      if (!is_gone(nodes_[place])) nodes_[kept++] = nodes_[place];
    }
    count_ = kept;
    for (Slot place = count_; place-- > 0;) sink(place, Node(nodes_[place]));
  }

  SlotArray<Row> rows_;
  SlotArray<Node> nodes_;  // by place, from 0
  Slot count_ = 0;         // of nodes; those of slots that are gone among them
  Slot held_ = 0;
  std::uint64_t now_ = 0;
};

}  // namespace cdnsim
