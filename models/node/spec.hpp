// What a scenario says of PoPs, shields, embedded caches, origins and their caching.
// Does not know links, traffic or the engine.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/policy_text.hpp>
#include <cdnsim/models/economics/pricing.hpp>
#include <cdnsim/models/node/balancer.hpp>
#include <cdnsim/models/node/connection_spec.hpp>
#include <cdnsim/models/node/copy_spec.hpp>
#include <cdnsim/models/node/embedded_spec.hpp>
#include <cdnsim/models/node/hot_spec.hpp>
#include <cdnsim/models/node/service_law.hpp>
#include <cdnsim/models/node/site_kit.hpp>
#include <cdnsim/models/node/storage_spec.hpp>
#include <cdnsim/models/node/viral_spec.hpp>
#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

// `shield` says where misses go for every origin that `shields` does not name.
struct PopSpec {
  std::uint32_t servers = 24;
  std::string shield = "nearest";
  std::map<std::string, std::string> shields = {};
  std::vector<std::string> peers = {};
  bool is_virtual = false;
  SitePricing pricing = {};
  std::string place = {};
  std::optional<Rate> max_rate = {};
  SiteKit kit = {};
  std::string preset = "plain";

  static const std::vector<PopSpec>& presets();
};

template <class V>
void describe(V& v, PopSpec& s) {
  describe_preset(v, s);
  v.optional("place", s.place, kPlaceMeaning, example("frankfurt"));
  v.optional("servers", s.servers, "cache servers behind the hash ring", at_least(1u),
             at_most(4096u));
  v.optional(
      "shield", s.shield,
      "where misses go: \"nearest\" shield, \"none\" (straight to the origin) or the id of a "
      "shield, or of a PoP that relays");
  v.map("shields", s.shields, "the same for single origins, by origin",
        keys_refer_to("/network/origins"));
  v.optional("peers", s.peers,
             "neighbour PoPs that are asked first, in this order, whether they have a fresh copy",
             refers_to("/network/pops"), max_members(16));
  v.optional("virtual", s.is_virtual,
             "rented capacity: it pays rent, and no room, power or hardware of its own");
  v.optional("max_rate", s.max_rate,
             "requests per second that it takes, with a burst of one second's; what is more is "
             "shed, in the edge's shed_order; unlimited when not given",
             at_least(Rate{0.001}));
  describe_kit(v, s.kit);
  describe_pricing(v, s.pricing);
}

struct ShieldSpec {
  std::uint32_t servers = 24;
  std::string shield = "none";
  std::map<std::string, std::string> shields = {};
  std::string failover = {};
  SitePricing pricing = {};
  std::string place = {};
  SiteKit kit = {};
  std::string preset = "plain";

  static const std::vector<ShieldSpec>& presets();
};

template <class V>
void describe(V& v, ShieldSpec& s) {
  describe_preset(v, s);
  v.optional("place", s.place, kPlaceMeaning, example("frankfurt"));
  v.optional("servers", s.servers, "cache servers behind the hash ring", at_least(1u),
             at_most(4096u));
  v.optional(
      "shield", s.shield,
      "where its own misses go: \"none\" (straight to the origin) or the id of another shield");
  v.map("shields", s.shields, "the same for single origins, by origin",
        keys_refer_to("/network/origins"));
  v.optional("failover", s.failover,
             "the shield that is asked instead while this one refuses or is down");
  describe_kit(v, s.kit);
  describe_pricing(v, s.pricing);
}

struct OriginSpec {
  ServiceLaw service_time = std::chrono::milliseconds(40);
  std::optional<Rate> capacity;
  std::optional<std::uint32_t> concurrency = {};
  Duration max_wait = std::chrono::seconds(2);
  std::optional<Rate> rate_limit;
  Ratio abort_ratio{0.0};
  OriginPricing pricing = {};
  std::string place = {};
};

template <class V>
void describe(V& v, OriginSpec& s) {
  v.optional("place", s.place, kPlaceMeaning, example("frankfurt"));
  v.optional(
      "service_time", s.service_time,
      "time from a request's start to its first byte: one for all, or drawn: 40ms, "
      "exponential:mean=.., lognormal:median=..,sigma=.. or hyperexponential:mean=..,scv=..");
  v.optional("capacity", s.capacity, "requests it can start per second; unlimited when not given",
             at_least(Rate{0.001}));
  v.optional("concurrency", s.concurrency,
             "requests that it works on at once; others wait in the order of their coming; "
             "unlimited when not given",
             at_least(1u), at_most(1'000'000u));
  v.optional("max_wait", s.max_wait, "a request that would wait longer for its start gets an error",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("rate_limit", s.rate_limit,
             "requests per second above which it refuses (a token bucket of one second's burst)",
             at_least(Rate{0.001}));
  v.optional("abort_ratio", s.abort_ratio,
             "share of its answers with a body that break off, each after a share of its bytes "
             "that is drawn evenly");
  describe_pricing(v, s.pricing);
}

enum class OnTimeout { error, go_alone };

constexpr std::array<EnumName<OnTimeout>, 2> enum_names(OnTimeout) {
  return {{{OnTimeout::error, "error"}, {OnTimeout::go_alone, "go_alone"}}};
}

// How the caches of one tier behave. Sizes are per server.
struct TierSpec : CopySpec {
  PolicyText policy{"lru", {}};
  AdmissionText admission{{"always", {}}};
  Bytes memory{128'000'000'000};
  StorageSpec storage;
  Duration coalesce = std::chrono::seconds(8);
  OnTimeout on_timeout = OnTimeout::error;
  std::uint32_t retries = 0;
  Duration avoid_refusing = std::chrono::seconds(10);
  Duration fetch_timeout = std::chrono::seconds(3);
  PolicyText placement{"ring", {}};
  std::uint32_t virtual_nodes = 160;
  Balancer balancer;
  ServiceLaw service_time = std::chrono::microseconds(20);
  Duration max_wait = std::chrono::seconds(1);
  std::vector<std::string> shed_order;
  std::optional<BitRate> nic;
  std::optional<HotSpec> hot;
  std::optional<ConnectionSpec> connections;
  std::map<std::string, CopySpec> classes;
};

template <class V>
void describe(V& v, TierSpec& s) {
  v.optional("policy", s.policy, "eviction policy, with parameters by name: s3fifo:small=0.1");
  v.optional("admission", s.admission, "what may enter at all: \"bloom\", \"size:most=1MiB\"");
  v.optional("memory", s.memory, "cache capacity of one server", at_least(Bytes{1}),
             at_most(Bytes{std::int64_t{1} << 56}));
  describe_storage(v, s.storage);
  v.optional("coalesce", s.coalesce,
             "concurrent misses of one object share one fetch and wait at most this long; 0s: off",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("on_timeout", s.on_timeout,
             "what becomes of who waited that long: an error, or go_alone (a fetch of its own, "
             "without a limit)");
  v.optional("retries", s.retries,
             "how often a fetch that failed is sent again before those who wait get the error",
             at_most(10u));
  v.optional("avoid_refusing", s.avoid_refusing,
             "how long a parent that refused is passed over where there is a failover",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("fetch_timeout", s.fetch_timeout,
             "how long until a node gives up a fetch that a failed link swallowed, or its answer, "
             "and takes it for refused",
             at_least(Duration{100ms}), at_most(Duration{10min}));
  v.optional("placement", s.placement,
             "which server an object belongs to: ring, jump, rendezvous, maglev or bounded:c=1.25");
  v.optional("virtual_nodes", s.virtual_nodes, "points per server on the hash ring", at_least(1u),
             at_most(10'000u));
  v.optional("balancer", s.balancer,
             "owner: the placement alone decides; least_of:d=2: of the first d servers in the "
             "placement's order for the object, the one with the fewest requests");
  v.optional(
      "service_time", s.service_time,
      "time a server works on one request: one for all, or drawn: 20us, "
      "exponential:mean=.., lognormal:median=..,sigma=.. or hyperexponential:mean=..,scv=..");
  v.optional("max_wait", s.max_wait, "a request that would wait longer for its server is shed",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("shed_order", s.shed_order,
             "classes of content that are shed first, the first of them before the others: of m "
             "classes here number i is shed from i / (m + 1) of a limit on (max_wait, max_queue, "
             "max_rate), all others at the limit");
  v.optional("nic", s.nic,
             "rate of one server's network card, where answers queue one after the other; "
             "unlimited when not given",
             at_least(BitRate{1'000}));
  v.optional("hot", s.hot,
             "objects too hot for one server: found and spread over several; off when not given");
  v.optional("connections", s.connections,
             "connections to the places that its nodes ask, and what opening one costs; when not "
             "given they are open always");
  describe(v, static_cast<CopySpec&>(s));
  v.map("classes", s.classes, "what differs for single classes of content, by class");
}

// What holds at a site whose servers are not as its tier says.
TierSpec tier_of(TierSpec tier, const SiteKit& kit);

// As `placement` says; what it leaves open of a ring, `virtual_nodes` says.
PolicyText placement_text(const TierSpec& tier);

struct CachingSpec {
  TierSpec edge;
  TierSpec shield;
  TierSpec embedded;
  std::optional<ViralSpec> viral;
};

template <class V>
void describe(V& v, CachingSpec& s) {
  v.object("edge", s.edge, "caches of the PoPs");
  v.object("shield", s.shield, "caches of the shields");
  v.object("embedded", s.embedded, "caches inside client networks");
  v.optional("viral", s.viral,
             "objects that go viral: PoPs report what they are asked for much, one place finds "
             "them and alerts all PoPs; off when not given");
}

}  // namespace cdnsim
