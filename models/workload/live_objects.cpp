#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/workload/live_objects.hpp>

namespace cdnsim {

LiveObjects::LiveObjects(const Live& live, LivePart part, std::uint16_t event, std::uint16_t own,
                         std::uint16_t other)
    : part_(part),
      event_(event),
      own_(own),
      other_(other),
      segments_(live.segments()),
      behind_(live.behind),
      window_(live.window),
      starts_(SimTime{live.starts}),
      segment_(live.segment),
      encoding_(live.encoding),
      manifest_(live.manifest_size) {
  constexpr std::int64_t kBitNanoseconds = 8'000'000'000;
  for (const auto& [name, rendition] : live.rungs()) {
    const auto bits = static_cast<Int128>(rendition.bitrate.count()) * segment_.count();
    sizes_.push_back(std::max(Bytes{1}, Bytes{static_cast<std::int64_t>(bits / kBitNanoseconds)}));
  }
}

}  // namespace cdnsim
