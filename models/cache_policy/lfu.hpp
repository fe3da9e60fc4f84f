// LFU: the copy that was asked for least often since it entered goes first; of equals, the one that
// came by its number first (O(1) as in Matani, Shah and Mitra 2021). Does not know sizes or keys.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/data_path/slot_list.hpp>
#include <cdnsim/data_path/slot_rings.hpp>

namespace cdnsim {

class Lfu {
 public:
  static constexpr std::string_view kName = "lfu";
  static constexpr std::string_view kSummary =
      "the copy that was asked for least often since it entered goes first";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  void attach(Bytes) {}
  // Each number of requests that some copy has is a group, so there are no more groups than copies.
  void reach(Slot last) {
    members_.reach(last);
    groups_.reach(last);
    order_.reach(last);
  }
  Offer offer(std::uint64_t, std::int64_t) { return Offer::admit; }

  void on_insert(Slot slot, std::uint64_t, std::int64_t) {
    const Slot least = order_.front();
    const bool has_group = least != kNoSlot && groups_[least].requests == 1;
    enter(has_group ? least : new_group(kNoSlot, 1), slot);
  }

  void prefetch(Slot slot) const { members_.prefetch(slot); }

  void on_hit(Slot slot) {
    const Slot group = members_.note(slot);
    const std::uint64_t requests = groups_[group].requests + 1;
    const Slot next = order_.after(group);
    const bool has_group = next != kNoSlot && groups_[next].requests == requests;
    members_.erase(slot, groups_[group].oldest);
    if (has_group) {
      if (groups_[group].oldest == kNoSlot) end_group(group);
      enter(next, slot);
    } else if (groups_[group].oldest == kNoSlot) {  // it was alone: its group goes with it
      groups_[group].requests = requests;
      enter(group, slot);
    } else {
      enter(new_group(group, requests), slot);
    }
  }

  void on_erase(Slot slot, std::uint64_t, std::int64_t, Removal) {
    const Slot group = members_.note(slot);
    members_.erase(slot, groups_[group].oldest);
    if (groups_[group].oldest == kNoSlot) end_group(group);
  }

  template <class Entries>
  Slot victim(const Entries&) {
    return groups_[order_.front()].oldest;
  }

 private:
  struct Group {
    std::uint64_t requests;
    Slot oldest;  // of its members; of a group that ended, the one that ended before it
  };

  void enter(Slot group, Slot slot) {
    members_.note(slot) = group;
    members_.insert(slot, groups_[group].oldest);
  }
  Slot new_group(Slot before, std::uint64_t requests) {
    Slot group = ended_;
    if (group == kNoSlot) {
      group = ++last_group_;
    } else {
      ended_ = groups_[group].oldest;
    }
    groups_[group] = {requests, kNoSlot};
    order_.insert_after(before, group);
    return group;
  }
  void end_group(Slot group) {
    order_.erase(group);
    groups_[group].oldest = ended_;
    ended_ = group;
  }

  NotedRingLinks<Slot> members_;  // notes: the group
  SlotArray<Group> groups_;       // a group has a slot of its own
  SlotList order_;                // of groups, fewest requests in front
  Slot ended_ = kNoSlot;
  Slot last_group_ = kNoSlot;
};

}  // namespace cdnsim
