// A node's hot objects as figures of a result.
// Does not know nodes.
#pragma once

#include <vector>

#include <cdnsim/models/node/hot_listing.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <cdnsim/scenario/hot_result.hpp>

namespace cdnsim::assembly {

std::vector<HotResult> hot_of(const std::vector<HotListing>& listings, const Catalogue& catalogue);

}  // namespace cdnsim::assembly
