// What a scenario says of things that fail together: a feed of power, a rack, a duct, a metro.
// Does not know when they do, nor what becomes of them.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

// Numbers by the id of who has them: of servers or of pods, from 0.
using NumbersById = std::map<std::string, std::vector<std::uint32_t>>;

struct FailureDomainSpec {
  std::vector<std::string> places;
  std::vector<std::string> links;
  NumbersById pods;
  NumbersById servers;
  std::vector<std::string> metros;
  std::vector<std::string> regions;

  bool empty() const {
    return places.empty() && links.empty() && pods.empty() && servers.empty() && metros.empty() &&
           regions.empty();
  }
};

template <class V>
void describe(V& v, FailureDomainSpec& s) {
  v.optional("places", s.places,
             "PoPs, shields, embedded caches, origins, exchanges and transit providers, of which "
             "all links fail: a building, a provider",
             refers_to("/network/pops", "/network/shields", "/network/embedded", "/network/origins",
                       "/network/ixps", "/network/transit_providers"));
  v.optional("links", s.links, "links, in both directions: a duct, a cable",
             refers_to("/network/links"));
  v.map("pods", s.pods, "pods by PoP, shield or embedded cache, numbered from 0",
        keys_refer_to("/network/pops", "/network/shields", "/network/embedded"));
  v.map("servers", s.servers,
        "servers by PoP, shield or embedded cache, numbered from 0: a rack, a switch, a feed of "
        "power",
        keys_refer_to("/network/pops", "/network/shields", "/network/embedded"));
  v.optional("metros", s.metros,
             "metros of which all places fail, but for client networks (`cdnsim list metros`)",
             example("frankfurt"));
  v.optional("regions", s.regions, "the same of regions of the world: europe, north-america",
             example("europe"));
  v.require(!s.empty(), "places",
            "nothing is in it; give some of places, links, pods, servers, metros and regions");
}

}  // namespace cdnsim
