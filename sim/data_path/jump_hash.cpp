#include <cdnsim/data_path/jump_hash.hpp>

namespace cdnsim {

std::shared_ptr<const std::vector<std::uint32_t>> JumpHash::members_of_buckets(
    std::span<const RingMember> members) {
  std::vector<std::uint32_t> buckets;
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    buckets.insert(buckets.end(), members[m].weight, m);
  }
  CDNSIM_ASSERT(!buckets.empty(), "jump hashing has at least one bucket");
  CDNSIM_ASSERT(buckets.size() < (std::size_t{1} << 31), "jump hashing has below 2^31 buckets");
  return std::make_shared<const std::vector<std::uint32_t>>(std::move(buckets));
}

}  // namespace cdnsim
