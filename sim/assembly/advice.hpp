// What the month's traffic says of the next steps: ports at exchanges that pay, metros for a PoP.
// Does not know JSON.
#pragma once

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/economics/bill.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// Ports that sites have at exchanges and those that they could have in their metro, by exchange,
// then site. REQUIRES: inputs and bill are of this network.
std::vector<ExchangeResult> exchange_results(const Scenario& scenario, const Network& network,
                                             const BillInputs& inputs, const Bill& bill);

// Metros of clients without a PoP, the best first; nothing where no class has a price.
std::vector<SiteCandidateResult> site_candidates(const Scenario& scenario, const Network& network,
                                                 const BillInputs& inputs, const Bill& bill);

}  // namespace cdnsim::assembly
