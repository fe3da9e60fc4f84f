// What look-ups found at some nodes in a part of a run, request by request: the run is done once
// more, up to its end.
// Does not know why somebody asks.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/models/node/lookup_log.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

struct LookupsAsked {
  std::vector<std::string> nodes;
  SimTime from{};
  SimTime until{};  // a whole second
  std::uint32_t threads = 1;
};

struct LookupsFound {
  std::vector<std::vector<LoggedLookup>> by_node;  // as asked; of who is not there, none
  std::vector<std::string> classes;                // by content
  std::string series;                              // up to then
};

LookupsFound lookups_of(const Scenario& scenario, const LookupsAsked& asked);

}  // namespace cdnsim::assembly
