// What a scenario says of PoPs, shields, origins and their caching.
// Does not know links, traffic or the engine.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim {

struct PopSpec {
  std::uint32_t servers = 24;
  std::string shield = "nearest";
};

template <class V>
void describe(V& v, PopSpec& s) {
  v.optional("servers", s.servers, "cache servers behind the hash ring", at_least(1u),
             at_most(4096u));
  v.optional(
      "shield", s.shield,
      "where misses go: \"nearest\" shield, \"none\" (straight to the origin) or a shield's id");
}

struct ShieldSpec {
  std::uint32_t servers = 24;
};

template <class V>
void describe(V& v, ShieldSpec& s) {
  v.optional("servers", s.servers, "cache servers behind the hash ring", at_least(1u),
             at_most(4096u));
}

struct OriginSpec {
  Duration service_time = std::chrono::milliseconds(40);
  std::optional<Rate> capacity;
  Duration max_wait = std::chrono::seconds(2);
  std::optional<Rate> rate_limit;
};

template <class V>
void describe(V& v, OriginSpec& s) {
  v.optional("service_time", s.service_time, "time from a request's start to its first byte",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("capacity", s.capacity, "requests it can start per second; unlimited when not given",
             at_least(Rate{0.001}));
  v.optional("max_wait", s.max_wait, "a request that would wait longer for its start gets an error",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("rate_limit", s.rate_limit,
             "requests per second above which it refuses (a token bucket of one second's burst)",
             at_least(Rate{0.001}));
}

enum class AgeRule { honour, reset };

constexpr std::array<EnumName<AgeRule>, 2> enum_names(AgeRule) {
  return {{{AgeRule::honour, "honour"}, {AgeRule::reset, "reset"}}};
}

// How the caches of one tier behave. Sizes are per server.
struct TierSpec {
  PolicyText policy{"lru", {}};
  AdmissionText admission{{"always", {}}};
  Bytes memory{128'000'000'000};
  Duration coalesce = std::chrono::seconds(8);
  std::uint32_t virtual_nodes = 160;
  bool serve_stale = true;
  AgeRule age = AgeRule::honour;
  Duration service_time = std::chrono::microseconds(20);
  Duration max_wait = std::chrono::seconds(1);
};

template <class V>
void describe(V& v, TierSpec& s) {
  v.optional("policy", s.policy, "eviction policy, with parameters by name: s3fifo:small=0.1");
  v.optional("admission", s.admission, "what may enter at all: \"bloom\", \"size:most=1MiB\"");
  v.optional("memory", s.memory, "cache capacity of one server", at_least(Bytes{1}),
             at_most(Bytes{std::int64_t{1} << 56}));
  v.optional("coalesce", s.coalesce,
             "concurrent misses of one object share one fetch and wait at most this long; 0s: off",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.optional("virtual_nodes", s.virtual_nodes, "points per server on the hash ring", at_least(1u),
             at_most(10'000u));
  v.optional("serve_stale", s.serve_stale,
             "obey stale-while-revalidate and stale-if-error of the content");
  v.optional("age", s.age, "whether time spent in caches further up counts against the TTL");
  v.optional("service_time", s.service_time, "time a server works on one request",
             at_least(Duration{0}), at_most(Duration{10s}));
  v.optional("max_wait", s.max_wait, "a request that would wait longer for its server is shed",
             at_least(Duration{0}), at_most(Duration{1h}));
}

struct CachingSpec {
  TierSpec edge;
  TierSpec shield;
};

template <class V>
void describe(V& v, CachingSpec& s) {
  v.object("edge", s.edge, "caches of the PoPs");
  v.object("shield", s.shield, "caches of the shields");
}

}  // namespace cdnsim
