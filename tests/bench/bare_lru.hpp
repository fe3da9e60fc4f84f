// The bare LRU: the smallest correct LRU over ids, the yardstick of every speed figure.
// Does not know bytes, freshness, counters or policies; its capacity is fixed and counts objects.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace cdnsim::bench {

// Linear probing over 32-bit node numbers; node 0 closes the ring of the order. The table is a
// quarter full at most: half full takes half as long again, and an eighth would be faster by a
// sixth, but with more bytes an object than the caches that it is to judge.
class BareLru {
 public:
  explicit BareLru(std::uint32_t capacity)
      : nodes_(capacity + 1),
        table_(std::bit_ceil(std::size_t{capacity} * 4)),
        mask_(table_.size() - 1),
        shift_(64 - std::countr_zero(table_.size())) {}

  // True when `key` was there; it is afterwards.
  bool request(std::uint64_t key) {
    std::size_t place = home(key);
    for (; table_[place] != 0; place = (place + 1) & mask_) {
      const std::uint32_t node = table_[place];
      if (nodes_[node].key != key) continue;
      unlink(node);
      push_front(node);
      return true;
    }
    std::uint32_t node = used_ + 1;
    if (node == nodes_.size()) {
      node = nodes_[0].before;
      remove(nodes_[node].key);
      unlink(node);
      place = home(key);  // the removal may have moved what lay on the way
      while (table_[place] != 0) place = (place + 1) & mask_;
    } else {
      ++used_;
    }
    nodes_[node].key = key;
    table_[place] = node;
    push_front(node);
    return false;
  }

 private:
  struct Node {
    std::uint64_t key;
    std::uint32_t before, after;
  };

  std::size_t home(std::uint64_t key) const { return (key * 0x9e3779b97f4a7c15ULL) >> shift_; }

  void unlink(std::uint32_t node) {
    const auto [key, before, after] = nodes_[node];
    nodes_[before].after = after;
    nodes_[after].before = before;
  }
  void push_front(std::uint32_t node) {
    const std::uint32_t second = nodes_[0].after;
    nodes_[node].before = 0;
    nodes_[node].after = second;
    nodes_[second].before = node;
    nodes_[0].after = node;
  }

  // Backward-shift deletion.
  void remove(std::uint64_t key) {
    std::size_t hole = home(key);
    while (nodes_[table_[hole]].key != key) hole = (hole + 1) & mask_;
    for (std::size_t next = (hole + 1) & mask_; table_[next] != 0; next = (next + 1) & mask_) {
      const std::size_t wanted = home(nodes_[table_[next]].key);
      if (((next - wanted) & mask_) < ((next - hole) & mask_)) continue;
      table_[hole] = table_[next];
      hole = next;
    }
    table_[hole] = 0;
  }

  std::vector<Node> nodes_;
  std::vector<std::uint32_t> table_;
  std::size_t mask_;
  int shift_;
  std::uint32_t used_ = 0;
};

}  // namespace cdnsim::bench
