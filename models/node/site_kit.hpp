// What the servers of one site have, where that differs from what its tier says of all.
// Does not know tiers, policies or prices.
#pragma once

#include <optional>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

struct SiteKit {
  std::optional<Bytes> memory = {};
  std::optional<Bytes> ssd = {};
  std::optional<Bytes> hdd = {};
  std::optional<BitRate> nic = {};
  double service_factor = 1.0;
};

// For a describe() that has these fields among its own.
template <class V>
void describe_kit(V& v, SiteKit& s) {
  constexpr Bytes kLeast{1}, kMost{std::int64_t{1} << 56};
  v.optional("memory", s.memory, "cache capacity of one server; its tier's when not given",
             at_least(kLeast), at_most(kMost));
  v.optional("ssd", s.ssd, "SSD of one server; its tier's when not given", at_least(kLeast),
             at_most(kMost));
  v.optional("hdd", s.hdd, "HDD of one server; its tier's when not given", at_least(kLeast),
             at_most(kMost));
  v.optional("nic", s.nic,
             "what the network card of one server carries; the result then tells how full it is. "
             "It limits nothing",
             at_least(BitRate{1'000}));
  v.optional("service_factor", s.service_factor,
             "times its tier's service_time: what a request takes here, more than 1 where machines "
             "are shared",
             at_least(0.0), at_most(1000.0));
}

}  // namespace cdnsim
