// Which PoPs may serve a client network in each stretch of a run, nearest first, and by which ways:
// what steering during the run goes by.
// Does not know nodes, loads or cells.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/assembly/epochs.hpp>
#include <cdnsim/models/node/controller_node.hpp>

namespace cdnsim::assembly {

struct Plan;

// A PoP as a network reaches it.
struct ReachedPop {
  std::uint32_t place = 0;
  Duration there{0};  // of answers
  Duration back{0};   // of requests
  std::vector<PortRef> ports;
};
// From some time on, by client network, those of least delay first.
struct ReachedPops {
  SimTime from{};
  std::vector<std::vector<ReachedPop>> by_network;
};

// The PoPs nearest to each network in some stretch, so many of each, by place.
using Candidates = std::vector<std::vector<std::uint32_t>>;
Candidates nearest_pops(const std::vector<std::uint32_t>& networks, std::size_t count,
                        const std::vector<Epoch>& epochs, Routing& routing);

// Whether what has failed is left out when routing knows it, or at once.
enum class LeftOut : std::uint8_t { when_known, at_once };

// One from the start and one for each epoch: those candidates that steering may choose then.
// Afterwards `routing` knows all links again.
std::vector<ReachedPops> reached_pops(const std::vector<std::uint32_t>& networks,
                                      const Candidates& candidates,
                                      const std::vector<Epoch>& epochs, Routing& routing,
                                      LeftOut left_out = LeftOut::when_known);

// The same as the engine takes them, where `index_of[place]` is its number of a PoP.
std::vector<SteeringView> steering_views(const Plan& plan,
                                         const std::vector<std::uint32_t>& index_of);
// All ports that ways cross, by PortLoads::index_of.
std::vector<SteeringPort> steering_ports(const Plan& plan);

std::vector<std::uint32_t> places_of_networks(const Plan& plan);

}  // namespace cdnsim::assembly
