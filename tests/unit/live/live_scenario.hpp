// A small live event for tests: one or several PoPs, one rendition unless changed afterwards.
// Does not know what a run makes of it.
#pragma once

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

// Filmed from 10 s on in segments of 4 s, each out a second after its end: the first at 15 s. All
// come as it begins and poll as soon as a segment is listed.
inline Live small_live(std::uint64_t viewers, Duration lasts) {
  Live live;
  live.viewers = viewers;
  live.starts = 10s;
  live.lasts = lasts;
  live.ramp = 1ms;
  live.polls_within = 1ms;
  live.manifest_ttl = 100ms;
  live.ladder = {{"only", Rendition{BitRate{400'000}, 0}}};
  live.origin = "origin";
  return live;
}

// Nothing takes time but ways, lines carry any part of 500 Gbps: 30 ms to users and back, 20 ms
// from a PoP or shield to the origin and back, as from a PoP to the shield.
inline Scenario live_scenario(int pops, bool shield, const Live& live) {
  Scenario s = small_scenario(pops, shield);
  s.duration = live.starts + live.lasts + live.encoding + 20s;
  s.network.origins["origin"].service_time = ServiceLaw(Duration{0});
  s.caching.edge.service_time = ServiceLaw(Duration{0});
  s.caching.shield.service_time = ServiceLaw(Duration{0});
  for (auto& [id, client] : s.network.client_networks)
    client.access_rate = BitRate{500'000'000'000};
  s.traffic["show"] = live;
  return s;
}

inline const LiveResult& show_of(const Result& result) { return result.live->at("show"); }

}  // namespace cdnsim::test
