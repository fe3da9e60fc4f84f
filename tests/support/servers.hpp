// Lists of members for tests of placement: "server-0", "server-1" ...
// Does not know how keys are placed among them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/data_path/ring_member.hpp>

namespace cdnsim::test {

inline std::vector<RingMember> servers(std::uint32_t count, const std::string& prefix = "server-") {
  std::vector<RingMember> members;
  for (std::uint32_t i = 0; i < count; ++i) members.push_back({prefix + std::to_string(i), 1});
  return members;
}

inline std::vector<RingMember> servers_of_weights(const std::vector<std::uint32_t>& weights) {
  std::vector<RingMember> members = servers(static_cast<std::uint32_t>(weights.size()));
  for (std::size_t i = 0; i < weights.size(); ++i) members[i].weight = weights[i];
  return members;
}

// Of `keys` keys, how many each member owns.
template <class Family>
std::vector<std::uint64_t> owned(const Family& family, std::uint64_t keys) {
  std::vector<std::uint64_t> counts(family.members().size(), 0);
  for (std::uint64_t key = 0; key < keys; ++key) ++counts[family.owner(key)];
  return counts;
}

}  // namespace cdnsim::test
