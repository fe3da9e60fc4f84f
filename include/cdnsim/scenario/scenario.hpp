// The Scenario value: everything a run depends on.
// Does not know files, JSON, threads or results.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/economics/spec.hpp>
#include <cdnsim/models/geography/coordinates.hpp>
#include <cdnsim/models/node/spec.hpp>
#include <cdnsim/models/operations/domain_spec.hpp>
#include <cdnsim/models/operations/event_spec.hpp>
#include <cdnsim/models/operations/launch_spec.hpp>
#include <cdnsim/models/steering/spec.hpp>
#include <cdnsim/models/topology/client_network.hpp>
#include <cdnsim/models/topology/spec.hpp>
#include <cdnsim/models/workload/content.hpp>
#include <cdnsim/models/workload/list.hpp>

namespace cdnsim {

struct NetworkSpec {
  std::map<std::string, ClientNetworkSpec> client_networks;
  std::map<std::string, PopSpec> pops;
  std::map<std::string, ShieldSpec> shields;
  std::map<std::string, EmbeddedSpec> embedded;
  std::map<std::string, OriginSpec> origins;
  std::map<std::string, TransitProviderSpec> transit_providers;
  std::map<std::string, IxpSpec> ixps;
  std::map<std::string, LinkSpec> links;
  double path_inflation = kMedianInflation;
  Duration convergence = std::chrono::seconds(30);
  std::map<std::string, FailureDomainSpec> failure_domains = {};
};

template <class V>
void describe(V& v, NetworkSpec& s) {
  v.map("client_networks", s.client_networks, "networks whose users ask for content",
        min_members(1));
  v.map("pops", s.pops, "edge points of presence", min_members(1));
  v.map("shields", s.shields, "regional caches between PoPs and origins");
  v.map("embedded", s.embedded, "caches inside client networks, for their users alone");
  v.map("origins", s.origins, "servers that own content", min_members(1));
  v.map("transit_providers", s.transit_providers, "networks that sell ways to everywhere");
  v.map("ixps", s.ixps, "exchanges, where members peer over one fabric");
  v.optional("path_inflation", s.path_inflation,
             "how much longer ways are than great circles, for links without a delay",
             at_least(1.0), at_most(10.0));
  v.optional("convergence", s.convergence,
             "how long routing and steering go on as before when something fails, is withdrawn or "
             "comes back",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.map("links", s.links, "what joins them, the same in both directions", min_members(1));
  v.map("failure_domains", s.failure_domains,
        "what fails together, for the event `fail` and for `cdnsim whatif`");
}

struct SloSpec {
  std::string metric;
  std::optional<double> at_least_value;
  std::optional<double> at_most_value;
};

template <class V>
void describe(V& v, SloSpec& s) {
  v.required("metric", s.metric, "JSON pointer into the result: /tiers/edge/hit_ratio");
  v.optional("at_least", s.at_least_value, "met when the figure is not below this");
  v.optional("at_most", s.at_most_value, "met when the figure is not above this");
}

struct Scenario {
  std::string name;  // from the file's name, not from its text
  std::string question;
  std::uint64_t seed = 1;
  Duration duration{0};
  Duration warmup{0};
  std::optional<Duration> starts_at;
  Duration slot = std::chrono::milliseconds(100);
  Duration min_message_delay = std::chrono::milliseconds(1);
  Duration series_interval = std::chrono::seconds(10);
  NetworkSpec network;
  std::map<std::string, ContentSpec> content;
  std::map<std::string, WorkloadSpec> traffic;
  ReplayMode replay = ReplayMode::timed;
  CachingSpec caching;
  SteeringSpec steering;
  std::map<std::string, EventSpec> events;
  std::map<std::string, LaunchSpec> launches = {};
  std::optional<BillingSpec> billing;
  std::map<std::string, SloSpec> slo;
};

template <class V>
void describe(V& v, Scenario& s) {
  v.optional("question", s.question, "the question this scenario answers");
  v.optional("seed", s.seed, "every random draw depends on it and on names, on nothing else");
  v.required("duration", s.duration, "simulated time", at_least(Duration{1ms}),
             at_most(Duration{24h * 366}));
  v.optional("warmup", s.warmup, "requests born before this are simulated but not reported",
             at_least(Duration{0}));
  v.optional("starts_at", s.starts_at,
             "time of day, UTC, at which the run begins, for curves and bills that follow it; 0s "
             "when not given",
             at_least(Duration{0}), at_most(Duration{24h}));
  v.optional("slot", s.slot,
             "arrivals are drawn in slots of this length; it must divide 1s; a PoP whose loads are "
             "bounded counts them by slot",
             at_least(Duration{1ms}), at_most(Duration{1s}));
  v.optional("min_message_delay", s.min_message_delay,
             "shorter delays between nodes are raised to this", at_least(Duration{10us}),
             at_most(Duration{100ms}));
  v.optional("series_interval", s.series_interval,
             "length of a row of series.csv.gz, whole seconds", at_least(Duration{1s}));
  v.required("network", s.network, "who there is and how they are joined");
  v.map("content", s.content, "classes of content");
  v.map("traffic", s.traffic, "who asks for what and when; each entry has a kind", min_members(1));
  v.optional("replay", s.replay,
             "timed: traces play in their own time; atomic: each request is over before the next "
             "one comes");
  v.object("caching", s.caching, "how the caches of each tier behave");
  v.object("steering", s.steering, "which PoP serves whom");
  v.map("events", s.events, "what happens during the run");
  v.map("launches", s.launches,
        "PoPs that open during the run, by id: empty and out of steering until then",
        keys_refer_to("/network/pops"));
  v.optional("billing", s.billing,
             "the month that is billed, tariffs and prices; {} takes the usual tariffs. Without it "
             "the result has no cost");
  v.map("slo", s.slo, "targets that the result is held against");
}

// Local time of day in a client network when the run begins, against midnight.
inline Duration local_start(const Scenario& scenario, const ClientNetworkSpec& network) {
  return scenario.starts_at.value_or(Duration{0}) + utc_offset_of(network);
}

// Where things stand that are not told their place. REQUIRES: there is an origin.
inline std::string control_place(const NetworkSpec& network) {
  return network.shields.empty() ? network.origins.begin()->first : network.shields.begin()->first;
}
// Where reports of what may be viral are judged. REQUIRES: also caching.viral.
inline std::string detector_place(const Scenario& scenario) {
  const std::string& named = scenario.caching.viral->detector;
  return named.empty() ? control_place(scenario.network) : named;
}
// Where it is decided on a launch.
inline std::string launch_place(const Scenario& scenario, const LaunchSpec& launch) {
  return launch.place.empty() ? control_place(scenario.network) : launch.place;
}
// Where reports of load come together.
inline std::string engine_place(const Scenario& scenario) {
  const std::string& named = scenario.steering.engine.place;
  return named.empty() ? control_place(scenario.network) : named;
}

}  // namespace cdnsim
