// Belady's MIN (1966): the copy that is asked for again last goes first; no policy misses less when
// all are equally large. Offline: it must be told the future. Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot.hpp>

namespace cdnsim {

// With sizes it is a bound no more, only what is usually called Belady. Of copies that are never
// asked for again the one goes first that lies on top of a binary heap, as in libCacheSim.
class Belady {
 public:
  static constexpr std::string_view kName = "belady";
  static constexpr std::string_view kSummary =
      "knows the future: the copy that is asked for again last goes first; with sizes no bound";
  static constexpr std::array<PolicyParameter, 0> kParameters{};
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

  // When the object that is asked for now will be asked for again: any number that grows with time.
  void foresee(std::int64_t next) { next_ = next; }

  void attach(Bytes) {}
  void reach(Slot last) {
    nodes_.reach(last);
    places_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }
  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    ++size_;
    rise(size_, {next_, slot});
  }
  void on_hit(Slot slot) {
    const Slot place = places_[slot];
    settle(place, {next_, slot}, nodes_[place].next);
  }
  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    const Slot place = places_[slot];
    const Node last = nodes_[size_];
    --size_;
    if (place <= size_) settle(place, last, nodes_[place].next);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return nodes_[1].slot;
  }

 private:
  struct Node {
    std::int64_t next;
    Slot slot;
  };

  void put(Slot place, Node node) {
    nodes_[place] = node;
    places_[node.slot] = place;
  }
  // Puts the node where one with `before` stood.
  void settle(Slot place, Node node, std::int64_t before) {
    node.next > before ? rise(place, node) : sink(place, node);
  }
  void rise(Slot place, Node node) {
    for (; place > 1 && nodes_[place / 2].next < node.next; place /= 2) {
      put(place, nodes_[place / 2]);
    }
    put(place, node);
  }
  void sink(Slot place, Node node) {
    while (2 * static_cast<std::uint64_t>(place) <= size_) {
      Slot child = 2 * place;
      if (child < size_ && nodes_[child].next < nodes_[child + 1].next) ++child;
      if (node.next >= nodes_[child].next) break;
      put(place, nodes_[child]);
      place = child;
    }
    put(place, node);
  }

  SlotArray<Node> nodes_;   // a heap from place 1 on; no child is asked for later than its parent
  SlotArray<Slot> places_;  // by slot
  Slot size_ = 0;
  std::int64_t next_ = kNever;
};

}  // namespace cdnsim
