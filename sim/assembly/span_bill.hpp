// What a month would cost that was like one stretch of a run.
// Does not know what happened in it.
#pragma once

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/span_watch.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// In USD; not a number without `billing`, or where the stretch has no second.
double month_like(const Scenario& scenario, const Network& network, const SpanWatch::Span& span);

}  // namespace cdnsim::assembly
