// Consistent hashing with bounded loads (Mirrokni, Thorup and Zadimoghaddam 2016), on a ring.
// Does not know time: a window is from one start_window() to the next.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/data_path/hash_ring.hpp>

namespace cdnsim {

// Since the beginning. A probe is a point of the ring whose member is up and was asked for room; a
// key is spilled when the first of them had none.
struct BoundedRingCounters {
  std::uint64_t assigned = 0, spilled = 0, probes = 0;
};

// In a window a member takes ceil(c * load / members up) keys at most, weighted, where the load is
// that of the window with the key that comes, or the one foreseen if that is more. What is more
// goes on to the next member on the ring with room; as c >= 1, there is one.
class BoundedRing {
 public:
  static constexpr std::string_view kName = "bounded";
  static constexpr std::string_view kSummary = "a ring on which no server takes over c mean loads";
  static constexpr std::array kParameters{
      PolicyParameter{.name = "c", .otherwise = 1.25, .least = 1, .most = 1000},
      HashRing::kParameters[0]};

  // `c` counts to the sixth decimal. REQUIRES: 1 <= c <= 1000.
  BoundedRing(std::shared_ptr<const RingShape> shape, double c)
      : ring_(std::move(shape)),
        millionths_(static_cast<std::uint64_t>(c * kMillion + 0.5)),
        loads_(ring_.members().size(), 0) {
    CDNSIM_ASSERT(c >= 1 && c <= 1000, "the bound on a load is from 1 to 1000 mean loads");
  }
  BoundedRing(std::span<const RingMember> members, std::uint32_t virtual_nodes, double c)
      : BoundedRing(std::make_shared<const RingShape>(members, virtual_nodes), c) {}

  // Where the key would go now. kNobody when all are down.
  std::uint32_t owner(std::uint64_t key) const {
    const Bound bound = bound_now();
    return ring_.first(key, [&](std::uint32_t m) { return has_room(m, bound); });
  }

  // Sends it there, and counts it.
  std::uint32_t assign(std::uint64_t key) {
    const Bound bound = bound_now();
    std::uint64_t probes = 0;
    const std::uint32_t member = ring_.first(key, [&](std::uint32_t m) {
      ++probes;
      return has_room(m, bound);
    });
    if (member == kNobody) return kNobody;
    ++loads_[member];
    ++load_;
    ++counters_.assigned;
    counters_.probes += probes;
    counters_.spilled += probes > 1 ? 1 : 0;
    return member;
  }

  // The next one on the ring that is up and for whom `takes(member)`, whatever its load.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    return ring_.first(key, takes);
  }

  // Forgets the loads. With `foreseen` keys the bound is that of so many from the first key on;
  // with none it grows with the load, and a window's first keys spill most.
  void start_window(std::uint64_t foreseen = 0) {
    std::fill(loads_.begin(), loads_.end(), 0);
    load_ = 0;
    foreseen_ = foreseen;
  }

  void set_down(std::uint32_t member, bool down) { ring_.set_down(member, down); }
  bool is_down(std::uint32_t member) const { return ring_.is_down(member); }
  const MembersUp& members() const { return ring_.members(); }
  std::uint64_t load(std::uint32_t member) const { return loads_.at(member); }  // in this window
  const BoundedRingCounters& counters() const { return counters_; }
  const RingShape& shape() const { return ring_.shape(); }

 private:
  static constexpr std::uint64_t kMillion = 1'000'000;

  // A member has room while load < c * all / weight up * weight: while load * per < most * weight.
  struct Bound {
    Uint128 most, per;
  };
  Bound bound_now() const {
    const std::uint64_t all = std::max(foreseen_, load_ + 1);
    return {static_cast<Uint128>(millionths_) * all,
            static_cast<Uint128>(kMillion) * members().weight_up()};
  }
  bool has_room(std::uint32_t member, const Bound& bound) const {
    return loads_[member] * bound.per < bound.most * members().weight(member);
  }

  HashRing ring_;
  std::uint64_t millionths_;          // c
  std::vector<std::uint64_t> loads_;  // of this window, by member
  std::uint64_t load_ = 0;            // their sum, with those of members now down
  std::uint64_t foreseen_ = 0;
  BoundedRingCounters counters_;
};

}  // namespace cdnsim
