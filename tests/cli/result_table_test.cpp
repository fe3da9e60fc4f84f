#include <sstream>

#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/table.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::tools {
namespace {

Activity activity(std::uint64_t requests, std::uint64_t hits) {
  Activity a;
  a.outcomes.requests = requests;
  a.outcomes.hits = hits;
  a.outcomes.misses = requests - hits;
  a.hit_ratio = static_cast<double>(hits) / static_cast<double>(requests);
  a.byte_hit_ratio = a.hit_ratio;
  a.fetches = requests - hits;
  a.bytes_served = requests * 1000;
  a.bytes_fetched = a.fetches * 1000;
  return a;
}

LinkResult link(const std::string& id, double peak_bps, double p95_bps) {
  LinkResult l;
  l.id = id;
  l.kind = "pni";
  l.capacity_bps = 10e9;
  l.dearer = {1'000'000, peak_bps, p95_bps};
  l.utilisation_p95 = p95_bps / l.capacity_bps;
  return l;
}

// Two hours after an hour of warm-up, so that p95 is over 24 bins and needs no note.
Result quiet_result() {
  Result r;
  r.digest = "0123abcd";
  r.scenario = {"lunch", "Is it enough?", "", 7, 10'800, 3'600};
  r.tiers["edge"] = activity(7'200'000, 6'480'000);
  r.tiers["edge"].miss_causes.first_request = 180'000;
  r.tiers["edge"].miss_causes.evicted = 540'000;
  r.requests.outcomes = r.tiers["edge"].outcomes;
  r.origin = {72'000, 72'000'000, 0, 10, 55, 12, 0.99, 0.99};
  r.classes["pages"].edge = r.tiers["edge"];
  r.latency.all.ttfb = {7'200'000, 20, 18, 30, 40, 50, 60};
  r.latency.all.ttlb = {7'200'000, 30, 28, 40, 50, 60, 1500};
  r.latency.by_region["north"] = r.latency.all;
  r.latency.ttfb_parts_mean = {{"network", 19.5}, {"queue", 0.0005}};
  r.coverage = {0.25, 1, 1};
  r.links = {link("quiet", 1e9, 0.5e9), link("busy", 9e9, 8e9)};
  return r;
}

TEST_CASE("a result reads like this") {
  Result result = quiet_result();
  result.slo = {{"hits", "/tiers/edge/hit_ratio", 0.9, {{"at_least", 0.95}}, false, -0.05},
                {"origin", "/origin/peak_rps", 55, {{"at_most", 100}}, true, 45}};
  CHECK(result_table(result) ==
        R"(lunch
Is it enough?
3h simulated, the first 1h as warm-up and not in these figures; seed 7

Requests                count     share      mean
  all                  7.20 M  100.00 %  1.00 k/s
  hits                 6.48 M   90.00 %    900 /s
  delayed hits              0    0.00 %      0 /s
  misses                720 k   10.00 %    100 /s
  ended in an error         0    0.00 %      0 /s
  misses: never asked for before 25.00 %, evicted 75.00 %

Tiers             requests  hit ratio  byte hits   fetches  refreshes    served   fetched
  edge              7.20 M    90.00 %    90.00 %     720 k          0   7.20 GB    720 MB

Origin            requests      mean      peak       p95    errors   offload  byte offl.    served
  all origins       72.0 k   10.0 /s   55.0 /s   12.0 /s         0   99.00 %     99.00 %   72.0 MB

Content           requests      peak  hit ratio  byte hits  at origin  peak there    served
  pages             7.20 M      0 /s    90.00 %    90.00 %          0        0 /s   7.20 GB

Latency           TTFB p50       p95       p99  TTLB p50       p95       p99
  all              18.0 ms   40.0 ms   50.0 ms   28.0 ms   50.0 ms   60.0 ms
  north            18.0 ms   40.0 ms   50.0 ms   28.0 ms   50.0 ms   60.0 ms
  mean TTFB: network 19.5 ms, queue 0.50 µs
  round trip to the PoP: at most 10 ms for 25.00 % of users, 50 ms for 100.00 %, 100 ms for 100.00 %

Busiest of 2 links      kind   capacity       peak        p95  p95 used     bytes
  busy                   pni  10.0 Gbps  9.00 Gbps  8.00 Gbps   80.00 %   1.00 MB
  quiet                  pni  10.0 Gbps  1.00 Gbps   500 Mbps    5.00 %   1.00 MB

Targets                        value  at least   at most
  hits              MISSED       0.9      0.95
  origin               met        55                 100

digest 0123abcd
)");
}

TEST_CASE("a bill reads like this") {
  Result result = quiet_result();
  CHECK(bill_section(result).empty());
  CostResult& cost = result.cost.emplace();
  cost.days = 30;
  cost.basis = "the 30 days of the run itself";
  cost.transit = 750;
  cost.rent = 250;
  cost.monthly_total = 1000;
  cost.served_gb = 50'000;
  cost.per_gb = 0.02;
  cost.revenue = 1500;
  cost.margin = 500;
  cost.revenue_per_gb = 0.03;
  result.links[1].monthly_cost = 750;
  result.links[1].month = LinkMonth{"transit", 7.5e9, 1e9, 50'000, 10};
  CHECK(bill_section(result) ==
        R"(Bill of 30 days        USD     share
  transit           750.00   75.00 %
  rent              250.00   25.00 %
  in all           1000.00  100.00 %
  revenue          1500.00         -
  margin            500.00         -
  0.020000 USD per GB of 50000 GB served, 0.030000 earned
  the 30 days of the run itself

Dearest of 2 links      kind    tariff  month's p95       USD
  busy                   pni   transit    7.50 Gbps    750.00
)");
}

TEST_CASE("nothing puzzling, no notes") { CHECK(notes_on(quiet_result()).empty()); }

TEST_CASE("figures that are not what they seem are explained") {
  Result result = quiet_result();
  const auto only_note = [&] {
    const std::vector<std::string> notes = notes_on(result);
    REQUIRE(notes.size() == 1);
    return notes.front();
  };
  SECTION("a measured time of less than a bin") {
    result.scenario.duration_s = 3'600 + 100;
    CHECK_THAT(only_note(),
               Catch::StartsWith("p95 of rates: 1min40s fit into one five-minute bin"));
  }
  SECTION("fewer than 20 bins") {
    result.scenario.duration_s = 3'600 + 301;
    CHECK_THAT(only_note(), Catch::StartsWith("p95 of rates: of only 2 five-minute bins"));
  }
  SECTION("no warm-up") {
    result.scenario.warmup_s = 0;
    CHECK_THAT(only_note(), Catch::StartsWith("no warm-up"));
  }
  SECTION("requests that were shed") {
    result.requests.outcomes.shed = 12;
    CHECK_THAT(only_note(), Catch::StartsWith("12 requests were shed"));
  }
  SECTION("requests that nobody answered in time") {
    result.requests.timed_out = 3;
    CHECK_THAT(only_note(), Catch::StartsWith("3 requests timed out"));
  }
  SECTION("refusals at the origin") {
    result.origin.errors = 5;
    CHECK(only_note() ==
          "origins refused 5 of 72.0 k requests: over capacity, over the rate limit or "
          "down");
  }
  SECTION("links asked for more than they carry") {
    for (const char* id : {"a", "b", "c", "d"}) {
      result.links.push_back(link(id, 1e9, 1e9));
      result.links.back().dearer.utilisation.congested_s = 1;
    }
    CHECK(only_note() == "4 links were congested, at 95 % of capacity or more: a, b, c and 1 more");
  }
  SECTION("links with long queues") {
    result.links.push_back(link("short", 9e8, 1e9));
    result.links.back().longest_queue_ms = 999;
    CHECK(tools::notes_on(result).empty());
    for (const char* id : {"a", "b"}) result.links.push_back(link(id, 1e9, 1e9));
    result.links[result.links.size() - 2].longest_queue_ms = 1500;
    result.links.back().longest_queue_ms = 42'000;
    CHECK(only_note() ==
          "2 links were congested, at 95 % of capacity or more: b (a queue of up to 42.0 s), a (a "
          "queue of up to 1.50 s)");
  }
  SECTION("nobody asked") {
    result.requests.outcomes.requests = 0;
    CHECK_THAT(only_note(), Catch::StartsWith("nobody asked for anything"));
  }
  SECTION("nobody got anything") {
    result.latency.all.ttfb.count = 0;
    CHECK_THAT(only_note(), Catch::StartsWith("no request was answered"));
  }
  SECTION("delays that were raised") {
    result.message_delays_raised = 9;
    CHECK_THAT(only_note(), Catch::StartsWith("9 messages between nodes had a delay below"));
  }
}

TEST_CASE("long names and questions keep to the width") {
  Result result = quiet_result();
  const std::string name(200, 'n');
  result.scenario.name = name;
  result.scenario.question = name + " " + name;
  result.tiers[name] = activity(10, 5);
  result.classes[name].edge = activity(10, 5);
  result.latency.by_region[name] = result.latency.all;
  result.links.push_back(link(name, 20e9, 20e9));
  result.slo = {{name, "/x", 1e-300, {{"at_least", 1e300}, {"at_most", 1e301}}, false, 0}};
  std::istringstream lines(result_table(result));
  for (std::string line; std::getline(lines, line);) {
    CAPTURE(line);
    CHECK(width_of(line) <= kWidthMax);
  }
}

TEST_CASE("an event that lasts is told before, during and after, one that does not is not") {
  Result result = quiet_result();
  EventResult outage;
  outage.name = "outage";
  outage.spans = EventSpans{{60, 6'000, 0, 0, 600, 1, 0.9, 20, 0},
                            {30, 3'000, 750, 1'500, 0, 0.75, 0.5, 8, 0},
                            {0, 0, 0, 0, 0, 0, 0, 0, 0}};
  EventResult purge;
  purge.name = "purge";
  result.events = {outage, purge};
  CHECK(
      events_section(result) ==
      R"(outage               lasts  requests  available     stale  hit ratio  mean TTFB  at origin
  before              1min      6000   100.00 %         0    90.00 %    20.0 ms    10.0 /s
  during               30s      3000    75.00 %      1500    50.00 %    8.00 ms       0 /s
)");
  CHECK(result_table(result).find(events_section(result)) != std::string::npos);
  result.events = {purge};
  CHECK(events_section(result).empty());
}

}  // namespace
}  // namespace cdnsim::tools
