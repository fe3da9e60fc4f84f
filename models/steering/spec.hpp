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

namespace cdnsim {

enum class SteeringMethod { nearest, anycast, geodns };

constexpr std::array<EnumName<SteeringMethod>, 3> enum_names(SteeringMethod) {
  return {{{SteeringMethod::nearest, "nearest"},
           {SteeringMethod::anycast, "anycast"},
           {SteeringMethod::geodns, "geodns"}}};
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
};

template <class V>
void describe(V& v, SteeringSpec& s) {
  v.optional("method", s.method,
             "nearest: the PoP with the shortest delay, ties by name; anycast: the PoP that the "
             "network's own choice of way leads to; geodns: one near the network's resolver");
  v.object("geodns", s.geodns, "of the method geodns: answers, and how long they are used");
}

}  // namespace cdnsim
