// A small scenario with caches inside its client network, as a value for tests.
// Does not know files.
#pragma once

#include <string>

#include <cdnsim/config/embedded_links.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

// One PoP, one network, one origin, and a cache named `box` inside the network.
inline Scenario boxed_scenario() {
  Scenario s = small_scenario(1, false);
  s.network.embedded["box"].host = "isp0";
  s.caching.embedded.memory = Bytes{1'000'000'000};
  add_content(s, "pages", 10, 0.0, "max-age=31536000");
  return s;
}

// What reading a scenario from a file does besides: links to hosts.
inline Result run_boxed(Scenario s) {
  config::join_embedded(s.network);
  return run(s).result;
}

inline const NodeResult& node_of(const Result& result, const std::string& id) {
  for (const NodeResult& node : result.nodes) {
    if (node.id == id) return node;
  }
  return result.nodes.front();
}

}  // namespace cdnsim::test
