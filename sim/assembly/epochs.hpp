// When something of the network fails, and when routing and steering react: the run in stretches
// between which ways or PoPs may change. Does not know ways, nodes or cells.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/routing/routing.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

// One event of the scenario that fails links or takes clients from a PoP. All times are edges of
// slots, SimTime::max() when it does not come to that.
struct Outage {
  std::uint32_t event = 0;           // in the order of their names
  std::vector<std::uint32_t> links;  // that carry nothing from `at` until `back`
  std::vector<std::uint32_t> away;   // PoPs and embedded caches where clients are not to come
  SimTime at{};
  SimTime back = SimTime::max();
  // From when until when routing and steering know of it: what is over before they have reacted
  // they never react to.
  SimTime seen_at = SimTime::max();
  SimTime seen_back = SimTime::max();
};

struct FailedLink {
  std::uint32_t link = 0;
  std::uint32_t event = 0;  // the first that fails it
};

struct Epoch {
  SimTime from{};
  std::vector<FailedLink> failed;        // what crosses them is lost
  std::vector<std::uint32_t> avoided;    // links that routing does not use
  std::vector<std::uint32_t> withdrawn;  // PoPs and embedded caches, by place
  std::uint32_t event = 0;               // the first that brought it on
};

// The first event wins where several fail a link, as everywhere.
std::vector<Outage> outages_of(const Scenario& scenario, const NetworkMap& map);
// In the order of time, none without a change; nothing when there are no outages.
std::vector<Epoch> epochs_of(const Scenario& scenario, const std::vector<Outage>& outages);

// What routing knows in an epoch; nothing: that all links work.
void set_links(Routing& routing, const Epoch* epoch);

// The first edge of a slot that is not before `time`.
SimTime next_slot_edge(const Scenario& scenario, SimTime time);

}  // namespace cdnsim::assembly
