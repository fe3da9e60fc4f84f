// What the servers of one site have, where that differs from what its tier says of all.
// Does not know tiers, policies or prices.
#pragma once

#include <cstdint>
#include <optional>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

struct SiteKit {
  std::optional<Bytes> memory = {};
  std::optional<Bytes> ssd = {};
  std::optional<Bytes> hdd = {};
  std::optional<BitRate> cards = {};
  double service_factor = 1.0;
  std::optional<BitRate> nic = {};
  std::uint32_t pod_servers = 24;
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
  v.optional("cards", s.cards,
             "what the network cards of one server carry together; the result then tells how full "
             "they are. They limit nothing: `nic` does",
             at_least(BitRate{1'000}));
  v.optional("nic", s.nic,
             "rate of one server's network card, where answers queue one after the other; its "
             "tier's when not given",
             at_least(BitRate{1'000}));
  v.optional("service_factor", s.service_factor,
             "times its tier's service_time: what a request takes here, more than 1 where machines "
             "are shared",
             at_least(0.0), at_most(1000.0));
  v.optional("pod_servers", s.pod_servers,
             "servers of a pod, two racks that may fail as one: pod 0 is the first so many "
             "servers, the last one has what is left",
             at_least(1u), at_most(4096u));
}

}  // namespace cdnsim
