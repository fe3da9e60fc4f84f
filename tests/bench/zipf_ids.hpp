// The ids that the benchmarks ask for: Zipf(1.0) over a million objects, in memory before the clock
// starts. Does not know what is measured.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/sampler/zipf.hpp>

namespace cdnsim::bench {

inline constexpr std::uint64_t kObjects = 1'000'000;

// Ids are hashes of ranks, so that popular objects do not lie side by side.
inline std::vector<std::uint64_t> zipf_ids(std::size_t requests) {
  const Zipf popularity(kObjects, 1.0);
  DrawStream stream(draw_key(1, {"benchmark", "ids"}), Counter{});
  std::vector<std::uint64_t> ids(requests);
  for (std::uint64_t& id : ids) id = mix64(popularity.sample(stream.next(), stream));
  return ids;
}

}  // namespace cdnsim::bench
