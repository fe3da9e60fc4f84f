// Caches inside client networks: which cells of their host and its neighbours come to them for
// which classes, and whom they ask. Does not know nodes.
#pragma once

#include <cstdint>
#include <vector>

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

struct EmbeddedCache {
  std::uint32_t place = 0;
  std::uint32_t host = 0;    // of the plan's networks
  std::uint32_t source = 0;  // place of the PoP or shield that it asks
  std::vector<CellShare> cells;
  // Over which kind of link what it fetches enters its host, and what it serves would without it.
  LinkKind fills_over = LinkKind::transit;
  LinkKind otherwise_over = LinkKind::transit;
};

// Several that serve one network share its cells by hash, by the number of their servers. REQUIRES:
// the plan's networks are steered to PoPs.
std::vector<EmbeddedCache> embedded_caches(const Scenario& scenario, const Plan& plan);

// What is left of a cell for the PoPs; nothing at all where `none` is set.
struct LeftOver {
  ClassMask classes;
  bool none = false;
};
LeftOver left_for_pops(const Plan& plan, std::uint32_t audience, std::uint32_t cell);

// How copies come into it; nothing where there is no rule.
std::optional<FillRules> fill_rules(const Scenario& scenario, const Plan& plan,
                                    const EmbeddedCache& cache);

}  // namespace cdnsim::assembly
