// Rendezvous hashing (Thaler and Ravishankar 1998): every member draws for a key, the best has it.
// Does not know an order of the members; a look-up asks them all.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/data_path/ring_member.hpp>

namespace cdnsim {

// With equal weights the highest hash of name and key has it. Else each hash is made an exponential
// time of its member's rate, and the first has it: with the chance of its share of all weights.
class Rendezvous {
 public:
  static constexpr std::string_view kName = "rendezvous";
  static constexpr std::string_view kSummary = "the server whose hash with the key is highest";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  // REQUIRES: distinct names, a member with a weight.
  explicit Rendezvous(std::span<const RingMember> members)
      : members_(weights_of(members)), shape_(std::make_shared<const Shape>(members)) {}

  std::uint32_t owner(std::uint64_t key) const {
    if (members_.all_up() && shape_->equal) [[likely]]
      return highest(key, [](std::uint32_t) { return true; });
    return first(key, [](std::uint32_t) { return true; });
  }

  // The best of those that are up and for whom `takes(member)`; kNobody when there is none.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    const auto may = [&](std::uint32_t m) { return members_.takes(m) && takes(m); };
    return shape_->equal ? highest(key, may) : earliest(key, may);
  }

  void set_down(std::uint32_t member, bool down) { members_.set_down(member, down); }
  bool is_down(std::uint32_t member) const { return members_.is_down(member); }
  const MembersUp& members() const { return members_; }

 private:
  struct Row {
    std::uint64_t name = 0;  // hashed
    std::uint32_t member = 0;
    std::uint32_t weight = 0;
  };
  struct Shape {
    explicit Shape(std::span<const RingMember> members);
    std::vector<Row> rows;  // sorted by name, for the first of two equal draws has the key
    bool equal = true;      // all weights
  };

  template <class May>
  std::uint32_t highest(std::uint64_t key, const May& may) const {
    std::uint32_t found = kNobody;
    std::uint64_t most = 0;
    for (const Row& row : shape_->rows) {
      const std::uint64_t draw = hash64(key, row.name);
      // Without branches, of which no processor could guess which way they go.
      const bool better = (draw > most || found == kNobody) & may(row.member);
      most = better ? draw : most;
      found = better ? row.member : found;
    }
    return found;
  }

  template <class May>
  std::uint32_t earliest(std::uint64_t key, const May& may) const {
    std::uint32_t found = kNobody;
    double least = math::kInfinity;
    for (const Row& row : shape_->rows) {
      if (!may(row.member)) continue;
      const double u = (static_cast<double>(hash64(key, row.name) >> 11) + 0.5) * 0x1p-53;
      const double time = -math::log(u) / row.weight;
      if (found != kNobody && time >= least) continue;
      least = time;
      found = row.member;
    }
    return found;
  }

  MembersUp members_;
  std::shared_ptr<const Shape> shape_;
};

}  // namespace cdnsim
