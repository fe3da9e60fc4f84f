// What is written is read back, and a file is there when it is whole or not at all.

#include <cmath>
#include <filesystem>
#include <map>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <cdnsim/trace/trace_writer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace trace_writer_test {

using namespace cdnsim;
using namespace cdnsim::test;

std::vector<TraceRequest> all_of(TraceReader& reader) {
  std::vector<TraceRequest> block(1000), all;
  while (const std::size_t count = reader.read(block)) {
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return all;
}

// 50,000 requests for 2,000 objects in whole seconds: three blocks of a writer.
std::vector<TraceRequest> requests() {
  std::vector<TraceRequest> list;
  for (std::uint64_t i = 0; i < 50'000; ++i) {
    const std::uint64_t id = mix64(i) % 2000;
    list.push_back(
        {mix64(id), static_cast<std::int64_t>(1 + id % 77), SimTime{std::chrono::seconds(i / 10)}});
  }
  return list;
}

TEST_CASE("every format that is written is read back") {
  const ScratchFiles files;
  const std::vector<TraceRequest> list = requests();
  for (const char* name : {"t.oracleGeneral", "t.csv", "t.tr", "t.jsonl"}) {
    INFO(name);
    const auto writer = create_trace(files.path(name));
    writer->write(std::span(list).first(33'333));
    writer->write(std::span(list).subspan(33'333));
    CHECK_FALSE(std::filesystem::exists(files.path(name)));
    writer->finish();
    const auto reader = open_trace(files.path(name));
    const std::vector<TraceRequest> back = all_of(*reader);
    REQUIRE(back.size() == list.size());
    for (std::size_t i = 0; i < list.size(); ++i) {
      REQUIRE(back[i].id == list[i].id);
      REQUIRE(back[i].bytes == list[i].bytes);
      REQUIRE(back[i].at == list[i].at);
    }
  }
}

TEST_CASE("oracleGeneral gets each object's next request") {
  const ScratchFiles files;
  const std::vector<TraceRequest> list = requests();
  const auto writer = create_trace(files.path("t.oracleGeneral"));
  writer->write(list);
  writer->finish();
  const std::vector<TraceRequest> back = all_of(*open_trace(files.path("t.oracleGeneral")));
  std::map<std::uint64_t, std::int64_t> later;  // by id: the next request, counted from 1
  for (std::size_t i = list.size(); i-- > 0;) {
    const auto known = later.find(list[i].id);
    REQUIRE(back[i].next == (known == later.end() ? TraceRequest::kNever : known->second));
    later[list[i].id] = static_cast<std::int64_t>(i + 1);
  }
}

TEST_CASE("what cannot be written leaves nothing behind") {
  const ScratchFiles files;
  {
    const auto abandoned = create_trace(files.path("t.csv"));
    abandoned->write(requests());
  }
  CHECK(std::filesystem::is_empty(files.folder()));
  const auto writer = create_trace(files.path("t.oracleGeneral"));
  const TraceRequest large{1, 5'000'000'000, kTimeZero};
  CHECK_THROWS_WITH(writer->write({&large, 1}),
                    Catch::Contains("request 1 is for 5000000000 bytes, and sizes have 32 bits"));
  CHECK_THROWS_WITH(create_trace(files.path("no/t.csv")), Catch::Contains("No such file"));
  CHECK_THROWS_WITH(create_trace(files.path("t.log")), Catch::Contains("tells no format"));
}

TEST_CASE("a drawn trace follows its laws") {
  TraceLaws laws;
  laws.requests = 400'000;
  laws.objects = 1000;
  laws.exponent = 0.8;
  laws.requests_per_second = 50;
  laws.size_of = [](std::uint64_t bits) { return static_cast<std::int64_t>(1 + bits % 100); };
  GeneratedTrace trace(laws);
  const std::vector<TraceRequest> all = all_of(trace);
  REQUIRE(all.size() == 400'000);
  CHECK(trace.share_read() == 1.0);
  std::map<std::uint64_t, double> counts;
  std::map<std::uint64_t, std::int64_t> sizes;
  for (std::size_t i = 0; i < all.size(); ++i) {
    REQUIRE(all[i].id < 1000);
    REQUIRE((i == 0 || all[i].at >= all[i - 1].at));
    ++counts[all[i].id];
    REQUIRE(sizes.emplace(all[i].id, all[i].bytes).first->second == all[i].bytes);
  }
  // Shares of k^-0.8: the sum over 1000 is 15.3577...; here it is added up.
  double sum = 0;
  for (int k = 1; k <= 1000; ++k) sum += std::pow(k, -0.8);
  for (const std::uint64_t rank : {0ULL, 1ULL, 9ULL, 99ULL}) {
    const double expected = 400'000 * std::pow(static_cast<double>(rank + 1), -0.8) / sum;
    CHECK(counts[rank] == Approx(expected).margin(4 * std::sqrt(expected)));
  }
  // 400,000 exponential gaps of 20 ms: 8000 s, with a standard error of 8000 / sqrt(400,000).
  CHECK(seconds(all.back().at.time_since_epoch()) == Approx(8000.0).margin(4 * 8000 / 632.5));
}

TEST_CASE("a share of the requests is for objects that are asked for once") {
  TraceLaws laws;
  laws.requests = 100'000;
  laws.objects = 50;
  laws.one_hit_share = 0.2;
  laws.size_of = [](std::uint64_t bits) { return static_cast<std::int64_t>(1 + bits % 1000); };
  GeneratedTrace trace(laws);
  std::map<std::uint64_t, int> counts;
  double bytes = 0, once = 0;
  for (const TraceRequest& request : all_of(trace)) {
    ++counts[request.id];
    if (request.id < GeneratedTrace::kOneHitIds) continue;
    bytes += static_cast<double>(request.bytes);
    ++once;
  }
  CHECK(once == Approx(20'000).margin(4 * std::sqrt(100'000 * 0.2 * 0.8)));
  CHECK(static_cast<double>(counts.size()) == once + 50);
  // Their sizes follow the same law: uniform from 1 to 1000, with a deviation of 289.
  CHECK(bytes / once == Approx(500.5).margin(4 * 289 / std::sqrt(20'000)));
}

TEST_CASE("objects come and go, and ranks keep their popularity") {
  TraceLaws laws;
  laws.requests = 200'000;
  laws.objects = 100;
  laws.exponent = 1;
  laws.requests_per_second = 1000;  // 200 s
  laws.churn_per_second = 2;        // 4 times the catalogue
  GeneratedTrace trace(laws);
  std::map<std::uint64_t, double> of_rank;
  std::map<std::uint64_t, std::uint64_t> latest;
  for (const TraceRequest& request : all_of(trace)) {
    const std::uint64_t rank = request.id % 100;
    ++of_rank[rank];
    REQUIRE(request.id >= latest[rank]);  // what has gone stays away
    latest[rank] = request.id;
  }
  std::uint64_t replaced = 0;
  for (const auto& [rank, id] : latest) replaced += id / 100;
  // 2 a second in 200 s; the last request comes within 4 / 447 of that time, and each rank's turn
  // rounds by less than one.
  CHECK(static_cast<double>(replaced) ==
        Approx(400).margin(400 * 4.0 / 447 + 4 * std::sqrt(100 / 12.0)));
  double sum = 0;
  for (int k = 1; k <= 100; ++k) sum += 1.0 / k;
  for (const std::uint64_t rank : {0ULL, 9ULL}) {
    const double expected = 200'000 / sum / static_cast<double>(rank + 1);
    CHECK(of_rank[rank] == Approx(expected).margin(4 * std::sqrt(expected)));
  }
}

}  // namespace trace_writer_test
