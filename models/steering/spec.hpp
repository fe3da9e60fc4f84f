// What a scenario says of steering: which PoP serves which cell.
// Does not know caches or traffic.
#pragma once

#include <array>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

enum class SteeringMethod { nearest, anycast };

constexpr std::array<EnumName<SteeringMethod>, 2> enum_names(SteeringMethod) {
  return {{{SteeringMethod::nearest, "nearest"}, {SteeringMethod::anycast, "anycast"}}};
}

struct SteeringSpec {
  SteeringMethod method = SteeringMethod::nearest;
};

template <class V>
void describe(V& v, SteeringSpec& s) {
  v.optional("method", s.method,
             "nearest: the PoP with the shortest delay, ties by name; anycast: the PoP that the "
             "network's own choice of way leads to");
}

}  // namespace cdnsim
