#include <algorithm>
#include <limits>
#include <utility>

#include <cdnsim/data_path/maglev.hpp>

namespace cdnsim {

namespace {

constexpr std::uint16_t kFree = std::numeric_limits<std::uint16_t>::max();

bool is_prime(std::uint32_t number) {
  if (number < 2) return false;
  for (std::uint64_t divisor = 2; divisor * divisor <= number; ++divisor) {
    if (number % divisor == 0) return false;
  }
  return true;
}

// Where a filler stands in its own order.
struct Turn {
  std::uint32_t place;
  std::uint32_t skip;
  std::uint64_t credit = 0;
};

}  // namespace

std::uint32_t prime_from(std::uint32_t number) {
  while (!is_prime(number)) ++number;
  return number;
}

MaglevTable maglev_table(std::span<const MaglevFiller> fillers, std::uint32_t places) {
  std::uint32_t heaviest = 0;
  std::vector<Turn> turns;
  for (const MaglevFiller& filler : fillers) {
    heaviest = std::max(heaviest, filler.weight);
    turns.push_back({filler.offset, filler.skip});
  }
  CDNSIM_ASSERT(heaviest > 0, "a Maglev table has a member with a weight");
  MaglevTable table(places, kFree);
  for (std::uint32_t filled = 0;;) {
    for (std::size_t i = 0; i < fillers.size(); ++i) {
      Turn& turn = turns[i];
      turn.credit += fillers[i].weight;
      if (turn.credit < heaviest) continue;
      turn.credit -= heaviest;
      // One of its places is free, since a prime number of them makes it come to them all.
      while (table[turn.place] != kFree) {
        turn.place += turn.skip;
        if (turn.place >= places) turn.place -= places;
      }
      table[turn.place] = fillers[i].member;
      if (++filled == places) return table;
    }
  }
}

Maglev::Shape::Shape(std::span<const RingMember> members, std::uint32_t table_places)
    : places(table_places) {
  CDNSIM_ASSERT(members.size() <= kMostMembers, "a Maglev table has up to 65535 members");
  CDNSIM_ASSERT(is_prime(places), "a Maglev table has a prime number of places");
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    if (members[m].weight == 0) continue;
    const std::uint64_t name = hash_name(members[m].name);
    fillers.push_back({static_cast<std::uint32_t>(hash_combine(name, 0) % places),
                       static_cast<std::uint32_t>(hash_combine(name, 1) % (places - 1) + 1),
                       members[m].weight, static_cast<std::uint16_t>(m)});
  }
  std::sort(fillers.begin(), fillers.end(), [&](const MaglevFiller& a, const MaglevFiller& b) {
    return members[a.member].name < members[b.member].name;
  });
  full = std::make_shared<const MaglevTable>(maglev_table(fillers, places));
}

Maglev::Maglev(std::span<const RingMember> members, std::uint32_t places)
    : members_(weights_of(members)),
      shape_(std::make_shared<const Shape>(members, places)),
      table_(shape_->full) {}

void Maglev::set_down(std::uint32_t member, bool down) {
  if (!members_.set_down(member, down)) return;
  if (members_.all_up()) {
    table_ = shape_->full;
    return;
  }
  std::vector<MaglevFiller> up;
  for (const MaglevFiller& filler : shape_->fillers) {
    if (members_.takes(filler.member)) up.push_back(filler);
  }
  table_.reset();
  if (!up.empty()) table_ = std::make_shared<const MaglevTable>(maglev_table(up, shape_->places));
}

}  // namespace cdnsim
