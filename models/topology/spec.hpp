// What a scenario says of client networks, providers, exchanges and links: the typed graph before
// it is built.
// Does not know caches, traffic or how paths are found.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/pricing.hpp>
#include <cdnsim/models/network/background_spec.hpp>
#include <cdnsim/models/topology/access_line.hpp>

namespace cdnsim {

enum class LinkKind { pni, ixp, transit, backbone, on_net };

constexpr std::array<EnumName<LinkKind>, 5> enum_names(LinkKind) {
  return {{{LinkKind::pni, "pni"},
           {LinkKind::ixp, "ixp"},
           {LinkKind::transit, "transit"},
           {LinkKind::backbone, "backbone"},
           {LinkKind::on_net, "on_net"}}};
}

// What a link makes of its two ends; routing/README.md says what follows.
enum class Relation : std::uint8_t {
  siblings,   // two places of one organisation
  peers,      // each gives the other its own customers, nothing more
  from_buys,  // `from` is the customer of `to`
  to_buys,    // `to` is the customer of `from`
  carried     // both are customers of a transit provider that the map does not draw
};

constexpr std::array<EnumName<Relation>, 5> enum_names(Relation) {
  return {{{Relation::siblings, "siblings"},
           {Relation::peers, "peers"},
           {Relation::from_buys, "from_buys"},
           {Relation::to_buys, "to_buys"},
           {Relation::carried, "carried"}}};
}

inline constexpr std::string_view kPlaceMeaning =
    "the metro that it is in (`cdnsim list metros`); it gives delays to links that have none";

// What is not said follows from the place and the access lines: client_network.hpp.
struct ClientNetworkSpec {
  std::optional<std::string> region;
  std::uint64_t users = 0;
  std::optional<Duration> access_delay;
  std::optional<BitRate> access_rate;
  Ratio new_connections{0.1};
  std::optional<Duration> utc_offset;
  std::optional<std::uint32_t> cells;
  std::string place = {};
  std::optional<AccessKind> access = {};
  std::optional<std::string> resolver = {};
  std::optional<PricePerMbps> transit_price = {};
};

template <class V>
void describe(V& v, ClientNetworkSpec& s) {
  v.optional("place", s.place, kPlaceMeaning, example("frankfurt"));
  v.optional("resolver", s.resolver,
             "the metro where its users' DNS resolver stands, by which geodns answers; its place "
             "when not given",
             example("frankfurt"));
  v.optional("region", s.region,
             "region that its latency and demand are reported under; its place's when not given");
  v.required("users", s.users, "people behind this network; demand is shared out by users",
             at_least(std::uint64_t{1}));
  v.optional("access", s.access, "what its users' lines are, for their delay and rate");
  v.optional("access_delay", s.access_delay,
             "one-way delay between a user and the network's edge; by access, or 5ms",
             at_least(Duration{0}), at_most(Duration{10s}));
  v.optional("access_rate", s.access_rate,
             "what one user's access line carries; by access, or 50Mbps", at_least(BitRate{1'000}));
  v.optional("new_connections", s.new_connections,
             "share of requests that first set up a connection (two more round trips)");
  v.optional("utc_offset", s.utc_offset,
             "local time minus UTC, for diurnal curves; its place's when not given, or 0s",
             at_least(Duration{-14h}), at_most(Duration{14h}));
  v.optional("cells", s.cells,
             "how many cells its users are split into for steering; by size when not given",
             at_least(1u), at_most(64u));
  v.optional("transit_price", s.transit_price,
             "what it pays itself for each Mbps and month of its 95th percentile that comes over "
             "links of kind transit; it tells what embedded caches save it",
             at_least(PricePerMbps{Money{0}}), at_most(PricePerMbps{1'000'000_USD}));
}

struct TransitProviderSpec {
  std::string place = {};
};

template <class V>
void describe(V& v, TransitProviderSpec& s) {
  v.optional("place", s.place, kPlaceMeaning, example("ashburn"));
}

// An exchange: its fabric, at which each member has a port (a link of kind ixp).
struct IxpSpec {
  std::string place = {};
  std::vector<std::vector<std::string>> sessions = {};
  std::optional<BitRate> capacity = {};
};

template <class V>
void describe(V& v, IxpSpec& s) {
  v.optional("place", s.place, kPlaceMeaning, example("amsterdam"));
  v.optional("sessions", s.sessions,
             "pairs of members that peer with one another without the route server");
  v.optional("capacity", s.capacity,
             "what its fabric carries in all, which all members share; unlimited when not given",
             at_least(BitRate{1'000}));
}

// How the answers that a link's sending end has share its capacity.
enum class Sharing : std::uint8_t { fifo, fair };

constexpr std::array<EnumName<Sharing>, 2> enum_names(Sharing) {
  return {{{Sharing::fifo, "fifo"}, {Sharing::fair, "fair"}}};
}

struct LinkSpec {
  std::string from;
  std::string to;
  LinkKind kind = LinkKind::transit;
  BitRate capacity{100'000'000'000};
  std::optional<Duration> delay;
  std::optional<Relation> relation = {};
  bool route_server = true;
  LinkPricing pricing = {};
  Sharing sharing = Sharing::fifo;
  std::optional<Duration> max_queue = {};
  std::optional<BackgroundSpec> background = {};
};

template <class V>
void describe(V& v, LinkSpec& s) {
  const RefersTo ends =
      refers_to("/network/pops", "/network/shields", "/network/origins", "/network/client_networks",
                "/network/transit_providers", "/network/ixps", "/network/embedded");
  v.required("from", s.from,
             "one end: a PoP, shield, origin, client network, transit provider, exchange or "
             "embedded cache",
             ends);
  v.required("to", s.to, "the other end", ends);
  v.optional("kind", s.kind, "pni, ixp, transit, backbone or on_net");
  v.optional("delay", s.delay,
             "one-way propagation delay; when not given, along the great circle between the ends' "
             "places, times path_inflation, and at least 50us",
             at_least(Duration{0}), at_most(Duration{10s}));
  v.optional("capacity", s.capacity, "capacity in each direction", at_least(BitRate{1'000}));
  v.optional("relation", s.relation,
             "siblings (one organisation), peers, from_buys, to_buys or carried (both buy from a "
             "provider that is not drawn); by kind and ends when not given");
  v.optional("route_server", s.route_server,
             "of a port at an exchange: its member peers with all others who say the same");
  v.optional("sharing", s.sharing,
             "fifo (one answer after the other) or fair (all at once, each slower the fuller it "
             "was in the last seconds), for the node at its sending end; what others send through "
             "it is always fair");
  v.optional("max_queue", s.max_queue,
             "a request whose answer would wait longer in this link's queue is shed when it comes; "
             "unlimited when not given",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("background", s.background,
             "traffic that is not the CDN's: it takes its part of the capacity first");
  describe_pricing(v, s.pricing);
}

}  // namespace cdnsim
