// What a graph is like: how many parts it has, how far its nodes are apart, in hops and on the
// globe, and which peculiarities of drawn maps it has.
// Does not know file formats. Boost.Graph stays in graph_figures.cpp.
#pragma once

#include <cstdint>

#include <cdnsim/models/topology/graph_document.hpp>

namespace cdnsim {

// Over all pairs of different nodes of which the first reaches the second.
struct PairDistances {
  std::uint64_t pairs = 0;
  double mean = 0;         // 0 without a pair
  std::int64_t most = 0;   // the diameter
  std::uint32_t from = 0;  // the first pair, by index, that is so far apart
  std::uint32_t to = 0;
};

struct GraphFigures {
  std::uint64_t components = 0;
  std::uint64_t largest_component = 0;  // its nodes
  PairDistances hops;
  // Metres along links that follow great circles. Links of which an end has no position have no
  // length and are not taken.
  PairDistances metres;
  std::uint64_t links_with_length = 0;
  Distance total_length{0};  // of all links, parallel ones too
};

// An undirected link is walked both ways. Parts are those of the graph without directions.
GraphFigures graph_figures(const GraphDocument& document);

struct GraphQuirks {
  std::uint64_t without_position = 0;
  std::uint64_t shared_labels = 0;  // nodes whose label is another's too
  std::uint64_t without_label = 0;
  std::uint64_t external_nodes = 0;  // Internal = 0: of a neighbouring network
  std::uint64_t hyperedges = 0;      // nodes that stand for a medium that joins several
  std::uint64_t parallel_links = 0;  // beyond the first between the same two nodes
  std::uint64_t self_loops = 0;
  std::uint64_t without_speed = 0;  // links
};

GraphQuirks graph_quirks(const GraphDocument& document);

}  // namespace cdnsim
