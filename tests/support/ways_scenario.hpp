// One client network, a PoP and an origin, joined in ways that can fail; and what is drawn of it.
// Does not know what a run makes of it.
#pragma once

#include <cmath>
#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::test {

inline void join(Scenario& s, const std::string& from, const std::string& to, LinkKind kind,
                 Duration delay) {
  LinkSpec link;
  link.from = from;
  link.to = to;
  link.kind = kind;
  link.delay = delay;
  s.network.links[from + "-" + to] = link;
}

// Routing reacts after 10 s; servers work in no time; nobody sets up a connection; the ten objects
// of 1000 bytes have all been fetched when the warm-up of 10 s is over.
inline Scenario ways_scenario(double per_second) {
  Scenario s;
  s.name = "ways";
  s.duration = 120s;
  s.warmup = 10s;
  s.network.convergence = 10s;
  s.network.origins["origin"] = OriginSpec{};
  s.caching.edge.service_time = 0s;
  s.caching.edge.memory = Bytes{1'000'000};
  s.caching.shield.service_time = 0s;
  add_content(s, "pages", 10, 0.0, "max-age=86400");
  add_steady(s, "base", per_second, "pages");
  return s;
}

inline void add_isp(Scenario& s, const std::string& id, std::uint32_t cells = 1) {
  ClientNetworkSpec client;
  client.region = "region";
  client.users = 1'000'000;
  client.cells = cells;
  client.new_connections = Ratio{0.0};
  client.access_delay = 5ms;
  s.network.client_networks[id] = client;
}

inline void add_pop(Scenario& s, const std::string& id) {
  s.network.pops[id] = PopSpec{1, "none"};
  join(s, id, "origin", LinkKind::backbone, 10ms);
}

// An event that begins at `at`.
inline EventSpec fail_link(Duration at, const std::string& link, std::optional<Duration> lasts) {
  FailEvent event;
  event.link = link;
  event.lasts = lasts;
  return EventSpec{at, event};
}

// Requests of a network that are drawn between two times.
inline std::uint64_t drawn(const Scenario& s, const std::string& network, Duration from,
                           Duration until) {
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> arrivals;
  for (std::size_t i = 0; i < plan->networks.size(); ++i) {
    if (plan->networks[i].id != network) continue;
    std::vector<LabelledCell> cells;
    for (std::uint32_t cell = 0; cell < plan->networks[i].cells; ++cell) {
      cells.push_back(LabelledCell{cell, 0});
    }
    for (std::int64_t slot = from / s.slot; slot < until / s.slot; ++slot) {
      plan->demand->append_arrivals(i, cells, slot, arrivals);
    }
  }
  return arrivals.size();
}

inline const LinkResult& link_of(const Result& result, const std::string& id) {
  for (const LinkResult& link : result.links) {
    if (link.id == id) return link;
  }
  throw std::out_of_range(id);
}
inline const NodeResult& node_of(const Result& result, const std::string& id) {
  for (const NodeResult& node : result.nodes) {
    if (node.id == id) return node;
  }
  throw std::out_of_range(id);
}
inline const MessageResult& message_of(const Result& result, const std::string& kind) {
  for (const MessageResult& message : result.messages) {
    if (message.kind == kind) return message;
  }
  throw std::out_of_range(kind);
}
inline const WaysResult& ways_of(const Result& result) { return *result.events.at(0).ways; }

}  // namespace cdnsim::test
