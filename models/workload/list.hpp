// The workloads a scenario can name, one line each.
// Does not know what any of them does.
#pragma once

#include <variant>

#include <cdnsim/models/workload/flash.hpp>
#include <cdnsim/models/workload/live.hpp>
#include <cdnsim/models/workload/steady.hpp>
#include <cdnsim/models/workload/trace_replay.hpp>
#include <cdnsim/models/workload/viral.hpp>

namespace cdnsim {

using WorkloadSpec = std::variant<Flash,        //
                                  Live,         //
                                  Steady,       //
                                  TraceReplay,  //
                                  Viral>;

}  // namespace cdnsim
