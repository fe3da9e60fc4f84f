#include <algorithm>

#include <cdnsim/data_path/key_table.hpp>
#include <cdnsim/laboratory/miss_ratio_curve.hpp>

namespace cdnsim {

CurveExtent look_through(TraceReader& trace, const CurveOptions& options) {
  CurveExtent extent;
  KeyTable sizes;
  std::vector<TraceRequest> block(4096);
  while (const std::size_t count = trace.read(block)) {
    for (const TraceRequest& request : std::span(block).first(count)) {
      const ObjectSample& sample = options.sample;
      if (!sample.is_all() && !sample.holds(sample.hash(request.id))) continue;
      extent.largest = std::max(extent.largest, request.bytes);
      const Slot row = sizes.find(request.id);
      if (row == kNoSlot) {
        sizes.add(request.id, static_cast<std::uint64_t>(request.bytes));
        ++extent.objects;
        extent.bytes += request.bytes;
      } else if (sizes[row].word != static_cast<std::uint64_t>(request.bytes)) {
        extent.sizes_change = true;
      }
    }
    if (options.progress) options.progress(trace.share_read());
  }
  return extent;
}

}  // namespace cdnsim
