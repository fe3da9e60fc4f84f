#include <algorithm>

#include <cdnsim/data_path/rendezvous.hpp>

namespace cdnsim {

Rendezvous::Shape::Shape(std::span<const RingMember> members) {
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    if (members[m].weight > 0) rows.push_back({hash_name(members[m].name), m, members[m].weight});
  }
  CDNSIM_ASSERT(!rows.empty(), "a rendezvous has at least one member with a weight");
  std::sort(rows.begin(), rows.end(), [&](const Row& a, const Row& b) {
    return members[a.member].name < members[b.member].name;
  });
  equal = std::all_of(rows.begin(), rows.end(),
                      [&](const Row& row) { return row.weight == rows.front().weight; });
}

}  // namespace cdnsim
