// LIRS (SIGMETRICS'02): copies that come back soon keep nearly all of the room; the others pass
// through a small queue, and prove themselves while the stack remembers them.
// Does not know how entries are stored.
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/data_path/slot_list.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

// The paper's LIR blocks are kSteady here, its resident HIR blocks kPassing, its stack S stack_.
// libCacheSim's choices are taken, so that counts compare: the stack holds twice the capacity at
// most, a hit on a passing copy that has left the stack makes the lowest steady one pass too, and
// what is larger than the queue is refused. One difference: where the steady one would push out the
// very copy that was hit, as it may if the queue holds one or two, it stays steady, as the paper
// has it; there that copy counts as held from then on, though it takes no room.
class Lirs {
 public:
  static constexpr std::string_view kName = "lirs";
  static constexpr std::string_view kSummary =
      "copies that come back soon stay; the others pass through a small queue";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "hir", .otherwise = 0.01, .least = 0, .most = 1}};

  Lirs() = default;
  explicit Lirs(std::span<const double> values) : passing_share_(values[0]) {}

  void attach(Bytes capacity) {
    const auto total = static_cast<double>(capacity.count());
    capacity_ = capacity.count();
    passing_.most = std::max<std::int64_t>(1, static_cast<std::int64_t>(total * passing_share_));
    steady_.most = std::max<std::int64_t>(0, capacity_ - passing_.most);
  }
  void reach(Slot last) {
    rings_.reach(last);
    copies_.reach(last);
  }

  // What has to leave its part for the newcomer does so here, to be taken by victim().
  Offer offer(std::uint64_t key, std::int64_t bytes) {
    returning_ = kNoSlot;
    if (bytes > std::min(steady_.most, passing_.most)) return Offer::refuse;
    returning_ = remembered_.find(key);
    if (returning_ != kNoSlot) {
      stack_.move_to_front(returning_);
      make_steady_room(bytes);
    } else if (!is_steady_room(bytes)) {
      make_passing_room(bytes);
    }
    return Offer::admit;
  }

  void on_insert(Slot slot, std::uint64_t key, std::int64_t bytes) {
    copies_[slot] = {key, bytes, returning_, State::leaving};
    if (returning_ != kNoSlot) holders_[returning_] = slot;
    admit(slot);
    limit_stack();
  }

  void prefetch(Slot slot) const { copies_.prefetch(slot); }
  void on_hit(Slot slot) {
    const Copy copy = copies_[slot];
    if (copy.place != kNoSlot) stack_.move_to_front(copy.place);
    if (copy.state == State::steady) return prune();
    if (copy.state == State::passing) {
      hit_passing(slot);
    } else {
      rings_.erase(slot, kLeaving);
      admit(slot);
    }
    limit_stack();
  }

  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal why) {
    const Slot place = copies_[slot].place;
    leave_part(slot);
    if (place == kNoSlot) return;
    if (why == Removal::evicted && is_ghost(place)) {
      holders_[place] = kNoSlot;
    } else {
      forget(place);
      prune();
    }
  }

  Slot overdue() const { return rings_.oldest(kLeaving); }
  // Who was about to leave for the newcomer passes on.
  void on_refused() {
    while (rings_.oldest(kLeaving) != kNoSlot) {
      const Slot slot = rings_.oldest(kLeaving);
      rings_.erase(slot, kLeaving);
      if (copies_[slot].place != kNoSlot) set_ghost(copies_[slot].place, false);
      make_passing(slot);
    }
  }

  template <class Entries>
  Slot victim(const Entries&) {
    while (rings_.oldest(kLeaving) == kNoSlot) {
      if (rings_.oldest(kPassing) != kNoSlot) {
        release_oldest_passing();
      } else {
        const bool demoted = demote_lowest();
        CDNSIM_ASSERT(demoted, "a copy is steady, or passing, or leaving");
      }
    }
    return rings_.oldest(kLeaving);
  }

 private:
  // Leaving: out of both parts, and about to go.
  enum class State : std::uint8_t { steady, passing, leaving };
  struct Copy {
    std::uint64_t key;
    std::int64_t bytes;
    Slot place;  // in the stack; kNoSlot when it has left that
    State state;
  };
  struct Part {
    std::int64_t most = 0;
    std::int64_t held = 0;
  };
  static constexpr std::size_t kPassing = 0, kLeaving = 1;

  bool is_steady_room(std::int64_t bytes) const { return steady_.held + bytes <= steady_.most; }
  void make_steady_room(std::int64_t bytes) {
    while (!is_steady_room(bytes) && demote_lowest()) continue;
  }
  // The same, as long as those that pass then leave room for this passing one.
  void make_steady_room_beside(Slot slot) {
    std::int64_t beside = copies_[slot].bytes;
    while (!is_steady_room(copies_[slot].bytes)) {
      prune();
      if (!is_steady(stack_.back())) return;
      beside += copies_[holders_[stack_.back()]].bytes;
      if (beside > passing_.most) return;
      demote_lowest();
    }
  }
  void make_passing_room(std::int64_t bytes) {
    while (passing_.held + bytes > passing_.most && rings_.oldest(kPassing) != kNoSlot) {
      release_oldest_passing();
    }
  }

  // An absent copy has come in, or one that was leaving was asked for.
  void admit(Slot slot) {
    const Copy copy = copies_[slot];
    if (copy.place != kNoSlot) {
      set_ghost(copy.place, false);
      resize(copy.place, copy.bytes);
      make_steady(slot);
    } else if (is_steady_room(copy.bytes)) {
      push(slot);
      make_steady(slot);
    } else {
      push(slot);
      make_passing_room(copy.bytes);
      make_passing(slot);
    }
  }

  void hit_passing(Slot slot) {
    rings_.erase(slot, kPassing);
    if (copies_[slot].place != kNoSlot) {
      passing_.held -= copies_[slot].bytes;
      make_steady(slot);
    } else {
      rings_.insert(slot, kPassing);
      make_steady_room_beside(slot);
      push(slot);
    }
  }

  void make_steady(Slot slot) {
    make_steady_room(copies_[slot].bytes);
    copies_[slot].state = State::steady;
    steady_.held += copies_[slot].bytes;
  }
  void make_passing(Slot slot) {
    copies_[slot].state = State::passing;
    passing_.held += copies_[slot].bytes;
    rings_.insert(slot, kPassing);
  }
  void make_leaving(Slot slot) {
    const Slot place = copies_[slot].place;
    copies_[slot].state = State::leaving;
    rings_.insert(slot, kLeaving);
    if (place != kNoSlot) set_ghost(place, true);
  }
  void leave_part(Slot slot) {
    const Copy& copy = copies_[slot];
    if (copy.state == State::steady) {
      steady_.held -= copy.bytes;
    } else {
      rings_.erase(slot, copy.state == State::passing ? kPassing : kLeaving);
      if (copy.state == State::passing) passing_.held -= copy.bytes;
    }
  }

  void release_oldest_passing() {
    const Slot slot = rings_.oldest(kPassing);
    leave_part(slot);
    make_leaving(slot);
  }

  // The steady copy at the bottom of the stack passes from now on. False when there is none.
  bool demote_lowest() {
    prune();
    const Slot place = stack_.back();
    if (!is_steady(place)) return false;
    const Slot slot = holders_[place];
    const std::int64_t bytes = copies_[slot].bytes;
    leave_part(slot);
    forget(place);
    if (bytes <= passing_.most) {
      make_passing_room(bytes);
      make_passing(slot);
    } else {
      make_leaving(slot);
    }
    prune();
    return true;
  }

  // Below the lowest steady copy the stack remembers nothing, but its top stays.
  void prune() {
    if (stack_.back() == stack_.front() || is_steady(stack_.back())) return;
    do {
      forget(stack_.back());
    } while (stack_.back() != stack_.front() && !is_steady(stack_.back()));
    for (Slot place = stack_.before(stack_.back()), n = 0; place != kNoSlot && n < 2; ++n) {
      holders_.prefetch(place);
      ghosts_.prefetch(place);
      remembered_.prefetch_key(place);
      place = stack_.before(place);
    }
  }
  void limit_stack() {
    while (stack_bytes_ > 2 * capacity_ && ghosts_.oldest() != kNoSlot) forget(ghosts_.oldest());
  }

  bool is_steady(Slot place) const {
    if (place == kNoSlot || holders_[place] == kNoSlot) return false;
    return copies_[holders_[place]].state == State::steady;
  }
  // A row's word: twice the bytes, and 1 for a ghost, which is in neither part.
  bool is_ghost(Slot place) const { return (remembered_[place].word & 1) != 0; }
  std::int64_t bytes_at(Slot place) const {
    return static_cast<std::int64_t>(remembered_[place].word >> 1);
  }
  void set_ghost(Slot place, bool ghost) {
    if (is_ghost(place) == ghost) return;
    remembered_[place].word ^= 1;
    ghost ? ghosts_.insert(place) : ghosts_.erase(place);
  }
  void resize(Slot place, std::int64_t bytes) {
    stack_bytes_ += bytes - bytes_at(place);
    remembered_[place].word = static_cast<std::uint64_t>(bytes) << 1 | (is_ghost(place) ? 1 : 0);
  }

  void push(Slot slot) {
    const Slot place = remembered_.add(copies_[slot].key, 0);
    stack_.reach(remembered_.last());
    ghosts_.reach(remembered_.last());
    holders_.reach(remembered_.last());
    stack_.push_front(place);
    holders_[place] = slot;
    copies_[slot].place = place;
    resize(place, copies_[slot].bytes);
  }
  void forget(Slot place) {
    set_ghost(place, false);
    if (holders_[place] != kNoSlot) copies_[holders_[place]].place = kNoSlot;
    stack_bytes_ -= bytes_at(place);
    stack_.erase(place);
    remembered_.erase(place);
  }

  SlotRings<2> rings_;  // of passing and of leaving copies
  SlotArray<Copy> copies_;
  KeyTable remembered_;      // the places of the stack, the ghosts' among them
  SlotList stack_;           // of places, last asked for in front
  SlotRings<> ghosts_;       // places, by when they became ghosts
  SlotArray<Slot> holders_;  // by place; kNoSlot when its copy is gone
  Part steady_, passing_;
  double passing_share_ = 0.01;
  std::int64_t stack_bytes_ = 0;
  std::int64_t capacity_ = 0;
  Slot returning_ = kNoSlot;  // the place of the object on offer
};

}  // namespace cdnsim
