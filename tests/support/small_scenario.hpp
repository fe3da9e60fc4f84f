// Small scenarios as values, for tests: one region, a few PoPs, perhaps a shield, one origin.
// Does not know files.
#pragma once

#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::test {

// One client network per PoP, all of one region, every link 10 ms unless changed afterwards.
inline Scenario small_scenario(int pops, bool shield) {
  Scenario s;
  s.name = "small";
  s.duration = std::chrono::seconds(10);
  s.network.origins["origin"] = OriginSpec{};
  if (shield) s.network.shields["shield"] = ShieldSpec{1};
  const auto link = [&](const std::string& from, const std::string& to) {
    LinkSpec spec;
    spec.from = from;
    spec.to = to;
    spec.delay = std::chrono::milliseconds(10);
    s.network.links[from + "-" + to] = spec;
  };
  for (int i = 0; i < pops; ++i) {
    const std::string pop = "pop" + std::to_string(i);
    const std::string isp = "isp" + std::to_string(i);
    ClientNetworkSpec client;
    client.region = "region";
    client.users = 1'000'000;
    client.cells = 1;
    s.network.client_networks[isp] = client;
    s.network.pops[pop] = PopSpec{1, shield ? "shield" : "none"};
    link(pop, isp);
    link(pop, shield ? "shield" : "origin");
  }
  if (shield) link("shield", "origin");
  s.caching.edge.memory = Bytes{1'000'000'000};
  s.caching.shield.memory = Bytes{10'000'000'000};
  return s;
}

inline void add_content(Scenario& s, const std::string& name, std::uint64_t objects,
                        double exponent, const char* cache_control) {
  ContentSpec content;
  content.objects = objects;
  content.popularity.zipf_exponent = exponent;
  content.size.law = FixedSize{Bytes{1000}};
  content.origin = "origin";
  content.cache_control = *parse<CacheControl>(cache_control).value;
  s.content[name] = content;
}

inline void add_steady(Scenario& s, const std::string& name, double per_second,
                       const std::string& content) {
  Steady steady;
  steady.rate = Rate{per_second};
  steady.mix[content] = 1.0;
  s.traffic[name] = steady;
}

}  // namespace cdnsim::test
