// The bill of a run's month as figures of its result.
// Does not know how a bill is made.
#pragma once

#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

// Adds `cost`, and its parts to links, nodes, client networks and classes.
// REQUIRES: `bill` was made of `inputs`, and both of the run that `result` tells of.
void add_bill(const BillInputs& inputs, const Bill& bill, Result& result);

}  // namespace cdnsim::assembly
