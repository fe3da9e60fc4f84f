// The members among whom keys are placed: their names and weights, and which are down just now.
// Does not know how a key finds its member, nor who finds out that a member is down.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/base/check.hpp>

namespace cdnsim {

inline constexpr std::uint32_t kNobody = ~std::uint32_t{0};

struct RingMember {
  std::string name;
  std::uint32_t weight = 1;  // its share, in parts; 0 takes no keys
};

inline std::vector<std::uint32_t> weights_of(std::span<const RingMember> members) {
  std::vector<std::uint32_t> weights;
  for (const RingMember& member : members) weights.push_back(member.weight);
  return weights;
}

// Which members take keys: those that are up and have a weight.
class MembersUp {
 public:
  explicit MembersUp(std::vector<std::uint32_t> weights)
      : weights_(std::move(weights)), down_(weights_.size(), 0) {
    for (const std::uint32_t weight : weights_) count(weight, true);
  }

  // False when it was so already.
  bool set_down(std::uint32_t member, bool down) {
    CDNSIM_ASSERT(member < down_.size(), "no such member");
    if (is_down(member) == down) return false;
    down_[member] = down ? 1 : 0;
    down_count_ += down ? 1 : ~std::uint32_t{0};
    count(weights_[member], !down);
    return true;
  }
  bool is_down(std::uint32_t member) const { return down_.at(member) != 0; }
  bool takes(std::uint32_t member) const { return down_[member] == 0 && weights_[member] != 0; }

  bool all_up() const { return down_count_ == 0; }
  std::uint32_t taking() const { return taking_; }        // how many take keys
  std::uint64_t weight_up() const { return weight_up_; }  // the sum of their weights
  std::uint32_t weight(std::uint32_t member) const { return weights_[member]; }
  std::uint32_t size() const { return static_cast<std::uint32_t>(weights_.size()); }

 private:
  void count(std::uint32_t weight, bool comes) {
    if (weight == 0) return;
    taking_ += comes ? 1 : ~std::uint32_t{0};
    weight_up_ += comes ? std::uint64_t{weight} : ~std::uint64_t{weight} + 1;
  }

  std::vector<std::uint32_t> weights_;
  std::vector<std::uint8_t> down_;
  std::uint32_t down_count_ = 0;
  std::uint32_t taking_ = 0;
  std::uint64_t weight_up_ = 0;
};

}  // namespace cdnsim
