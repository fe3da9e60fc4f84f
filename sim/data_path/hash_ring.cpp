#include <algorithm>
#include <bit>
#include <limits>

#include <cdnsim/data_path/hash_ring.hpp>

namespace cdnsim {

namespace {

constexpr std::uint64_t kLastPlace = std::numeric_limits<std::uint64_t>::max();
constexpr unsigned kBucketsPerPoint = 4;  // then three searches in four take no step

}  // namespace

RingShape::RingShape(std::span<const RingMember> members, std::uint32_t virtual_nodes)
    : weights_(weights_of(members)) {
  for (std::uint32_t m = 0; m < members.size(); ++m) {
    const std::uint64_t name = hash_name(members[m].name);
    const std::uint64_t replicas = std::uint64_t{virtual_nodes} * members[m].weight;
    for (std::uint64_t replica = 0; replica < replicas; ++replica) {
      points_.push_back({hash_combine(name, replica), m});
    }
  }
  CDNSIM_ASSERT(!points_.empty(), "a ring has at least one point");
  CDNSIM_ASSERT(points_.size() < (std::size_t{1} << 30), "a ring has less than 2^30 points");
  std::sort(points_.begin(), points_.end(), [&](const Point& a, const Point& b) {
    return a.at != b.at ? a.at < b.at : members[a.member].name < members[b.member].name;
  });
  measure_shares(members.size());
  points_.push_back({kLastPlace, points_.front().member});
  build_index();
}

void RingShape::measure_shares(std::size_t members) {
  // A point owns the places after the point before it, up to and with its own.
  std::vector<std::uint64_t> places(members, 0);
  std::uint64_t before = points_.back().at;
  for (const Point& point : points_) {
    places[point.member] += point.at - before;  // the first goes round through zero
    before = point.at;
  }
  shares_.resize(members);
  for (std::size_t m = 0; m < members; ++m) shares_[m] = static_cast<double>(places[m]) * 0x1p-64;
  // All the places there are do not fit 64 bits.
  const std::uint32_t first = points_.front().member;
  const bool alone = std::all_of(points_.begin(), points_.end(),
                                 [&](const Point& point) { return point.member == first; });
  if (alone) shares_[first] = 1.0;
}

void RingShape::build_index() {
  const std::size_t buckets =
      std::bit_ceil(std::max<std::size_t>(points_.size(), 2)) * (kBucketsPerPoint / 2);
  shift_ = 64 - static_cast<unsigned>(std::countr_zero(buckets));
  first_.resize(buckets);
  std::uint32_t point = 0;
  for (std::size_t bucket = 0; bucket < buckets; ++bucket) {
    while (points_[point].at < static_cast<std::uint64_t>(bucket) << shift_) ++point;
    first_[bucket] = point;
  }
}

}  // namespace cdnsim
