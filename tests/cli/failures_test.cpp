// Failures, steering and caches inside networks, as a user of the program asks for them.
#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace failures_test {

using Json = nlohmann::json;

// small.json with a cache inside isp-a, two servers of pop-a that are pods of their own, a spare
// line to isp-a that leaves through the port of the first, and a failure domain.
constexpr const char* kGroups = R"({
  "extends": "small.json",
  "billing": {},
  "network": {
    "pops": { "pop-a": { "pod_servers": 1 } },
    "embedded": { "box": { "host": "isp-a" } },
    "links": {
      "a-isp": { "port": "wide" },
      "b-isp-a": { "from": "pop-b", "to": "isp-a", "kind": "pni", "delay": "29ms", "port": "wide" }
    },
    "failure_domains": { "rack": { "links": ["box on-net"], "servers": { "pop-b": [1] } } }
  }
})";

Json losses(const Workplace& here, const std::string& kind) {
  const Called called = here.cdnsim("whatif groups.json --format json --fail each:" + kind);
  CHECK(called.err.empty());
  REQUIRE(called.status == 0);
  return Json::parse(called.out).at("failures");
}

// Two thirds of the users are isp-a's, of some 1,800 requests.
void check_isp_a_displaced(const Json& loss) {
  CHECK(loss.at("has_run") == true);
  CHECK(loss.at("figures").at("errors") == 0);
  const double all = loss.at("figures").at("requests").get<double>();
  const double displaced = loss.at("figures").at("displaced_requests").get<double>();
  CHECK(std::abs(displaced / all - 2.0 / 3) < 4 * 0.0115);
}

TEST_CASE("whatif takes caches inside networks, pods, domains and ports away") {
  const Workplace here;
  here.write("groups.json", kGroups);
  SECTION("embedded") {
    const Json told = losses(here, "embedded");
    REQUIRE(told.size() == 1);
    CHECK(told[0].at("id") == "box");
    check_isp_a_displaced(told[0]);
  }
  SECTION("pod") {
    const Json told = losses(here, "pod");
    REQUIRE(told.size() == 2);
    for (const Json& loss : told) {
      CHECK(loss.at("members") == Json({"pop-a"}));
      CHECK(loss.at("figures").at("displaced_requests") == 0);
      CHECK(loss.at("figures").at("errors") == 0);
    }
  }
  SECTION("domain") {
    const Json told = losses(here, "domain");
    REQUIRE(told.size() == 1);
    CHECK(told[0].at("members") == Json({"box on-net", "pop-b server 1"}));
    check_isp_a_displaced(told[0]);
  }
  SECTION("port") {
    const Json told = losses(here, "port");
    // Both of isp-a's lines go with the port that they share: the worst of all.
    CHECK(told[0].at("id") == "wide");
    CHECK(told[0].at("members") == Json({"a-isp", "b-isp-a"}));
    CHECK(told[0].at("stranded_users") == 2'000'000);
    CHECK(told[0].at("has_run") == true);
    // And b-isp, a-shield, b-shield and shield-origin on their own.
    CHECK(told.size() == 5);
  }
}

TEST_CASE("the table of whatif says where requests came from caches before") {
  const Workplace here;
  here.write("groups.json", kGroups);
  const Called table = here.cdnsim("whatif groups.json --fail embedded:box");
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("another PoP or cache than before"));
}

TEST_CASE("whatif says when there is nothing of what is to be taken away") {
  const Workplace here;
  check_mistakes(here, {{"whatif small.json --fail each:pod",
                         "--fail each:pod: the scenario has none; a site has pods where it has "
                         "more \"servers\" than \"pod_servers\""},
                        {"whatif small.json --fail each:domain", "/network/failure_domains"},
                        {"whatif small.json --fail each:ixp,transit",
                         "--fail each:ixp,transit: the scenario has none"}});
  // Of several kinds one is enough.
  CHECK(here.cdnsim("whatif small.json --fail each:pod,origin").status == 0);
}

TEST_CASE("the link that is made for a cache inside a network can fail in an event") {
  const Workplace here;
  here.write("groups.json", kGroups);
  here.write("cut.json", R"({"extends": "groups.json", "events": {
    "cut": { "at": "2s", "fail": { "link": "box on-net" } } }})");
  const Called called = here.cdnsim("run cut.json --format json");
  CHECK(called.err.empty());
  REQUIRE(called.status == 0);
  CHECK(Json::parse(called.out).at("events")[0].at("ways").at("links_failed") == 1);
  here.write("wrong.json", R"({"extends": "groups.json", "events": {
    "cut": { "at": "2s", "fail": { "link": "box onnet" } } }})");
  const Called wrong = here.cdnsim("check wrong.json");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.out + wrong.err, Catch::Contains("did you mean \"box on-net\"?"));
}

// A hundred requests a second for 3 s, of ten clients, the last three of isp-b.
std::string trace_text() {
  std::string text = "time,id,size,client\n";
  for (int i = 0; i < 300; ++i) {
    text += fmt::format("{:.2f},{},1000,c{}\n", i / 100.0, i % 20, i % 10);
  }
  return text;
}

constexpr const char* kTraced = R"({
  "extends": "small.json",
  "traffic": {
    "base": null,
    "log": { "kind": "trace", "file": "log.csv", "content": "pages", "clients": {
      "c0": "isp-a", "c1": "isp-a", "c2": "isp-a", "c3": "isp-a", "c4": "isp-a", "c5": "isp-a",
      "c6": "isp-a", "c7": "isp-b", "c8": "isp-b", "c9": "isp-b" } }
  }
})";

Json run_traced(const Workplace& here, const std::string& extra) {
  here.write("log.csv", trace_text());
  here.write("traced.json", kTraced);
  here.write("more.json", extra);
  const Called called = here.cdnsim("run more.json --format json --threads 1");
  INFO(called.err);
  REQUIRE(called.status == 0);
  CHECK(here.cdnsim("run more.json --format json --threads 3").out == called.out);
  return Json::parse(called.out);
}

std::uint64_t requests_at(const Json& result, const std::string& node) {
  for (const Json& each : result.at("nodes")) {
    if (each.at("id") == node) return each.at("requests");
  }
  throw std::out_of_range(node);
}

TEST_CASE("a cache serves neighbours what a trace asks for") {
  const Workplace here;
  const Json result = run_traced(here, R"({"extends": "traced.json", "network": {
    "embedded": { "box": { "host": "isp-a", "neighbours": ["isp-b"] } },
    "links": { "b-a": { "from": "isp-b", "to": "isp-a", "kind": "transit", "delay": "1ms" } } }})");
  // Of 3 s the first is warm-up.
  CHECK(requests_at(result, "box") == 200);
  CHECK(result.at("requests").at("total") == 200);
  CHECK(result.at("isps")[1].at("neighbour_bytes") == 60 * 1000);
  CHECK(result.at("isps")[0].at("embedded_bytes") == 140 * 1000);
}

TEST_CASE("an engine steers the clients of a trace") {
  const Workplace here;
  const Json result = run_traced(here, R"({"extends": "traced.json",
    "network": { "convergence": "0s", "links": {
      "b-isp-a": { "from": "pop-b", "to": "isp-a", "kind": "pni", "delay": "29ms" } } },
    "steering": { "method": "engine",
      "engine": { "report_every": "1s", "decide_every": "1s", "ttl": "1s" } },
    "events": { "maintenance": { "at": "500ms", "withdraw": { "pop": "pop-a" } } }})");
  CHECK(result.at("requests").at("total") == 200);
  CHECK(result.at("requests").at("errors") == 0);
  // All cells of isp-a have moved when the engine has decided at 1 s and they have asked again, in
  // the second after.
  CHECK(requests_at(result, "pop-a") + requests_at(result, "pop-b") == 200);
  CHECK(requests_at(result, "pop-a") <= 100);
  CHECK(requests_at(result, "pop-b") >= 100);
}

TEST_CASE("answers queue at the network cards of a site that has its own") {
  const Workplace here;
  here.write("narrow.json", R"({"extends": "small.json", "network": {
    "pops": { "pop-a": { "servers": 1, "nic": "100Mbps" } } }})");
  const auto run = [&](const char* file) {
    const Called called = here.cdnsim(fmt::format("run {} --format json", file));
    REQUIRE(called.status == 0);
    return Json::parse(called.out);
  };
  const Json narrow = run("narrow.json");
  const Json& node = narrow.at("nodes")[0];
  CHECK(node.at("id") == "pop-a");
  // 400 a second of 20 kB are 64 Mbps, of 100: drawn in 3 s, so within 4 sqrt(1200) of 1200.
  CHECK(std::abs(node.at("servers").at("nic").get<double>() - 0.64) < 0.64 * 4 / std::sqrt(1200));
  CHECK(narrow.at("nodes")[1].at("servers").value("nic", Json()).is_null());
  // A card of fixed length of answers: rho / (2 (1 - rho)) of 1.6 ms in the mean, for two thirds of
  // all. What waits is time in a queue.
  const auto queue_ms = [](const Json& result) {
    return result.at("latency_ms").at("ttfb_parts_mean").at("queue").get<double>();
  };
  CHECK(queue_ms(narrow) - queue_ms(run("small.json")) ==
        Approx(2.0 / 3 * 1.6 * 0.64 / (2 * 0.36)).epsilon(0.35));
}

}  // namespace failures_test
}  // namespace cdnsim::test
