// What an event or a failure domain names, spelled out: places, links and single servers.
// Does not know when they fail, nor what becomes of them.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

struct Failing {
  std::set<std::string> places;  // of which all links fail
  std::set<std::string> links;
  std::map<std::string, std::set<std::uint32_t>> servers;  // by PoP, shield or embedded cache

  bool empty() const { return places.empty() && links.empty() && servers.empty(); }
};

// Servers of a PoP, shield or embedded cache, and of a pod of it; 0: there is none.
std::uint32_t servers_of(const NetworkSpec& network, const std::string& site);
std::uint32_t pods_of(const NetworkSpec& network, const std::string& site);
// The first server of a pod and the one after its last. REQUIRES: pod < pods_of().
struct PodServers {
  std::uint32_t first = 0, end = 0;
};
PodServers servers_of_pod(const NetworkSpec& network, const std::string& site, std::uint32_t pod);

// Names that nothing has are left out.
Failing failing(const NetworkSpec& network, const FailureDomainSpec& domain);
Failing failing(const NetworkSpec& network, const FailEvent& event);

}  // namespace cdnsim::config
