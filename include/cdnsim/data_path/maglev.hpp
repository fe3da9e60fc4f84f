// Maglev hashing (Eisenbud et al. 2016): a table that members fill in turns, each in its own order.
// Does not know who finds out that a member is down.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/data_path/ring_member.hpp>

namespace cdnsim {

using MaglevTable = std::vector<std::uint16_t>;

// One who fills a table of M places: it wants offset, offset + skip, offset + 2 skip ... (mod M).
struct MaglevFiller {
  std::uint32_t offset = 0;  // below M
  std::uint32_t skip = 1;    // from 1 to M - 1
  std::uint32_t weight = 1;  // the heaviest has a turn in each round, another in its share of them
  std::uint16_t member = 0;  // what it writes
};

// REQUIRES: `places` is prime; a filler with a weight. Fillers take turns in the order given.
MaglevTable maglev_table(std::span<const MaglevFiller> fillers, std::uint32_t places);

// The smallest prime that is not below `number`; for tables and for messages about them.
std::uint32_t prime_from(std::uint32_t number);

// Members share the table of the state in which all are up; one with some down has its own, made
// anew when that changes. Then the keys of the one that is down move, and a few in a hundred of the
// others', more as the table is smaller (PLACEMENT.md).
class Maglev {
 public:
  static constexpr std::string_view kName = "maglev";
  static constexpr std::string_view kSummary = "a table that the servers fill in turns";
  static constexpr std::array kParameters{PolicyParameter{
      .name = "table", .otherwise = 65'537, .least = 2, .most = 16'777'259, .whole = true}};
  static constexpr std::uint32_t kMostMembers = 65'535;

  // REQUIRES: distinct names, kMostMembers at most, a member with a weight, `places` prime.
  Maglev(std::span<const RingMember> members, std::uint32_t places);

  std::uint32_t owner(std::uint64_t key) const {
    if (table_ == nullptr) [[unlikely]]
      return kNobody;
    return at_hash(hash64(key));
  }

  // The first one that hashing again and again comes to, and for whom `takes(member)`; kNobody when
  // there is none. Those that are down are not in the table.
  template <class Takes>
  std::uint32_t first(std::uint64_t key, Takes&& takes) const {
    if (table_ == nullptr) return kNobody;
    const std::uint64_t hash = hash64(key);
    for (std::uint64_t attempt = 0; attempt < kAttempts; ++attempt) {
      const std::uint32_t member = at_hash(attempt == 0 ? hash : hash_combine(hash, attempt));
      if (takes(member)) return member;
    }
    return first_after(place_of(hash), takes);
  }

  // Makes the table anew, which takes a millisecond or two.
  void set_down(std::uint32_t member, bool down);
  bool is_down(std::uint32_t member) const { return members_.is_down(member); }
  const MembersUp& members() const { return members_; }

  // The member of each place; empty when all are down.
  std::span<const std::uint16_t> table() const {
    return table_ == nullptr ? std::span<const std::uint16_t>{} : *table_;
  }

 private:
  static constexpr std::uint64_t kAttempts = 32;

  struct Shape {
    Shape(std::span<const RingMember> members, std::uint32_t places);
    std::vector<MaglevFiller> fillers;  // sorted by name
    std::uint32_t places;
    std::shared_ptr<const MaglevTable> full;
  };

  std::size_t place_of(std::uint64_t hash) const {
    return static_cast<std::size_t>(static_cast<Uint128>(hash) * shape_->places >> 64);
  }
  std::uint32_t at_hash(std::uint64_t hash) const { return (*table_)[place_of(hash)]; }

  template <class Takes>
  std::uint32_t first_after(std::size_t place, Takes& takes) const {
    for (std::size_t looked_at = 0; looked_at < table_->size(); ++looked_at, ++place) {
      if (place == table_->size()) place = 0;
      if (takes((*table_)[place])) return (*table_)[place];
    }
    return kNobody;
  }

  MembersUp members_;
  std::shared_ptr<const Shape> shape_;
  std::shared_ptr<const MaglevTable> table_;  // none when all are down
};

}  // namespace cdnsim
