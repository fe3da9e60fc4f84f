// Answers that break off, and connections that are kept, through whole runs: every figure follows
// from the arrivals by hand.

#include <algorithm>
#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace breaks_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::int64_t kMegabyte = 1'000'000;

// One object of 10 MB, which takes a second from the origin and nearly none to users. All links
// take 10 ms, servers no time.
Scenario one_film(int pops, bool shield, double per_second) {
  Scenario s = small_scenario(pops, shield);
  s.duration = 5s;
  add_content(s, "film", 1, 0, "max-age=3600");
  s.content["film"].size.law = FixedSize{Bytes{10 * kMegabyte}};
  add_steady(s, "base", per_second, "film");
  s.caching.edge.service_time = 0s;
  s.caching.shield.service_time = 0s;
  for (auto& [id, client] : s.network.client_networks) client.new_connections = Ratio{0.0};
  for (auto& [id, link] : s.network.links) {
    const bool from_origin = link.to == "origin";
    link.capacity = BitRate{from_origin ? 80'000'000 : 8'000'000'000'000};
  }
  return s;
}

// When each of the requests of one client network comes, in order.
std::vector<Duration> arrivals_of(const Scenario& s, std::uint32_t network = 0) {
  const auto plan = assembly::make_plan(s);
  std::vector<Arrival> drawn;
  for (std::int64_t slot = 0; slot * s.slot < s.duration; ++slot) {
    const LabelledCell cell{0, 0};
    plan->demand->append_arrivals(network, {&cell, 1}, slot, drawn);
  }
  std::vector<Duration> times;
  for (const Arrival& a : drawn) times.push_back(Duration{a.at_ns});
  std::sort(times.begin(), times.end());
  while (!times.empty() && times.back() >= s.duration) times.pop_back();
  return times;
}
std::uint64_t count_between(const std::vector<Duration>& times, Duration from, Duration to) {
  return static_cast<std::uint64_t>(
      std::count_if(times.begin(), times.end(), [=](Duration t) { return t >= from && t < to; }));
}

EventSpec down(Duration at, const std::string& node, Duration lasts) {
  DownEvent event;
  event.node = node;
  event.lasts = lasts;
  return EventSpec{at, event};
}

// How many connections of a pool without end are opened for fetches that leave at these times and
// keep one busy for so long: as many as are ever busy at a time.
std::uint64_t most_at_a_time(std::vector<Duration> times, Duration busy) {
  std::sort(times.begin(), times.end());
  std::uint64_t most = 0;
  for (std::size_t i = 0; i < times.size(); ++i) {
    most = std::max(most, count_between(times, times[i] - busy + Duration{1}, times[i]) + 1);
  }
  return most;
}

TEST_CASE("an origin goes down while its answer comes in") {
  Scenario s = one_film(1, false, 200);
  s.events["outage"] = down(500ms, "origin", 1s);
  const std::vector<Duration> times = arrivals_of(s);
  const Duration first = times.front();
  REQUIRE(first < 100ms);
  const Result result = run(s).result;

  // Its first byte leaves 50 ms after the request came, and bytes leave until 500 ms.
  const std::int64_t sent = 10 * kMegabyte * (500ms - first - 50ms).count() / 1'000'000'000;
  const std::uint64_t readers = count_between(times, first, 510ms + Duration{1});
  // Until the origin is back those who come are told within 20 ms that it is not.
  std::uint64_t refused = 0, leaders = 0;
  auto next = times.begin() + static_cast<std::ptrdiff_t>(readers);
  while (*next + 10ms < 1500ms) {
    const Duration told = *next + 20ms;
    for (++leaders; *next < told; ++next) ++refused;
  }
  const Activity& edge = result.tiers.at("edge");
  CHECK(edge.aborted == 1);
  CHECK(edge.broken_off == readers);
  CHECK(edge.errors == readers + refused);
  CHECK(edge.outcomes.misses == 1 + leaders + 1);
  CHECK(result.origin.bytes == static_cast<std::uint64_t>(sent + 10 * kMegabyte));
  CHECK(result.origin.errors == 1 + leaders);
  CHECK(edge.bytes_fetched == result.origin.bytes);
  const std::uint64_t whole = times.size() - readers - refused;
  CHECK(edge.bytes_served == readers * static_cast<std::uint64_t>(sent) + whole * 10'000'000);
  CHECK(result.nodes[0].objects_held == 1);
}

TEST_CASE("an origin whose request is under way goes down before it answers") {
  Scenario s = one_film(1, false, 200);
  const Duration first = arrivals_of(s).front();
  // 30 of the 40 ms of its work are over.
  s.events["outage"] = down(first + 40ms, "origin", 6s);
  const Result result = run(s).result;
  CHECK(result.tiers.at("edge").aborted == 0);
  CHECK(result.origin.bytes == 0);
  CHECK(result.tiers.at("edge").bytes_served == 0);
  CHECK(result.requests.in_flight + result.requests.errors == result.requests.outcomes.requests);
}

TEST_CASE("a PoP goes down while it sends to its users") {
  Scenario s = one_film(1, false, 100);
  s.content["film"].size.law = FixedSize{Bytes{kMegabyte}};
  // 1 us a byte, and one round of slow start more: 20 kB fill a round trip of 20 ms.
  s.network.client_networks["isp0"].access_rate = BitRate{8'000'000};
  s.network.client_networks["isp0"].access_delay = 0s;
  constexpr Duration kTransfer = 1s + 20ms;
  s.events["outage"] = down(3s, "pop0", 1s);
  const std::vector<Duration> times = arrivals_of(s);
  const Result result = run(s).result;
  std::uint64_t broken = 0, shed = 0, bytes = 0;
  for (const Duration t : times) {
    if (t >= 3s && t < 4s) {
      ++shed;
    } else if (t < 3s && t + kTransfer > 3s) {
      ++broken;
      bytes += static_cast<std::uint64_t>(kMegabyte * (3s - t).count() / kTransfer.count());
    } else {
      bytes += static_cast<std::uint64_t>(kMegabyte);
    }
  }
  CHECK(broken > 50);
  const Activity& edge = result.tiers.at("edge");
  CHECK(edge.broken_off == broken);
  CHECK(edge.outcomes.shed == shed);
  CHECK(edge.errors == broken + shed);
  CHECK(edge.bytes_served == bytes);
  CHECK(edge.aborted == 0);
  CHECK(result.isps[0].external_bytes == bytes);
}

TEST_CASE("a break at the origin goes down through all who read it") {
  Scenario s = one_film(3, true, 60);
  s.network.origins["origin"].abort_ratio = Ratio{1.0};
  const Result result = run(s).result;
  const Activity& edge = result.tiers.at("edge");
  const Activity& shield = result.tiers.at("shield");
  CHECK(shield.aborted > 1);
  CHECK(edge.aborted > shield.aborted);
  CHECK(edge.broken_off > 100);
  CHECK(edge.outcomes.hits == 0);
  CHECK(edge.errors + result.requests.in_flight == edge.outcomes.requests);
  for (const NodeResult& node : result.nodes) CHECK(node.objects_held == 0);
  // Nobody got a byte that the origin did not send.
  CHECK(edge.bytes_served < edge.broken_off * 10'000'000);
}

TEST_CASE("one shield needs fewer connections to the origin than many PoPs") {
  constexpr int kPops = 4;
  Scenario s = one_film(kPops, false, 40.0 * kPops);
  s.duration = 20s;
  s.content["film"].cache_control = *parse<CacheControl>("no-store").value;
  s.content["film"].size.law = FixedSize{Bytes{1000}};
  for (auto& [id, link] : s.network.links) link.capacity = BitRate{8'000'000'000'000};
  s.caching.edge.connections = ConnectionSpec{1000, 1h, 0};
  std::vector<Duration> all;
  std::uint64_t alone = 0;
  for (std::uint32_t i = 0; i < kPops; ++i) {
    const std::vector<Duration> times = arrivals_of(s, i);
    alone += most_at_a_time(times, 60ms + Duration{1});
    all.insert(all.end(), times.begin(), times.end());
  }
  const auto taken_in = [](const Result& result) {
    for (const NodeResult& node : result.nodes) {
      if (node.id == "origin") return node.connections->taken_in;
    }
    return std::uint64_t{0};
  };
  const Result direct = run(s).result;
  CHECK(taken_in(direct) == alone);
  CHECK(direct.nodes[0].connections->opened + direct.nodes[0].connections->reused ==
        direct.nodes[0].activity.fetches);

  Scenario shielded = one_film(kPops, true, 40.0 * kPops);
  shielded.duration = s.duration;
  shielded.content = s.content;
  for (auto& [id, link] : shielded.network.links) link.capacity = BitRate{8'000'000'000'000};
  shielded.caching.shield.connections = ConnectionSpec{1000, 1h, 0};
  const std::uint64_t together = most_at_a_time(all, 60ms + Duration{1});
  INFO(together << " together, " << alone << " alone");
  CHECK(taken_in(run(shielded).result) == together);
  CHECK(together < alone);
}

}  // namespace breaks_run_test
