// Scenarios in which nothing takes time but what a test sets: all objects are copies in one PoP.
// Does not know what a test expects.
#pragma once

#include <string>

#include <cdnsim/scenario/run.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

inline constexpr BitRate kEndless{8'000'000'000'000'000};

inline Scenario idle(int pops, std::int64_t measured_s) {
  Scenario s = small_scenario(pops, false);
  s.warmup = 5s;
  s.duration = s.warmup + std::chrono::seconds(measured_s);
  s.network.origins.at("origin").service_time = 0s;
  s.caching.edge.service_time = 0s;
  for (auto& [id, link] : s.network.links) link.capacity = kEndless;
  for (auto& [id, clients] : s.network.client_networks) {
    clients.access_rate = kEndless;
    clients.access_delay = 0s;
    clients.new_connections = Ratio{0.0};
  }
  return s;
}

// Ten objects that are asked for so often.
inline void add_class(Scenario& s, const std::string& name, double per_second, std::int64_t bytes) {
  add_content(s, name, 10, 0, "max-age=86400");
  s.content[name].size.law = FixedSize{Bytes{bytes}};
  add_steady(s, name + " asked for", per_second, name);
}

inline const NodeResult& node_of(const Result& result, const std::string& id) {
  for (const NodeResult& node : result.nodes) {
    if (node.id == id) return node;
  }
  throw std::logic_error("every node has a result");
}
inline const LinkResult& link_of(const Result& result, const std::string& id) {
  for (const LinkResult& link : result.links) {
    if (link.id == id) return link;
  }
  throw std::logic_error("every link has a result");
}

}  // namespace cdnsim::test
