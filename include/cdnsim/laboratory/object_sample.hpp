// Which objects of a trace are in a sample (SHARDS, FAST'15): those whose hash is small.
// Does not know requests. All requests for an object are in the sample, or none.
#pragma once

#include <cstddef>
#include <cstdint>

#include <cdnsim/base/hash.hpp>

namespace cdnsim {

class ObjectSample {
 public:
  // So many disjoint groups, alike by chance, whose differences tell how far the whole may be off.
  static constexpr std::size_t kGroups = 10;

  ObjectSample() = default;
  // About `share` of the objects; another `seed` is another sample. REQUIRES: 0 < share <= 1.
  explicit ObjectSample(double share, std::uint64_t seed = 0)
      : limit_(static_cast<std::uint64_t>(share * kAll)), seed_(seed) {
    if (limit_ == 0) limit_ = 1;
  }

  bool is_all() const { return limit_ == kAll; }
  double share() const { return static_cast<double>(limit_) / kAll; }

  std::uint64_t hash(std::uint64_t id) const { return hash64(id, kSeed + seed_); }
  // The high half of the hash decides whether an object is in the sample, the low half in which
  // group.
  bool holds(std::uint64_t hash) const { return (hash >> 32) < limit_; }
  std::size_t group(std::uint64_t hash) const { return ((hash & 0xffffffffU) * kGroups) >> 32; }

 private:
  static constexpr std::uint64_t kAll = std::uint64_t{1} << 32;
  static constexpr std::uint64_t kSeed = 0x5a4d'91e5;  // apart from other uses of the hash

  std::uint64_t limit_ = kAll;
  std::uint64_t seed_ = 0;
};

}  // namespace cdnsim
