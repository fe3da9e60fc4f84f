// Miss ratios of policies over sizes, exact or from a sample of the objects with a stated error.
// Does not know formats, nor how curves are drawn.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/laboratory/object_sample.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

struct CurveOptions {
  bool ignore_sizes = false;  // every object counts 1
  std::uint64_t warmup = 0;   // so many requests of the trace at first are played and not counted
  std::uint32_t threads = 1;
  std::function<void(double share)> progress = {};
  ObjectSample sample = {};
};

// What is to be known of a trace beforehand. Of a sample: what is in it.
struct CurveExtent {
  std::uint64_t objects = 0;
  std::int64_t bytes = 0;  // of their first requests
  std::int64_t largest = 0;
  bool sizes_change = false;
};

// Of the options, takes the sample and the progress.
CurveExtent look_through(TraceReader& trace, const CurveOptions& options);

struct CurvePoint {
  LabCacheSpec spec;
  // Of a sample, requests and bytes are the trace's, and misses estimates.
  LabCounts counts;
  double miss_ratio = 0, byte_miss_ratio = 0;  // NaN where there were no requests
  // Half the width of a 95 % interval; 0 where the counts are exact.
  double error = 0, byte_error = 0;
  // The sampled objects share a cache of so few that this itself shifts the estimate, which the
  // error does not tell.
  bool few_objects = false;
};

// A point for each cache, in one pass. LRU's are read off stack distances where those are exact,
// others are simulated. REQUIRES: every policy is known and takes its parameters; `extent` is of
// the same trace and sample, or sizes are ignored.
std::vector<CurvePoint> miss_ratio_curve(TraceReader& trace,
                                         const std::vector<LabCacheSpec>& caches,
                                         const CurveExtent& extent, const CurveOptions& options);

}  // namespace cdnsim
