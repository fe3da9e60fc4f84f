// What a scenario says is done about an object that goes viral, from the alert until it has cooled
// down.
// Does not know how such objects are found, nor how the measures are carried out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct ReplicateSpec {
  std::uint32_t replicas = 4;
};

template <class V>
void describe(V& v, ReplicateSpec& s) {
  v.optional("replicas", s.replicas, "servers of a PoP that serve it in turn; 0: all of them",
             at_most(64u));
}

struct PrepositionSpec {
  std::vector<std::string> pops;
};

template <class V>
void describe(V& v, PrepositionSpec& s) {
  v.optional("pops", s.pops, "only these PoPs; all of them when not given",
             refers_to("/network/pops"));
}

struct MicroCacheSpec {
  Duration ttl{0};
};

template <class V>
void describe(V& v, MicroCacheSpec& s) {
  v.required("ttl", s.ttl,
             "PoPs and shields keep it at least this long, also where it may not be stored, unless "
             "it is private",
             at_least(Duration{1ms}), at_most(Duration{1h}));
}

struct MitigationSpec {
  std::optional<ReplicateSpec> replicate;
  std::optional<PrepositionSpec> preposition;
  std::optional<MicroCacheSpec> micro_cache;
};

template <class V>
void describe(V& v, MitigationSpec& s) {
  v.optional("replicate", s.replicate,
             "several servers of a PoP serve it, whether or not the tier looks for hot objects");
  v.optional("preposition", s.preposition, "PoPs that do not have it fetch it unasked");
  v.optional("micro_cache", s.micro_cache, "what may not be kept, or not long, is kept for a time");
  v.require(s.replicate || s.preposition || s.micro_cache, "replicate",
            "nothing is done; give some of replicate, preposition and micro_cache, or leave "
            "mitigations out");
}

}  // namespace cdnsim
