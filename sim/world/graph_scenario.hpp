// A graph from a file as a scenario that runs: a PoP and a client network at every node, an origin
// at one of them, and the links between them.
// Does not know file formats.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/models/topology/graph_document.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::world {

struct GraphChoices {
  std::string origin;             // a node's id or label; empty: the node with most links
  std::optional<Duration> delay;  // of links without a length; they are a mistake when not given
  bool placed_only = false;       // leave out nodes without a position
  bool largest_part = false;      // leave out all parts but the largest
  BitRate capacity = 100_Gbps;    // of links that tell no speed
  double path_inflation = kMedianInflation;
  Rate per_node{20.0};  // requests of a node's users
};

struct GraphScenario {
  Scenario scenario;
  std::string origin_at;  // the PoP
  std::uint64_t nodes_left_out = 0;
  std::uint64_t links_left_out = 0;  // with them, and loops
};

// Throws a UserError that says what cannot be, and which choice would mend it.
GraphScenario scenario_of(const GraphDocument& graph, const GraphChoices& choices);

}  // namespace cdnsim::world
