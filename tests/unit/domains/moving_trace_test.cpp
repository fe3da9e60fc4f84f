// A trace that plays while its clients move between PoPs: each request goes to who holds its cell
// at its time, none is lost or dealt twice. A slow model says which, request by request.

#include <fmt/format.h>

#include <cdnsim/config/embedded_links.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>
#include <tests/support/ways_scenario.hpp>

namespace moving_trace_test {

using namespace cdnsim;
using namespace cdnsim::test;

struct Line {
  Duration at{0};
  int client = 0;
};

// A request every 37 ms, of three clients in turn; each asks for seven objects of 1000 bytes.
std::vector<Line> lines() {
  std::vector<Line> all;
  for (int i = 0; i < 3000; ++i) all.push_back(Line{i * 37ms + 1ms, i % 3});
  return all;
}

// Client 0 is in network "a", 1 and 2 are in "b". Each has a PoP of its own 5 ms away, and the
// other's 40 ms away.
Scenario traced(const ScratchFiles& files) {
  Scenario s = ways_scenario(1);
  s.traffic.clear();
  s.warmup = 0s;
  for (const char* net : {"a", "b"}) add_isp(s, net);
  for (const char* pop : {"pop-a", "pop-b"}) add_pop(s, pop);
  join(s, "pop-a", "a", LinkKind::pni, 5ms);
  join(s, "pop-b", "b", LinkKind::pni, 5ms);
  join(s, "pop-a", "b", LinkKind::pni, 40ms);
  join(s, "pop-b", "a", LinkKind::pni, 40ms);
  std::string csv = "time,id,size,client\n";
  int number = 0;
  for (const Line& line : lines()) {
    csv += fmt::format("{:.3f},{},1000,{}\n", static_cast<double>(line.at / 1ms) / 1000,
                       number++ % 7, line.client);
  }
  TraceReplay trace;
  trace.file.given = files.write("t.csv", csv);
  trace.content = "pages";
  trace.clients = {{"0", "a"}, {"1", "b"}, {"2", "b"}};
  s.traffic["log"] = trace;
  return s;
}

std::uint64_t requests_at(const Result& result, const std::string& node) {
  return node_of(result, node).activity.outcomes.requests;
}

struct Stay {
  Duration from, until;
};

// Requests of a network that come in one of some times.
std::uint64_t played(bool of_b, std::initializer_list<Stay> stays) {
  std::uint64_t count = 0;
  for (const Line& line : lines()) {
    if ((line.client > 0) != of_b) continue;
    for (const Stay& stay : stays) count += line.at >= stay.from && line.at < stay.until;
  }
  return count;
}

TEST_CASE("a trace follows its clients from PoP to PoP and back") {
  const ScratchFiles files;
  Scenario s = traced(files);
  WithdrawEvent withdraw;
  withdraw.pop = "pop-a";
  withdraw.lasts = 40s;
  s.events["a"] = EventSpec{20s, withdraw};  // a's cell at pop-b from 30 s until 70 s
  withdraw.pop = "pop-b";
  withdraw.lasts = 20s;
  s.events["b"] = EventSpec{75s, withdraw};  // b's at pop-a from 85 s until 105 s
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.requests == 3000);
  CHECK(requests_at(result, "pop-a") ==
        played(false, {{0s, 30s}, {70s, 120s}}) + played(true, {{85s, 105s}}));
  CHECK(requests_at(result, "pop-b") ==
        played(true, {{0s, 85s}, {105s, 120s}}) + played(false, {{30s, 70s}}));
  CHECK(result.isps[0].requests == 1000);
  CHECK(result.isps[1].requests == 2000);
  // Each PoP fetches its seven objects once.
  CHECK(result.origin.requests == 14);
  CHECK(run(s, {.threads = 3}).result.digest == result.digest);
}

TEST_CASE("of a trace too what takes a way that is cut is lost, and nothing else") {
  const ScratchFiles files;
  Scenario s = traced(files);
  s.events["cut"] = fail_link(20s, "pop-a-a", 30s);
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.requests == 3000);
  CHECK(result.requests.outcomes.dropped == played(false, {{20s, 30s}}));
  // Dropped ones are counted where they were sent to.
  CHECK(requests_at(result, "pop-a") == played(false, {{0s, 30s}, {60s, 120s}}));
  CHECK(requests_at(result, "pop-b") == 2000 + played(false, {{30s, 60s}}));
}

TEST_CASE("a trace goes back to the PoP while the cache inside is away") {
  const ScratchFiles files;
  Scenario s = traced(files);
  s.network.embedded["box"].host = "a";
  s.caching.embedded.memory = Bytes{1'000'000};
  s.caching.embedded.service_time = 0s;
  config::join_embedded(s.network);
  FailEvent event;
  event.embedded = "box";
  event.lasts = 30s;
  s.events["box"] = EventSpec{20s, event};
  const Result result = run(s).result;
  CHECK(result.requests.outcomes.requests == 3000);
  CHECK(requests_at(result, "box") == played(false, {{0s, 30s}, {60s, 120s}}));
  CHECK(requests_at(result, "pop-a") == played(false, {{30s, 60s}}));
  CHECK(requests_at(result, "pop-b") == 2000);
  CHECK(result.requests.outcomes.dropped == played(false, {{20s, 30s}}));
}

}  // namespace moving_trace_test
