// What plays a stream of requests for some points of a curve: one cache, or the stack distances of
// LRU. Does not know the trace nor that it may be a sample.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include <cdnsim/laboratory/miss_ratio_curve.hpp>

namespace cdnsim {

class CurvePlayer {
 public:
  virtual ~CurvePlayer() = default;
  virtual void play(std::span<const TraceRequest> block, bool warming) = 0;
  // To each its place among the points.
  virtual void put_counts(std::vector<LabCounts>& points) const = 0;
};

// For all of `caches`, which hold so large a share of what is asked for as the stream is of the
// trace.
std::vector<std::unique_ptr<CurvePlayer>> curve_players(const std::vector<LabCacheSpec>& caches,
                                                        double share, const CurveExtent& extent,
                                                        bool ignore_sizes);

}  // namespace cdnsim
