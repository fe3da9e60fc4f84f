// What a scenario says of steering: which PoP serves which cell.
// Does not know caches or traffic.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/steering/engine_spec.hpp>

namespace cdnsim {

enum class SteeringMethod { nearest, anycast, geodns, engine };

constexpr std::array<EnumName<SteeringMethod>, 4> enum_names(SteeringMethod) {
  return {{{SteeringMethod::nearest, "nearest"},
           {SteeringMethod::anycast, "anycast"},
           {SteeringMethod::geodns, "geodns"},
           {SteeringMethod::engine, "engine"}}};
}

// What becomes of a client's request for which its PoP has no room.
enum class WhenFull { shed, redirect };

constexpr std::array<EnumName<WhenFull>, 2> enum_names(WhenFull) {
  return {{{WhenFull::shed, "shed"}, {WhenFull::redirect, "redirect"}}};
}

struct GeoDnsSpec {
  Duration ttl = std::chrono::seconds(60);
  std::uint32_t answers = 1;
  std::map<std::string, double> weights;
};

template <class V>
void describe(V& v, GeoDnsSpec& s) {
  v.optional(
      "ttl", s.ttl,
      "how long an answer is used: each cell asks again at moments of its own, whole seconds",
      at_least(Duration{1s}), at_most(Duration{24h}));
  v.optional("answers", s.answers,
             "between how many of the PoPs nearest to the resolver its cells are shared out",
             at_least(1u), at_most(100u));
  v.map("weights", s.weights, "how much of that a PoP gets against the others; 1 when not given",
        keys_refer_to("/network/pops"), at_least(0.001), at_most(1e6));
}

struct SteeringSpec {
  SteeringMethod method = SteeringMethod::nearest;
  GeoDnsSpec geodns = {};
  EngineSpec engine = {};
  WhenFull when_full = WhenFull::shed;
};

template <class V>
void describe(V& v, SteeringSpec& s) {
  v.optional(
      "method", s.method,
      "nearest: the PoP with the shortest delay, ties by name; anycast: the PoP that the "
      "network's own choice of way leads to; geodns: one near the network's resolver; engine: the "
      "nearest at first, then by what PoPs report of their load");
  v.object("geodns", s.geodns, "of the method geodns: answers, and how long they are used");
  v.object("engine", s.engine, "of the method engine: reports, weights and what holds it back");
  v.optional("when_full", s.when_full,
             "what becomes of a client's request for which its PoP has no room: shed (an error), "
             "or redirect (its user asks the next PoP, once)");
}

}  // namespace cdnsim
