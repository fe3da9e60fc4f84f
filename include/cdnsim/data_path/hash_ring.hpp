// Consistent hashing: a ring of 2^64 points on which every key belongs to the next member.
// Does not know who finds out that a member is down, nor what a member is.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/data_path/ring_member.hpp>

namespace cdnsim {

// The points of a ring. They depend on the members' names and weights and not on their order, and
// never change, so that every PoP of the same make shares one shape.
class RingShape {
 public:
  static constexpr std::uint32_t kNobody = cdnsim::kNobody;

  // REQUIRES: distinct names, at least one virtual node of one member.
  RingShape(std::span<const RingMember> members, std::uint32_t virtual_nodes);

  // The member that owns `key`, by its place in the list. Keys need not be hashed.
  std::uint32_t owner(std::uint64_t key) const { return points_[first_point(hash64(key))].member; }

  // The first member at or after the key's place for whom `takes(member)`; kNobody when there is
  // none. Looks at each point once at most.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    const std::size_t points = points_.size() - 1;
    std::size_t i = first_point(hash64(key));
    for (std::size_t looked_at = 0; looked_at < points; ++looked_at, ++i) {
      if (i >= points) i = 0;  // the last one stands for the first
      if (takes(points_[i].member)) return points_[i].member;
    }
    return kNobody;
  }

  // Its share of the 2^64 places, exact but for the last rounding.
  double share_of(std::uint32_t member) const { return shares_.at(member); }
  std::uint32_t members() const { return static_cast<std::uint32_t>(shares_.size()); }
  const std::vector<std::uint32_t>& weights() const { return weights_; }

 private:
  struct Point {
    std::uint64_t at;
    std::uint32_t member;
  };

  // The first point at or after `place`. The last one, beyond all places, stands for the first.
  std::size_t first_point(std::uint64_t place) const {
    std::size_t i = first_[place >> shift_];
    while (points_[i].at < place) ++i;
    return i;
  }
  void build_index();
  void measure_shares(std::size_t members);

  std::vector<Point> points_;         // sorted; the last is a copy of the first at 2^64 - 1
  std::vector<std::uint32_t> first_;  // by the top bits of a place: the first point not before it
  std::vector<double> shares_;
  std::vector<std::uint32_t> weights_;
  unsigned shift_ = 0;
};

// A shape and which of its members are down just now.
class HashRing {
 public:
  static constexpr std::string_view kName = "ring";
  static constexpr std::string_view kSummary = "the next of `nodes` points per server on a ring";
  static constexpr std::array kParameters{PolicyParameter{
      .name = "nodes", .otherwise = 160, .least = 1, .most = 100'000, .whole = true}};
  static constexpr std::uint32_t kNobody = RingShape::kNobody;

  explicit HashRing(std::shared_ptr<const RingShape> shape)
      : shape_(std::move(shape)), members_(shape_->weights()) {}
  HashRing(std::span<const RingMember> members, std::uint32_t virtual_nodes)
      : HashRing(std::make_shared<const RingShape>(members, virtual_nodes)) {}

  // The next member on the ring that is up; kNobody when none is.
  std::uint32_t owner(std::uint64_t key) const {
    if (members_.all_up()) [[likely]]
      return shape_->owner(key);
    return first(key, [](std::uint32_t) { return true; });
  }

  // The next one that is up and for whom `takes(member)`.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    return shape_->first(key, [&](std::uint32_t m) { return members_.takes(m) && takes(m); });
  }

  void set_down(std::uint32_t member, bool down) { members_.set_down(member, down); }
  bool is_down(std::uint32_t member) const { return members_.is_down(member); }
  const MembersUp& members() const { return members_; }

  const RingShape& shape() const { return *shape_; }

 private:
  std::shared_ptr<const RingShape> shape_;
  MembersUp members_;
};

}  // namespace cdnsim
