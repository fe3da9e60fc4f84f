// The workloads a scenario can name: one line each.
#pragma once

#include <variant>

#include <cdnsim/models/workload/steady.hpp>
#include <cdnsim/models/workload/viral.hpp>

namespace cdnsim {

using WorkloadSpec = std::variant<Steady,  //
                                  Viral>;

}  // namespace cdnsim
