// The misses of LRU caches of many sizes from the stack distance of each request.
// Does not know traces: it is played a block of requests at a time.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/laboratory/stack_distance.hpp>

namespace cdnsim {

// An LRU cache of C bytes hits exactly where the distance is at most C, if every object is always
// of one size, and that is at most C. Each request then puts its object in front, as none is too
// large to enter, and only the last copies ever leave. So of what was asked for since x was, all
// is in the cache as long as x is.
//   It hits: x and all that are in the cache with it, which is at most C.
//   It misses, and x was there before: when x had to leave, x and what was asked for since it was
//   took more than C. That sum grows with each further object until x is asked for again.
// Where an object is larger than the cache it does not enter, pushes nothing out, and the distance
// counts it all the same; where sizes change, a copy keeps that of when it entered, which other
// caches than ours took in at other moments. Such sizes are simulated instead.
template <class Places>
class StackCurve {
 public:
  // `sizes` rise; those of the counts.
  explicit StackCurve(std::vector<std::int64_t> sizes)
      : sizes_(std::move(sizes)), hits_(sizes_.size() + 1) {}

  void play(std::span<const TraceRequest> block, bool warming) {
    for (std::size_t i = 0; i < block.size(); ++i) {
      if (i + kAheadIndex < block.size()) distances_.prefetch(block[i + kAheadIndex].id);
      if (i + kAheadObject < block.size()) distances_.prefetch_object(block[i + kAheadObject].id);
      const std::int64_t bytes = block[i].bytes;
      const std::int64_t distance = distances_.ask(block[i].id, bytes);
      if (warming) continue;
      Hits& hits = hits_[least_size_of(distance)];
      ++hits.requests;
      hits.bytes += bytes;
    }
  }

  std::vector<LabCounts> counts() const {
    Hits misses;
    for (const Hits& hits : hits_) misses += hits;
    const Hits all = misses;
    std::vector<LabCounts> counts;
    for (std::size_t i = 0; i < sizes_.size(); ++i) {
      misses.requests -= hits_[i].requests;
      misses.bytes -= hits_[i].bytes;
      counts.push_back({all.requests, misses.requests, all.bytes, misses.bytes});
    }
    return counts;
  }

 private:
  struct Hits {
    std::uint64_t requests = 0;
    std::int64_t bytes = 0;
    void operator+=(const Hits& other) {
      requests += other.requests;
      bytes += other.bytes;
    }
  };
  static constexpr std::size_t kAheadIndex = 24, kAheadObject = 12;

  // The least of the sizes that is a hit; as many as there are, if none.
  std::size_t least_size_of(std::int64_t distance) const {
    return static_cast<std::size_t>(std::lower_bound(sizes_.begin(), sizes_.end(), distance) -
                                    sizes_.begin());
  }

  std::vector<std::int64_t> sizes_;
  std::vector<Hits> hits_;  // that the size is the least to give
  StackDistance<Places> distances_;
};

}  // namespace cdnsim
