// The header of an lcs file, with what libCacheSim tells about a trace from it.
// Does not know records.
#pragma once

#include <cstdint>
#include <string>

#include "request_links.hpp"

namespace cdnsim {

inline constexpr std::size_t kLcsHeader = 8192;
inline constexpr std::size_t kLcsRequestsAt = 24;  // how many there are
inline constexpr std::uint64_t kLcsMagic = 0x123456789abcdef0ULL;

// Of all requests.
struct LcsTotals {
  std::int64_t requests = 0, bytes = 0;
  std::int64_t first_second = 0, last_second = 0;
};

// kLcsHeader bytes. Sizes are those of the objects' first requests.
std::string lcs_header(std::uint64_t version, const LcsTotals& totals, const RequestLinks& links);

}  // namespace cdnsim
