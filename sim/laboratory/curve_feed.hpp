// A trace in batches for the caches of a curve: all of it, or a sample and its groups beside it.
// Does not know caches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/laboratory/miss_ratio_curve.hpp>

namespace cdnsim {

class CurveFeed {
 public:
  // Requests of one batch; the first `cold` of them are warm-up.
  struct Stream {
    std::vector<TraceRequest> requests;
    std::size_t cold = 0;
  };

  CurveFeed(TraceReader& trace, const CurveOptions& options)
      : trace_(trace),
        options_(options),
        block_(4096),
        streams_(options.sample.is_all() ? 1 : 1 + ObjectSample::kGroups) {}

  // The next batch, however small the sample: each of many caches comes back to its own memory
  // once a batch. False at the end.
  bool fill() {
    for (Stream& stream : streams_) {
      stream.requests.clear();
      stream.cold = 0;
    }
    while (streams_[0].requests.size() < kBatch) {
      const std::size_t count = trace_.read(block_);
      if (count == 0) break;
      for (TraceRequest& request : std::span(block_).first(count)) take(request);
      if (options_.progress) options_.progress(trace_.share_read());
    }
    return !streams_[0].requests.empty();
  }

  // The sample, then each of its groups.
  const std::vector<Stream>& streams() const { return streams_; }

  // What the whole trace asked for after the warm-up.
  std::uint64_t requests() const { return requests_; }
  std::int64_t bytes() const { return bytes_; }

 private:
  static constexpr std::size_t kBatch = 16'384;

  void take(TraceRequest& request) {
    const bool cold = played_++ < options_.warmup;
    if (options_.ignore_sizes) request.bytes = 1;
    requests_ += !cold;
    if (!cold) bytes_ += request.bytes;
    if (options_.sample.is_all()) return add(streams_[0], request, cold);
    const std::uint64_t hash = options_.sample.hash(request.id);
    if (!options_.sample.holds(hash)) return;
    add(streams_[0], request, cold);
    add(streams_[1 + options_.sample.group(hash)], request, cold);
  }
  static void add(Stream& stream, const TraceRequest& request, bool cold) {
    stream.requests.push_back(request);
    stream.cold += cold;
  }

  TraceReader& trace_;
  const CurveOptions& options_;
  std::vector<TraceRequest> block_;
  std::vector<Stream> streams_;
  std::uint64_t played_ = 0, requests_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace cdnsim
