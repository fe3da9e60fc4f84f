// Jump consistent hashing (Lamping and Veach 2014): numbered buckets and no table at all.
// Does not know names: a member is its place in the list.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/data_path/ring_member.hpp>

namespace cdnsim {

// The bucket of a hashed key among `buckets`. With one bucket more, one key in buckets + 1 moves,
// to the new one. REQUIRES: 0 < buckets < 2^31.
constexpr std::uint32_t jump_bucket(std::uint64_t hash, std::uint32_t buckets) {
  constexpr std::uint64_t kStep = 2862933555777941757ULL;  // the paper's generator
  std::int64_t bucket = 0;
  for (std::int64_t next = 0; next < buckets;) {
    bucket = next;
    hash = hash * kStep + 1;
    // The number of buckets at which the key moves next is (bucket + 1) / u, u uniform. The order
    // of operations is the paper's, so that no key differs from other implementations.
    const double one_by_u = 0x1p31 / static_cast<double>((hash >> 33) + 1);
    next = static_cast<std::int64_t>(static_cast<double>(bucket + 1) * one_by_u);
  }
  return static_cast<std::uint32_t>(bucket);
}

// A member has a bucket for each unit of its weight, in the order of the list. Buckets can come and
// go only at the end, so one that is down keeps its number and its keys are hashed again, among
// all, until they come to one that is up: no other keys move, and its own spread evenly.
class JumpHash {
 public:
  static constexpr std::string_view kName = "jump";
  static constexpr std::string_view kSummary = "jump consistent hashing of numbered servers";
  static constexpr std::array<PolicyParameter, 0> kParameters{};

  // REQUIRES: a member with a weight; all weights add up to less than 2^31.
  explicit JumpHash(std::span<const RingMember> members)
      : members_(weights_of(members)), buckets_(members_of_buckets(members)) {}

  std::uint32_t owner(std::uint64_t key) const {
    const std::uint32_t member = bucket_owner(hash64(key));
    if (members_.takes(member)) [[likely]]
      return member;
    return first(key, [](std::uint32_t) { return true; });
  }

  // The first one that hashing again and again comes to, that is up, and for whom `takes(member)`;
  // kNobody when there is none.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    const std::uint64_t hash = hash64(key);
    for (std::uint64_t attempt = 0; attempt < kAttempts; ++attempt) {
      const std::uint64_t again = attempt == 0 ? hash : hash_combine(hash, attempt);
      const std::uint32_t member = bucket_owner(again);
      if (members_.takes(member) && takes(member)) return member;
    }
    return highest(hash, takes);
  }

  void set_down(std::uint32_t member, bool down) { members_.set_down(member, down); }
  bool is_down(std::uint32_t member) const { return members_.is_down(member); }
  const MembersUp& members() const { return members_; }

 private:
  static constexpr std::uint64_t kAttempts = 32;  // enough unless nearly all are down

  static std::shared_ptr<const std::vector<std::uint32_t>> members_of_buckets(
      std::span<const RingMember> members);

  std::uint32_t bucket_owner(std::uint64_t hash) const {
    return (*buckets_)[jump_bucket(hash, static_cast<std::uint32_t>(buckets_->size()))];
  }

  // What ends the search when few are up: each bucket draws for the key, and the highest has it.
  template <class Takes>
  std::uint32_t highest(std::uint64_t hash, Takes& takes) const {
    std::uint32_t found = kNobody;
    std::uint64_t most = 0;
    for (std::uint64_t bucket = 0; bucket < buckets_->size(); ++bucket) {
      const std::uint32_t member = (*buckets_)[bucket];
      const std::uint64_t draw = hash_combine(hash, kAttempts + bucket);
      if ((found != kNobody && draw <= most) || !members_.takes(member) || !takes(member)) continue;
      most = draw;
      found = member;
    }
    return found;
  }

  MembersUp members_;
  std::shared_ptr<const std::vector<std::uint32_t>> buckets_;  // whose each is; shared by copies
};

}  // namespace cdnsim
