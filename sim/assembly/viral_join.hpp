// The detector of viral objects, joined to the PoPs that report to it and to all who are told; and
// what these do about it.
// Does not know how objects are found.
#pragma once

#include <memory>
#include <vector>

#include <cdnsim/assembly/steering_join.hpp>
#include <cdnsim/models/node/detector_node.hpp>

namespace cdnsim::assembly {

// `number` is the one that the detector will have. REQUIRES: the scenario looks for viral objects.
std::unique_ptr<DetectorNode> join_detector(const BuiltNodes& built, NodeId number,
                                            std::unique_ptr<Recorder> recorder);

// Who reports. REQUIRES: the same.
std::vector<const CacheNode*> reporters(const BuiltNodes& built);

// The tier of a PoP, which can also spread what it is told is viral.
TierSpec that_replicates(TierSpec tier, const CachingSpec& caching);

}  // namespace cdnsim::assembly
