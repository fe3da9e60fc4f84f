// What PoPs and embedded caches are worth in the month of a bill, and what the latter spare their
// hosts. Does not know nodes nor how bytes were counted.
#pragma once

#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

// Adds nodes[].month and isps[].month. REQUIRES: `bill` was made from `inputs`; result.nodes have
// the ids of its sites, result.isps its order.
void add_worth(const BillInputs& inputs, const Bill& bill, Result& result);

}  // namespace cdnsim::assembly
