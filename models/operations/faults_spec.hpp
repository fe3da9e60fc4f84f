// What a scenario says of things that fail by chance: which, how often, and for how long.
// Does not know when they do, nor what becomes of them.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct FaultsEvent {
  static constexpr std::string_view kKind = "faults";
  std::vector<std::string> servers_of;
  std::vector<std::string> sites;
  std::vector<std::string> links;
  std::vector<std::string> ixps;
  std::vector<std::string> transit_providers;
  std::vector<std::string> domains;
  Duration mtbf{0};
  Duration mttr{0};
  std::optional<Duration> lasts;
  Duration noticed_after = std::chrono::seconds(3);

  bool empty() const {
    return servers_of.empty() && sites.empty() && links.empty() && ixps.empty() &&
           transit_providers.empty() && domains.empty();
  }
};

template <class V>
void describe(V& v, FaultsEvent& s) {
  v.optional("servers_of", s.servers_of,
             "each server of these PoPs, shields and embedded caches, by itself",
             refers_to("/network/pops", "/network/shields", "/network/embedded"));
  v.optional(
      "sites", s.sites, "these PoPs, shields, embedded caches and origins, each as a whole",
      refers_to("/network/pops", "/network/shields", "/network/embedded", "/network/origins"));
  v.optional("links", s.links, "these links", refers_to("/network/links"));
  v.optional("ixps", s.ixps, "these exchanges: all ports at one", refers_to("/network/ixps"));
  v.optional("transit_providers", s.transit_providers, "all links of these transit providers",
             refers_to("/network/transit_providers"));
  v.optional("domains", s.domains, "these failure domains: all that is in one, at once",
             refers_to("/network/failure_domains"));
  v.required("mtbf", s.mtbf,
             "how long each works before it fails, on average: exponentially distributed",
             at_least(Duration{1ms}));
  v.required("mttr", s.mttr, "how long it takes until it is back, likewise",
             at_least(Duration{1ms}));
  v.optional("lasts", s.lasts, "until nothing fails any more; to the end when not given",
             at_least(Duration{1ms}));
  v.optional("noticed_after", s.noticed_after,
             "of servers: until the others take over what one owned, and again until it gets it "
             "back",
             at_least(Duration{0}), at_most(Duration{1h}));
  v.require(!s.empty(), "servers_of",
            "nothing can fail; give some of servers_of, sites, links, ixps, transit_providers and "
            "domains");
}

}  // namespace cdnsim
