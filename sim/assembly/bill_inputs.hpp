// What a bill is made of, taken from a finished run: bins of every link, what stands where, and
// whose bytes each place served.
// Does not know tariffs nor how a month comes out of bins.
#pragma once

#include <functional>
#include <vector>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// Bytes by bin of each direction of each link: 0 is what `from` sends.
struct BinnedPorts {
  using Bins =
      std::function<std::vector<std::int64_t>(std::uint32_t link, std::uint32_t direction)>;
  RunBins run;
  Bins own;
  Bins billed;  // with the background, where that is billed too
};

// Links and client networks in the order of the plan, classes in that of the catalogue; sites are
// PoPs, then shields, by id. REQUIRES: the scenario has `billing`; collector.finish() was called.
BillInputs bill_inputs(const Scenario& scenario, const Network& network,
                       const Collector& collector);
BillInputs bill_inputs(const Scenario& scenario, const Network& network, const BinnedPorts& ports);

}  // namespace cdnsim::assembly
