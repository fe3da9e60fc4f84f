// What a scenario says of client networks and links: the typed graph before it is built.
// Does not know caches, traffic or how paths are found.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/pricing.hpp>

namespace cdnsim {

enum class LinkKind { pni, ixp, transit, backbone, on_net };

constexpr std::array<EnumName<LinkKind>, 5> enum_names(LinkKind) {
  return {{{LinkKind::pni, "pni"},
           {LinkKind::ixp, "ixp"},
           {LinkKind::transit, "transit"},
           {LinkKind::backbone, "backbone"},
           {LinkKind::on_net, "on_net"}}};
}

struct ClientNetworkSpec {
  std::string region;
  std::uint64_t users = 0;
  Duration access_delay = std::chrono::milliseconds(5);
  BitRate access_rate{50'000'000};
  Ratio new_connections{0.1};
  Duration utc_offset{0};
  std::optional<std::uint32_t> cells;
};

template <class V>
void describe(V& v, ClientNetworkSpec& s) {
  v.required("region", s.region, "region that its latency and demand are reported under");
  v.required("users", s.users, "people behind this network; demand is shared out by users",
             at_least(std::uint64_t{1}));
  v.optional("access_delay", s.access_delay, "one-way delay between a user and the network's edge",
             at_least(Duration{0}), at_most(Duration{10s}));
  v.optional("access_rate", s.access_rate, "what one user's access line carries",
             at_least(BitRate{1'000}));
  v.optional("new_connections", s.new_connections,
             "share of requests that first set up a connection (two more round trips)");
  v.optional("utc_offset", s.utc_offset, "local time minus UTC, for diurnal curves",
             at_least(Duration{-14h}), at_most(Duration{14h}));
  v.optional("cells", s.cells,
             "how many cells its users are split into for steering; by size when not given",
             at_least(1u), at_most(64u));
}

struct LinkSpec {
  std::string from;
  std::string to;
  LinkKind kind = LinkKind::transit;
  BitRate capacity{100'000'000'000};
  Duration delay{0};
  LinkPricing pricing = {};
};

template <class V>
void describe(V& v, LinkSpec& s) {
  v.required("from", s.from, "one end: a PoP, shield, origin or client network",
             refers_to("/network/pops", "/network/shields", "/network/origins",
                       "/network/client_networks"));
  v.required("to", s.to, "the other end",
             refers_to("/network/pops", "/network/shields", "/network/origins",
                       "/network/client_networks"));
  v.optional("kind", s.kind, "pni, ixp, transit, backbone or on_net");
  v.required("delay", s.delay, "one-way propagation delay", at_least(Duration{0}),
             at_most(Duration{10s}));
  v.optional("capacity", s.capacity, "capacity in each direction", at_least(BitRate{1'000}));
  describe_pricing(v, s.pricing);
}

}  // namespace cdnsim
