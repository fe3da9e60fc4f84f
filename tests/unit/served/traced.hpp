// Scenarios that replay a trace written here, so that every count follows by hand.
// Does not know what is counted.
#pragma once

#include <string>

#include <fmt/format.h>

#include <cdnsim/scenario/run.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

// Each of so many objects once, one every 100 ms from 50 ms on; `rounds` times over.
inline std::string one_after_another(int objects, int rounds) {
  std::string csv = "time,id,size\n";
  for (int i = 0; i < objects * rounds; ++i) {
    csv += fmt::format("{:.2f},{},1000\n", 0.05 + 0.1 * i, i % objects);
  }
  return csv;
}

inline void replay(Scenario& s, const ScratchFiles& files, const std::string& csv,
                   const char* cache_control = "max-age=31536000") {
  add_content(s, "videos", 1, 0, cache_control);
  TraceReplay trace;
  trace.file.given = files.write("t.csv", csv);
  trace.content = "videos";
  trace.starts = 50ms;
  for (const auto& [isp, unused] : s.network.client_networks) trace.clients[isp] = isp;
  s.traffic["log"] = trace;
}

inline EventSpec down(const std::string& node, Duration at, std::optional<Duration> lasts) {
  DownEvent event;
  event.node = node;
  event.lasts = lasts;
  return EventSpec{at, event};
}

inline void join(Scenario& s, const std::string& from, const std::string& to) {
  LinkSpec link;
  link.from = from;
  link.to = to;
  link.delay = 10ms;
  link.kind = LinkKind::backbone;
  s.network.links[from + "-" + to] = link;
}

inline std::uint64_t sum(const ServedBy& by) {
  return by.home + by.content + by.health + by.overflow;
}

}  // namespace cdnsim::test
