// Caches inside client networks: which cells of their host and its neighbours come to them for
// which classes, and whom they ask. Does not know nodes.
#pragma once

#include <cstdint>
#include <limits>
#include <map>
#include <vector>

#include <cdnsim/assembly/fill_sources.hpp>
#include <cdnsim/models/node/filling.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

struct Plan;

using ClassMask = std::vector<bool>;  // by content; empty: all

// A part of what a cell asks for.
struct CellShare {
  std::uint32_t audience = 0;  // of the plan's networks
  std::uint32_t cell = 0;
  ClassMask classes;
};

// It leaves the steering of a network that it serves, or comes back.
struct CacheSwitch {
  SimTime from{};  // an edge of a slot
  std::uint32_t event = 0;
  bool out = false;
};

struct EmbeddedCache {
  std::uint32_t place = 0;
  std::uint32_t host = 0;           // of the plan's networks
  std::vector<FillSource> sources;  // whom it asks, one after the other
  std::vector<CellShare> cells;
  // Over which kind of link what it fetches from the first enters its host, and what it serves
  // would without it.
  LinkKind fills_over = LinkKind::transit;
  LinkKind otherwise_over = LinkKind::transit;
  // By network that it serves, in turn: the first one out; all are in at the start.
  std::map<std::uint32_t, std::vector<CacheSwitch>> switches = {};
};

// Several that serve one network share its cells by hash, by the number of their servers. REQUIRES:
// the plan's networks are steered to PoPs.
std::vector<EmbeddedCache> embedded_caches(const Scenario& scenario, const Plan& plan);

// When caches are out: those that are down, and for a network those that it does not reach. A
// neighbour may lose its way to one while the host keeps its own. Afterwards the plan's
// routing knows all links again.
void add_switches(Plan& plan);

// What is left of a cell for the PoPs at a time; nothing at all where `none` is set.
struct LeftOver {
  ClassMask classes;
  bool none = false;
};
LeftOver left_for_pops(const Plan& plan, std::uint32_t audience, std::uint32_t cell,
                       SimTime time = {});
// When that changes, in the order of time, and by which event.
std::vector<CacheSwitch> changes_of_left(const Plan& plan, std::uint32_t audience,
                                         std::uint32_t cell);

// Whether PoPs serve something of a cell at some time.
bool is_left_some_time(const Plan& plan, std::uint32_t audience, std::uint32_t cell);

// The objects that are asked for most until `room` or `count` is full, of all classes of the mask.
std::vector<FillItem> most_wanted(const Scenario& scenario, const Plan& plan, const ClassMask& mask,
                                  Bytes room,
                                  std::uint64_t count = std::numeric_limits<std::uint64_t>::max());
// Of all servers of a site.
Bytes room_of(const TierSpec& tier, std::uint32_t servers);

// How copies come into it; nothing where there is no rule.
std::optional<FillRules> fill_rules(const Scenario& scenario, const Plan& plan,
                                    const EmbeddedCache& cache);

}  // namespace cdnsim::assembly
