// The dealer: which requests of a trace each cell gets in each slot, whoever asks first.

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/models/replay/trace_dealer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace dealer_test {

using namespace cdnsim;

constexpr std::int64_t kSecondNs = 1'000'000'000;

// A dealer with what it needs. Slots last 100 ms.
struct Bench {
  explicit Bench(const std::string& csv, const std::function<void(TraceReplay&)>& change = {}) {
    TraceReplay trace;
    trace.file.given = files.write("t.csv", csv);
    trace.content = "videos";
    if (change) change(trace);
    traffic["log"] = trace;
    ContentSpec videos;
    videos.origin = "origin";
    catalogue.emplace(5, std::map<std::string, ContentSpec>{{"videos", videos}}, traffic);
    surveys["log"] = survey(trace);
  }
  TraceDealer dealer(SimTime end = SimTime{100s}, std::optional<AtomicClock> clock = {}) const {
    return TraceDealer({5, 100ms, end, clock}, traffic, surveys, audiences, *catalogue);
  }

  test::ScratchFiles files;
  std::map<std::string, WorkloadSpec> traffic;
  std::map<std::string, TraceSurvey> surveys;
  // Of three users in four a is the network.
  std::vector<AudienceInfo> audiences = {{Audience{"a", "r", 0.75, 0h}, 3, 0.0},
                                         {Audience{"b", "r", 0.25, 0h}, 1, 1.0}};
  std::optional<Catalogue> catalogue;
};

const std::vector<HeldCell> kAll = {{0, 0}, {0, 1}, {0, 2}, {1, 0}};

std::vector<DealtRequest> all_of(TraceDealer& dealer, const std::vector<HeldCell>& cells) {
  std::vector<DealtRequest> dealt;
  for (std::int64_t slot = 0; slot != TraceDealer::kNoSlot;) {
    slot = dealer.take(cells, slot, dealt);
  }
  return dealt;
}

using Seen = std::tuple<double, std::uint32_t, std::int64_t>;  // seconds, object, bytes
std::vector<Seen> seen(const std::vector<DealtRequest>& dealt) {
  std::vector<Seen> list;
  for (const DealtRequest& r : dealt) {
    list.emplace_back(static_cast<double>(r.at_ns) / kSecondNs, r.object, r.bytes);
  }
  return list;
}

const std::string kSix =
    "time,id,size,client\n100,a,100,x\n101,b,200,x\n102,a,100,y\n102,c,300,y\n103,b,200,x\n"
    "109.5,a,100,x\n";

// 20,000 requests of 3000 clients in 20 s, many at the same time.
std::string many() {
  std::string csv = "time,id,client\n";
  for (std::uint64_t i = 0; i < 20'000; ++i) {
    csv += std::to_string(i / 10 / 100) + "." + std::to_string(10 + i / 10 % 100 / 2) + "," +
           std::to_string(mix64(i) % 1000) + "," + std::to_string(mix64(i + 1) % 3000) + "\n";
  }
  return csv;
}

TEST_CASE("a trace begins at its start, in its order, with objects numbered as they come") {
  const Bench bench(kSix, [](TraceReplay& trace) { trace.starts = 5s; });
  TraceDealer dealer = bench.dealer();
  const auto dealt = all_of(dealer, kAll);
  CHECK(seen(dealt) ==
        std::vector<Seen>{
            {5, 0, 100}, {6, 1, 200}, {7, 0, 100}, {7, 2, 300}, {8, 1, 200}, {14.5, 0, 100}});
  for (const DealtRequest& request : dealt) {
    CHECK(request.key == (*bench.catalogue)[0].key_of(request.object));
  }
}

TEST_CASE("a trace plays faster, and again after a mean gap") {
  const Bench bench(kSix, [](TraceReplay& trace) {
    trace.speed = 2;
    trace.times = 2;
    trace.sizes = TraceSizes::content;
  });
  // Its own time: 0, 1, 2, 2, 3, 9.5; a mean gap is 9.5 / 5 = 1.9, so the second round begins at
  // 11.4; all of it halved.
  TraceDealer dealer = bench.dealer();
  CHECK(seen(all_of(dealer, kAll)) == std::vector<Seen>{{0, 0, 0},
                                                        {0.5, 1, 0},
                                                        {1, 0, 0},
                                                        {1, 2, 0},
                                                        {1.5, 1, 0},
                                                        {4.75, 0, 0},
                                                        {5.7, 0, 0},
                                                        {6.2, 1, 0},
                                                        {6.7, 0, 0},
                                                        {6.7, 2, 0},
                                                        {7.2, 1, 0},
                                                        {10.45, 0, 0}});
}

TEST_CASE("what comes at the end or later is not dealt") {
  const Bench bench(kSix);
  TraceDealer dealer = bench.dealer(SimTime{3s});
  CHECK(all_of(dealer, kAll).size() == 4);
}

TEST_CASE("atomic replay: one request after the other, the warm-up's apart") {
  const Bench bench(kSix);
  // 2 of 5 in the warm-up: at 0 and 0.7 s; the others from 2 s on.
  TraceDealer dealer = bench.dealer(SimTime{100s}, AtomicClock{Duration{700ms}, 2, 5, SimTime{2s}});
  CHECK(seen(all_of(dealer, kAll)) ==
        std::vector<Seen>{{0, 0, 100}, {0.7, 1, 200}, {2, 0, 100}, {2.7, 2, 300}, {3.4, 1, 200}});
}

TEST_CASE("a holder sleeps until there is something for it") {
  const Bench bench(kSix, [](TraceReplay& trace) { trace.clients = {{"x", "a"}, {"y", "b"}}; });
  TraceDealer dealer = bench.dealer();
  std::vector<DealtRequest> dealt;
  const std::vector<HeldCell> b = {{1, 0}};
  CHECK(dealer.take(b, 0, dealt) == 20);  // y asks at 2 s
  CHECK(dealt.empty());
  CHECK(dealer.take(b, 20, dealt) == TraceDealer::kNoSlot);
  CHECK(seen(dealt) == std::vector<Seen>{{2, 0, 100}, {2, 2, 300}});
  CHECK(dealt[0].new_connection);  // all of this network's are
  CHECK(dealer.take({kAll.data(), 3}, 0, dealt) == 10);
}

TEST_CASE("what a cell gets does not depend on who asks first") {
  const Bench bench(many());
  std::vector<std::vector<Seen>> one_by_one;
  TraceDealer first = bench.dealer();
  for (const HeldCell& cell : kAll) one_by_one.push_back(seen(all_of(first, {cell})));

  std::vector<std::vector<Seen>> by_threads(kAll.size());
  TraceDealer second = bench.dealer();
  std::vector<std::thread> threads;
  for (std::size_t i = kAll.size(); i-- > 0;) {
    threads.emplace_back([&, i] { by_threads[i] = seen(all_of(second, {kAll[i]})); });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(by_threads == one_by_one);

  std::size_t sum = 0;
  for (const auto& list : one_by_one) sum += list.size();
  CHECK(sum == 20'000);
}

TEST_CASE("a holder of several cells gets them in the trace's order, at equal times too") {
  const Bench bench(many());
  TraceDealer dealer = bench.dealer();
  const auto dealt = all_of(dealer, {{1, 0}, {0, 2}, {0, 0}, {0, 1}});
  REQUIRE(dealt.size() == 20'000);
  for (std::uint64_t i = 0; i < dealt.size(); ++i) REQUIRE(dealt[i].order == i);
}

TEST_CASE("clients are spread over networks by users, and over cells") {
  std::string csv = "id,client\n";
  for (int i = 0; i < 4000; ++i) csv += "1,c" + std::to_string(i) + "\n";
  for (int i = 0; i < 4000; ++i) csv += "1,c" + std::to_string(i) + "\n";
  const Bench bench(csv);
  TraceDealer dealer = bench.dealer();
  const auto dealt = all_of(dealer, kAll);
  REQUIRE(dealt.size() == 8000);
  std::array<int, 4> count{};
  for (std::size_t i = 0; i < 4000; ++i) {
    CHECK(dealt[i].cell == dealt[i + 4000].cell);  // a client has one cell
    ++count[dealt[i].cell];
  }
  // 1000 each, with a deviation of sqrt(1000 * 3 / 4) = 27.
  for (const int n : count) CHECK(std::abs(n - 1000) < 4 * 27);
}

TEST_CASE("requests of nobody are spread one by one") {
  std::string csv = "id\n";
  for (int i = 0; i < 4000; ++i) csv += "1\n";
  const Bench bench(csv);
  TraceDealer dealer = bench.dealer();
  std::array<int, 4> count{};
  for (const DealtRequest& request : all_of(dealer, kAll)) ++count[request.cell];
  for (const int n : count) CHECK(std::abs(n - 1000) < 4 * 27);
}

TEST_CASE("a survey tells what is in a trace, however it is packed") {
  const Bench bench(kSix);
  const TraceSurvey& found = bench.surveys.at("log");
  CHECK(found.requests == 6);
  CHECK(found.first == SimTime{100s});
  CHECK(found.last == SimTime{109500ms});
  CHECK(found.largest == 300);
  CHECK(found.sha256.size() == 64);
  CHECK(requests_before(SimTime{2s}, std::get<TraceReplay>(bench.traffic.at("log")), found) == 2);
}

}  // namespace dealer_test
