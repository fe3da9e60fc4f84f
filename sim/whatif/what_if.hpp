// What a scenario comes to when something is taken away from it, each thing in a run of its own,
// and which loss is the worst.
// Does not know how it is shown.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/scenario/result.hpp>
#include <cdnsim/whatif/failure.hpp>

namespace cdnsim::whatif {

// From this share of its capacity on a link counts as overloaded: a port sends no more than all of
// it.
inline constexpr double kFull = 0.99;

// What one run found, of the time after the warm-up.
struct Figures {
  std::uint64_t requests = 0;
  // Served by another PoP or embedded cache than in the run as it is.
  std::uint64_t displaced = 0;
  std::uint64_t shed = 0;
  std::uint64_t errors = 0;                // and time-outs and refusals, shed ones included
  std::uint64_t users_beyond_50ms = 0;     // of round trip to their PoP, or without one
  std::uint64_t requests_beyond_50ms = 0;  // of those users
  std::vector<std::string> overloaded;     // links, the fullest first
  std::string busiest_link;
  double busiest_utilisation = 0;  // p95
  std::string shedding_node;       // the one that sheds most; empty: none does
  double ttfb_p95_ms = 0;
  std::optional<double> monthly_cost_usd;
};

struct Loss {
  Failure failure;
  Stranded stranded;
  bool has_run = false;                       // else the figures are all 0
  Figures figures;                            // without those who are stranded
  std::vector<std::string> newly_overloaded;  // that are not so in the run as it is
};

struct WhatIf {
  std::string scenario;
  Figures as_it_is;
  std::vector<Loss> losses;  // the worst first
};

struct Options {
  std::uint32_t threads = 1;  // runs side by side; each takes one
  // Told how many runs of how many are over; may throw to end it all.
  std::function<void(std::size_t, std::size_t)> progress = {};
};

// The same for any number of threads. Worst: most users without a PoP; then what cannot be run,
// as a PoP reaches no shield or origin, or nobody serves before a launch; then most errors; then
// most links that become overloaded; then most users beyond 50 ms; then most requests displaced;
// then most cost; then by kind and id. Throws a UserError when the scenario as it is cannot run.
WhatIf what_if(const Scenario& scenario, const std::vector<Failure>& failures,
               const Options& options = {});

}  // namespace cdnsim::whatif
