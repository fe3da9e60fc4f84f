// Consistent hashing: a ring of 2^64 points on which every key belongs to the next member.
// Does not know who finds out that a member is down, nor what a member is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>

namespace cdnsim {

struct RingMember {
  std::string name;
  std::uint32_t weight = 1;  // times the virtual nodes; 0 takes no keys
};

// The points of a ring. They depend on the members' names and weights and not on their order, and
// never change, so that every PoP of the same make shares one shape.
class RingShape {
 public:
  static constexpr std::uint32_t kNobody = ~std::uint32_t{0};

  // REQUIRES: distinct names, at least one virtual node of one member.
  RingShape(std::span<const RingMember> members, std::uint32_t virtual_nodes);

  // The member that owns `key`, by its place in the list. Keys need not be hashed.
  std::uint32_t owner(std::uint64_t key) const { return points_[first_point(hash64(key))].member; }

  // Likewise, passing over the members that are down; kNobody when all are.
  std::uint32_t owner(std::uint64_t key, std::span<const std::uint8_t> down) const;

  // Its share of the 2^64 places, exact but for the last rounding.
  double share_of(std::uint32_t member) const { return shares_.at(member); }
  std::uint32_t members() const { return static_cast<std::uint32_t>(shares_.size()); }

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
  unsigned shift_ = 0;
};

// A shape and which of its members are down just now.
class HashRing {
 public:
  static constexpr std::uint32_t kNobody = RingShape::kNobody;

  explicit HashRing(std::shared_ptr<const RingShape> shape)
      : shape_(std::move(shape)), down_(shape_->members(), 0) {}
  HashRing(std::span<const RingMember> members, std::uint32_t virtual_nodes)
      : HashRing(std::make_shared<const RingShape>(members, virtual_nodes)) {}

  // The next member on the ring that is up; kNobody when none is.
  std::uint32_t owner(std::uint64_t key) const {
    if (down_count_ == 0) [[likely]]
      return shape_->owner(key);
    return shape_->owner(key, down_);
  }

  void set_down(std::uint32_t member, bool down) {
    CDNSIM_ASSERT(member < down_.size(), "no such member of the ring");
    down_count_ += static_cast<std::uint32_t>(down) - down_[member];
    down_[member] = down ? 1 : 0;
  }
  bool is_down(std::uint32_t member) const { return down_.at(member) != 0; }

  const RingShape& shape() const { return *shape_; }

 private:
  std::shared_ptr<const RingShape> shape_;
  std::vector<std::uint8_t> down_;
  std::uint32_t down_count_ = 0;
};

}  // namespace cdnsim
