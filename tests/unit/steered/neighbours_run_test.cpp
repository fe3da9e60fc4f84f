// A cache inside one network that serves the users of others, as its host's policy lets it.

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/ways_scenario.hpp>

namespace neighbours_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// A cache in `host`, behind which a customer is; both are 5 ms from the PoP, 1 ms from each other.
Scenario host_and_customer() {
  Scenario s = ways_scenario(300);
  s.duration = 40s;
  s.caching.embedded.service_time = 0s;
  add_pop(s, "pop");
  for (const char* isp : {"customer", "host"}) {
    add_isp(s, isp, 2);
    join(s, "pop", isp, LinkKind::pni, 5ms);
  }
  join(s, "customer", "host", LinkKind::transit, 1ms);
  s.network.links["customer-host"].relation = Relation::from_buys;
  s.network.embedded["box"].host = "host";
  return s;
}

Result run_with_links(Scenario s, unsigned threads = 1) {
  config::join_embedded(s.network);
  return run(s, {.threads = threads}).result;
}

// After the warm-up; the same whoever serves it.
std::uint64_t asked_by(Scenario s, const std::string& network) {
  s.network.embedded.clear();
  return drawn(s, network, s.warmup, s.duration);
}

const IspResult& isp_of(const Result& result, const std::string& id) {
  for (const IspResult& isp : result.isps) {
    if (isp.id == id) return isp;
  }
  throw std::out_of_range(id);
}

TEST_CASE("a cache serves its host alone, unless its host lets it serve others") {
  Scenario s = host_and_customer();
  const Result alone = run_with_links(s);
  CHECK(node_of(alone, "box").activity.outcomes.requests == asked_by(s, "host"));
  CHECK(node_of(alone, "pop").activity.outcomes.requests == asked_by(s, "customer"));
  CHECK(!isp_of(alone, "customer").neighbour_bytes);

  s.network.embedded["box"].neighbours = {"customer"};
  const Result both = run_with_links(s);
  CHECK(node_of(both, "box").activity.outcomes.requests == both.requests.outcomes.requests);
  CHECK(node_of(both, "pop").activity.outcomes.requests == 0);
  CHECK(both.requests.outcomes.requests == alone.requests.outcomes.requests);
  // To the customer they come from outside, over the link to the host; the host's come from inside.
  const IspResult& customer = isp_of(both, "customer");
  CHECK(customer.embedded.empty());
  CHECK(customer.embedded_bytes == 0);
  CHECK(customer.neighbour_bytes == customer.bytes);
  CHECK(customer.external_bytes == customer.bytes);
  CHECK(customer.bytes == 1000 * asked_by(s, "customer"));
  CHECK(isp_of(both, "host").embedded_bytes == isp_of(both, "host").bytes);
  CHECK(!isp_of(both, "host").neighbour_bytes);
  // But for an answer that is on the wire when the warm-up or the run ends.
  CHECK(std::abs(static_cast<double>(link_of(both, "customer-host").backward.bytes) -
                 static_cast<double>(customer.bytes)) <= 2000);
  CHECK(link_of(both, "pop-customer").forward.bytes == 0);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run_with_links(s, threads).digest == both.digest);
  }
}

TEST_CASE("a network that a neighbour's cache serves is as far as that is") {
  Scenario s = host_and_customer();
  const Result alone = run_with_links(s);
  // 2 x (5 ms to the PoP + 5 ms of access).
  CHECK(isp_of(alone, "customer").way == "pni");
  CHECK(isp_of(alone, "customer").round_trip_ms == Approx(20));
  s.network.embedded["box"].neighbours = {"customer"};
  const Result result = run_with_links(s);
  // 50 us from the cache to its host, and 1 ms from there over what the customer buys.
  CHECK(isp_of(result, "customer").way == "transit");
  CHECK(isp_of(result, "customer").way_delay_ms == Approx(1.05));
  CHECK(isp_of(result, "customer").round_trip_ms == Approx(2 * (1.05 + 5)));
  CHECK(isp_of(result, "host").way == "embedded");
  CHECK(isp_of(result, "host").round_trip_ms == Approx(2 * (0.05 + 5)));
}

TEST_CASE("who loses the way to a neighbour's cache goes back to the PoP, and the host stays") {
  Scenario s = host_and_customer();
  s.network.embedded["box"].neighbours = {"customer"};
  s.network.convergence = 2s;
  s.events["cut"] = fail_link(20s, "customer-host", 10s);
  config::join_embedded(s.network);
  const Result result = run(s).result;
  const WaysResult& ways = ways_of(result);
  CHECK(ways.cells_moved == 2);
  CHECK(result.requests.outcomes.dropped == drawn(s, "customer", 20s, 22s));
  CHECK(node_of(result, "pop").activity.outcomes.requests == drawn(s, "customer", 22s, 32s));
  CHECK(result.requests.outcomes.requests ==
        drawn(s, "customer", 10s, 40s) + drawn(s, "host", 10s, 40s));
  const IspResult& host = isp_of(result, "host");
  CHECK(host.embedded_bytes == host.bytes);
  for (const unsigned threads : {2u, 3u}) {
    CHECK(run(s, {.threads = threads}).result.digest == result.digest);
  }
}

}  // namespace neighbours_run_test
