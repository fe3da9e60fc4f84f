// What servers' storage did, as figures of a result and as sums that must be equal.
// Does not know nodes: it takes the counters of one or of many.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/storage_counters.hpp>
#include <cdnsim/scenario/storage_result.hpp>

namespace cdnsim::assembly {

// By level, those that some server has. REQUIRES: length > 0, the whole run's.
std::map<std::string, StorageResult> storage_of(const StorageFlows& flows, Duration length);

// Bytes that all levels hold.
std::uint64_t bytes_held(const StorageFlows& flows);

}  // namespace cdnsim::assembly
