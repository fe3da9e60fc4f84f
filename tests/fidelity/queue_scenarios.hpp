// Small scenarios in which one server, port or origin is all that keeps anybody waiting, and what
// a run of each tells of it. Times are in mean times of service, as the reference has them.
// Does not know what they should be.
#pragma once

#include <cmath>
#include <cstdint>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/small_scenario.hpp>

#include "sample.hpp"

namespace cdnsim::test {

inline nlohmann::json published(const std::filesystem::path& folder, const std::string& name) {
  std::ifstream file(folder / "published" / name);
  return nlohmann::json::parse(file);
}

// Within 1 % or four standard errors.
inline void check_mean(const Sample& found, double expected) {
  INFO("expected " << expected << ", found " << found.mean() << " +- " << found.standard_error());
  CHECK(std::abs(found.mean() - expected) <= std::max(0.01 * expected, 4 * found.standard_error()));
}

// How much of it is looked at.
struct Effort {
  std::uint64_t seeds = 20;
  std::int64_t seconds = 60;  // of each run, after the warm-up
  std::int64_t warmup = 10;
};

inline constexpr Duration kService = std::chrono::milliseconds(1);

// A law of this mean and squared coefficient of variation.
inline ServiceLaw service_of(Duration mean, double scv) {
  if (scv == 0) return mean;
  if (scv == 1) return ServiceLaw::of(ExponentialTime{mean});
  if (scv > 1) return ServiceLaw::of(HyperexponentialTime{mean, scv});
  const double square = std::log(1 + scv);
  const double median = static_cast<double>(mean.count()) * std::exp(-square / 2);
  return ServiceLaw::of(
      LognormalTime{Duration{static_cast<std::int64_t>(median)}, std::sqrt(square)});
}
inline SizeLaw size_of(Bytes mean, double scv) {
  if (scv == 0) return SizeLaw{FixedSize{mean}};
  if (scv == 1) return SizeLaw{ExponentialSize{mean}};
  return SizeLaw{HyperexponentialSize{mean, scv}};
}

// One PoP between one network and one origin. Nothing but what a test sets takes time or waits, but
// for links of 10 ms. Every object is as good as new: nobody asks for one twice.
inline Scenario idle_scenario(double per_second, const Effort& effort, std::uint64_t seed) {
  Scenario s = small_scenario(1, false);
  s.seed = seed;
  s.warmup = std::chrono::seconds(effort.warmup);
  s.duration = s.warmup + std::chrono::seconds(effort.seconds);
  for (auto& [id, link] : s.network.links) link.capacity = BitRate{8'000'000'000'000'000};
  ClientNetworkSpec& clients = s.network.client_networks.at("isp0");
  clients.access_rate = BitRate{8'000'000'000'000'000};
  clients.access_delay = 0s;
  clients.new_connections = Ratio{0.0};
  OriginSpec& origin = s.network.origins.at("origin");
  origin.service_time = Duration{0s};
  origin.max_wait = 1h;
  s.caching.edge.service_time = Duration{0s};
  s.caching.edge.max_wait = 1h;
  add_content(s, "pages", 1000, 0, "no-store");
  s.content["pages"].size.law = FixedSize{Bytes{1}};
  add_steady(s, "requests", per_second, "pages");
  return s;
}

inline const NodeResult& node_of(const Result& result, const std::string& id) {
  for (const NodeResult& node : result.nodes) {
    if (node.id == id) return node;
  }
  throw std::logic_error("every node has a result");
}
inline double queue_ms(const Result& result) { return result.latency.ttfb_parts_mean.at("queue"); }

// The mean wait for one server of a PoP. Copies are kept, so that nothing else happens.
inline Sample waits_at_a_server(double rho, double scv, const Effort& effort) {
  Sample waits;
  for (std::uint64_t seed = 1; seed <= effort.seeds; ++seed) {
    Scenario s = idle_scenario(rho * 1000, effort, seed);
    s.content["pages"].objects = 1;
    s.content["pages"].cache_control = *parse<CacheControl>("max-age=86400").value;
    s.caching.edge.service_time = service_of(kService, scv);
    const Result result = run(s).result;
    // Who is still waiting at the end has no latency, and waits long.
    const double counted = node_of(result, "pop0").servers.mean_wait_ms;
    if (scv > 0) CHECK(queue_ms(result) == Approx(counted).epsilon(0.02));
    waits.add(scv > 0 ? counted : queue_ms(result));
  }
  return waits;
}

// The same in the PoP's port to its clients, through which 125 kB take 1 ms.
inline Sample waits_in_a_port(double rho, double scv, const Effort& effort) {
  Sample waits;
  for (std::uint64_t seed = 1; seed <= effort.seeds; ++seed) {
    Scenario s = idle_scenario(rho * 1000, effort, seed);
    s.network.links.at("pop0-isp0").capacity = BitRate{1'000'000'000};
    s.content["pages"].size = size_of(Bytes{125'000}, scv);
    s.content["pages"].objects = 1'000'000;
    waits.add(queue_ms(run(s).result));
  }
  return waits;
}

// An origin that works on `servers` requests at once, of 10 ms each in the mean.
inline Result origin_run(std::uint32_t servers, double erlangs, double scv, Duration max_wait,
                         std::uint64_t requests, std::uint64_t seed) {
  const double rate = erlangs * 100;
  const auto length = static_cast<std::int64_t>(static_cast<double>(requests) / rate) + 1;
  Scenario s = idle_scenario(rate, {1, length, 2}, seed);
  OriginSpec& origin = s.network.origins.at("origin");
  origin.concurrency = servers;
  origin.service_time = service_of(10 * kService, scv);
  origin.max_wait = max_wait;
  return run(s).result;
}

// The mean time that a request spends at one of `servers`, each object having `choices` of them.
inline Sample times_by_choices(std::uint32_t servers, double lambda, std::uint32_t choices,
                               const Effort& effort) {
  Sample times;
  for (std::uint64_t seed = 1; seed <= effort.seeds; ++seed) {
    Scenario s = idle_scenario(lambda * servers * 100, effort, seed);
    s.network.pops.at("pop0").servers = servers;
    s.content["pages"].objects = 16'000'000;  // so that servers have shares of equal size
    s.caching.edge.placement = PolicyText{"jump", {}};
    s.caching.edge.balancer.choices = choices;
    s.caching.edge.service_time = service_of(10 * kService, 1);
    times.add(1 + node_of(run(s).result, "pop0").servers.mean_wait_ms / 10);
  }
  return times;
}

// How long transfers take over a port that they share, in times that they would take alone.
inline Sample transfers_over_a_fair_port(double rho, double scv, const Effort& effort) {
  Sample times;
  for (std::uint64_t seed = 1; seed <= effort.seeds; ++seed) {
    Scenario s = idle_scenario(rho * 10'000, effort, seed);
    LinkSpec& link = s.network.links.at("pop0-isp0");
    link.capacity = BitRate{1'000'000'000};
    link.sharing = Sharing::fair;
    link.delay = 0s;  // no round trips of slow start
    s.content["pages"].size = size_of(Bytes{12'500}, scv);
    s.content["pages"].objects = 1'000'000;
    const Result result = run(s).result;
    CHECK(queue_ms(result) < 1e-3);
    times.add((result.latency.all.ttlb.mean - result.latency.all.ttfb.mean) / 0.1);
  }
  return times;
}

}  // namespace cdnsim::test
