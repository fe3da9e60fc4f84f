// Pods and other groups of servers that fail: who loses what, by the placement itself.

#include <set>

#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/node/home_server.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace pod_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// One PoP of 5 servers in pods of 2, and one far away; the latter has one pod of 24 at most.
Scenario podded() {
  Scenario s = ways_scenario(500);
  add_isp(s, "isp");
  add_pop(s, "home");
  add_pop(s, "other");
  join(s, "home", "isp", LinkKind::pni, 5ms);
  join(s, "other", "isp", LinkKind::pni, 40ms);
  s.network.pops["home"].servers = 5;
  s.network.pops["home"].kit.pod_servers = 2;
  s.content["pages"].objects = 100;
  return s;
}

EventSpec fail_pod(Duration at, const std::string& pop, std::uint32_t pod, Duration lasts,
                   Duration noticed_after) {
  FailEvent event;
  event.pop = pop;
  event.pod = pod;
  event.lasts = lasts;
  event.noticed_after = noticed_after;
  return EventSpec{at, event};
}

// Requests between two times whose object belongs to one of these of the home PoP's servers.
std::uint64_t drawn_for(const Scenario& s, const std::set<std::uint32_t>& servers, Duration from,
                        Duration until) {
  const auto plan = assembly::make_plan(s);
  std::vector<RingMember> members;
  for (std::uint32_t i = 0; i < s.network.pops.at("home").servers; ++i) {
    members.push_back({"server " + std::to_string(i)});
  }
  const Placement placement = *make_placement(placement_text(s.caching.edge), members).value;
  std::vector<Arrival> arrivals;
  const std::vector<LabelledCell> cells = {LabelledCell{0, 0}};
  for (std::int64_t slot = from / s.slot; slot < until / s.slot; ++slot) {
    plan->demand->append_arrivals(0, cells, slot, arrivals);
  }
  std::uint64_t count = 0;
  for (const Arrival& arrival : arrivals)
    count += servers.contains(owner_in(placement, arrival.key));
  return count;
}

TEST_CASE("servers stand in pods one after the other, the last of which may be smaller") {
  const Scenario s = podded();
  CHECK(config::pods_of(s.network, "home") == 3);
  CHECK(config::pods_of(s.network, "other") == 1);
  CHECK(config::pods_of(s.network, "nobody") == 0);
  CHECK(config::servers_of_pod(s.network, "home", 1).first == 2);
  CHECK(config::servers_of_pod(s.network, "home", 1).end == 4);
  CHECK(config::servers_of_pod(s.network, "home", 2).end == 5);
  CHECK(config::servers_of_pod(s.network, "other", 0).end == 1);
}

TEST_CASE("a pod that fails loses what its servers own until that is noticed") {
  Scenario s = podded();
  s.events["pod"] = fail_pod(20s, "home", 1, 60s, 5s);
  const Result result = run(s).result;
  // Until 25 s they refuse; then others take over, and after 80 + 5 s they have it back.
  const std::uint64_t lost = drawn_for(s, {2, 3}, 20s, 25s);
  CHECK(lost > 300);
  CHECK(result.requests.outcomes.shed == lost);
  CHECK(result.events.front().servers_failed == 2);
  CHECK_FALSE(result.events.front().ways);  // no way is another one
  CHECK(node_of(result, "other").activity.outcomes.requests == 0);
  CHECK(node_of(result, "home").activity.served.health == drawn_for(s, {2, 3}, 25s, 85s));
}

TEST_CASE("servers of a domain fail like pods, those of several sites at once") {
  Scenario s = podded();
  s.network.failure_domains["feed"].servers["home"] = {0, 4};
  s.network.failure_domains["feed"].pods["home"] = {2};  // which is server 4 again
  FailEvent event;
  event.domain = "feed";
  event.lasts = 60s;
  event.noticed_after = 5s;
  s.events["power"] = EventSpec{20s, event};
  const Result result = run(s).result;
  CHECK(result.events.front().servers_failed == 2);
  CHECK(result.requests.outcomes.shed == drawn_for(s, {0, 4}, 20s, 25s));
}

TEST_CASE("a PoP of which all servers fail is left by its clients") {
  Scenario s = podded();
  s.network.failure_domains["feed"].pods["home"] = {0, 1, 2};
  FailEvent event;
  event.domain = "feed";
  event.lasts = 40s;
  s.events["power"] = EventSpec{20s, event};
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.shed == drawn(s, "isp", 20s, 30s));
  CHECK(ways_of(result).cells_moved == 1);
  CHECK(ways_of(result).links_failed == 0);
  CHECK(node_of(result, "other").activity.outcomes.requests == drawn(s, "isp", 30s, 70s));
}

}  // namespace pod_run_test
