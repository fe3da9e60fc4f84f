// What a cache of the laboratory tells beyond misses: expiry, delayed hits, causes, changes of
// size. Examples by hand; laws where there are formulas.

#include <cmath>
#include <numeric>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <tests/support/catch.hpp>

namespace detailed_test {

using namespace cdnsim;

// A trace in memory.
class Listed final : public TraceReader {
 public:
  explicit Listed(std::vector<TraceRequest> requests) : requests_(std::move(requests)) {}
  std::size_t read(std::span<TraceRequest> block) override {
    const std::size_t count = std::min(block.size(), requests_.size() - read_);
    std::copy_n(requests_.begin() + static_cast<std::ptrdiff_t>(read_), count, block.begin());
    read_ += count;
    return count;
  }
  double share_read() const override { return 1; }
  TraceOmissions omissions() const override { return {}; }

 private:
  std::vector<TraceRequest> requests_;
  std::size_t read_ = 0;
};

struct Ask {
  int second;
  char object;
  std::int64_t bytes = 1;
};
LabCounts counts_of(const std::vector<Ask>& asks, std::int64_t size, const LabOptions& options,
                    const std::string& admission = "always", const std::string& policy = "lru") {
  std::vector<TraceRequest> requests;
  for (const Ask& ask : asks) {
    requests.push_back({static_cast<std::uint64_t>(ask.object), ask.bytes,
                        kTimeZero + std::chrono::seconds(ask.second)});
  }
  Listed trace(std::move(requests));
  const LabCacheSpec spec{*parse<PolicyText>(policy).value, size,
                          *parse<AdmissionText>(admission).value};
  return play(trace, {spec}, options).at(0);
}

std::uint64_t count(const LabCounts& counts, MissCause cause) {
  return counts.causes[static_cast<std::size_t>(cause)];
}
std::uint64_t sum_of_causes(const LabCounts& counts) {
  return std::accumulate(counts.causes.begin(), counts.causes.end(), std::uint64_t{0});
}

// 30,000 requests, skewed, of 1 to 50 bytes, one a second.
std::vector<TraceRequest> skewed() {
  std::vector<TraceRequest> requests;
  for (std::int64_t i = 0; i < 30'000; ++i) {
    const std::uint64_t random = mix64(static_cast<std::uint64_t>(i));
    const std::uint64_t id = random % (1 + (random >> 32) % 3000);
    requests.push_back(
        {id, 1 + static_cast<std::int64_t>(mix64(id) % 50), kTimeZero + std::chrono::seconds(i)});
  }
  return requests;
}

TEST_CASE("a copy is stale a lifetime after it was brought, at that instant already") {
  LabOptions options;
  options.ttl = 10s;
  options.causes = true;
  // Brought at 0, 10 and 20.
  const LabCounts counts =
      counts_of({{0, 'A'}, {9, 'A'}, {10, 'A'}, {19, 'A'}, {20, 'A'}}, 5, options);
  CHECK(counts.misses == 3);
  CHECK(count(counts, MissCause::first_request) == 1);
  CHECK(count(counts, MissCause::expired) == 2);
  CHECK(counts.copies == 1);
}

TEST_CASE("who asks while a fetch is under way waits for it") {
  LabOptions options;
  options.miss_latency = 2s;
  // A is there at 2. Waits: 2, 2 and 1 s; at 2 and later it is a hit.
  const LabCounts counts =
      counts_of({{0, 'A'}, {0, 'A'}, {1, 'A'}, {2, 'A'}, {5, 'A'}}, 5, options);
  CHECK(counts.misses == 1);
  CHECK(counts.delayed_hits == 2);
  CHECK(counts.waited == 5s);
  // B's fetch is under way when the trace ends: it still waits for it.
  CHECK(counts_of({{0, 'A'}, {3, 'B'}}, 5, options).waited == 4s);
  WHEN("the first request is warm-up") {
    options.warmup = 1;
    const LabCounts later = counts_of({{0, 'A'}, {0, 'A'}, {1, 'A'}, {2, 'A'}}, 5, options);
    CHECK(later.requests == 3);
    CHECK(later.misses == 0);
    CHECK(later.delayed_hits == 2);
    CHECK(later.waited == 3s);
  }
}

TEST_CASE("misses are told apart by what became of the object before") {
  LabOptions options;
  options.causes = true;
  const LabCounts evicted = counts_of({{0, 'A'}, {1, 'B'}, {2, 'C'}, {3, 'A'}}, 2, options);
  CHECK(count(evicted, MissCause::first_request) == 3);
  CHECK(count(evicted, MissCause::evicted) == 1);
  const LabCounts refused =
      counts_of({{0, 'A'}, {1, 'A'}, {2, 'A'}, {3, 'B', 9}, {4, 'B', 9}}, 5, options, "nth:n=2");
  CHECK(refused.misses == 4);
  CHECK(count(refused, MissCause::first_request) == 2);
  CHECK(count(refused, MissCause::not_admitted) == 2);  // A the second time, and B, too large
}

TEST_CASE("causes and misses agree whatever is admitted, expires or is under way") {
  for (const std::string_view admission : admission_names()) {
    for (const bool detailed : {false, true}) {
      INFO(admission << " " << detailed);
      LabOptions options;
      options.causes = true;
      options.warmup = 1000;
      if (detailed) {
        options.ttl = 600s;
        options.miss_latency = 5s;
        options.size_change = SizeChange::update;
      }
      Listed trace(skewed());
      const LabCounts counts =
          play(trace, {{PolicyText{"s3fifo", {}}, 5000, {{std::string(admission), {}}}}}, options)
              .at(0);
      CHECK(counts.requests == 29'000);
      CHECK(sum_of_causes(counts) == counts.misses);
      CHECK(counts.misses > 1000);
      CHECK((count(counts, MissCause::expired) > 0) == detailed);
      CHECK((counts.delayed_hits > 0) == detailed);
    }
  }
}

TEST_CASE("a copy keeps its size, or a new version takes its place") {
  const std::vector<Ask> grows = {{0, 'A', 4}, {1, 'B', 4}, {2, 'A', 7}, {3, 'B', 4}};
  LabOptions options;
  CHECK(counts_of(grows, 10, options).misses == 2);
  options.size_change = SizeChange::update;  // A needs 7, and B goes
  CHECK(counts_of(grows, 10, options).misses == 3);
  // What has grown beyond the cache is gone after its last hit.
  const std::vector<Ask> too_large = {{0, 'A', 4}, {1, 'A', 11}, {2, 'A', 4}};
  CHECK(counts_of(too_large, 10, options).misses == 2);
  // A smaller version makes room: A 2, B 4 and C 4 fit.
  const std::vector<Ask> shrinks = {
      {0, 'A', 6}, {1, 'B', 4}, {2, 'A', 2}, {3, 'C', 4}, {4, 'B', 4}};
  CHECK(counts_of(shrinks, 10, options).misses == 3);
  CHECK(counts_of(shrinks, 10, {}).misses == 4);
}

TEST_CASE("a cache that tells more counts the same, with every policy") {
  std::vector<LabCacheSpec> caches;
  for (const std::string_view policy : cache_policy_names()) {
    for (const std::int64_t size : {500, 5000}) {
      caches.push_back({PolicyText{std::string(policy), {}}, size});
    }
  }
  LabOptions options;
  Listed first(skewed()), second(skewed());
  const std::vector<LabCounts> plain = play(first, caches, options);
  options.causes = true;
  const std::vector<LabCounts> detailed = play(second, caches, options);
  for (std::size_t i = 0; i < caches.size(); ++i) {
    INFO(caches[i].policy.name << " " << caches[i].size);
    CHECK(plain[i].misses == detailed[i].misses);
    CHECK(plain[i].miss_bytes == detailed[i].miss_bytes);
    CHECK(plain[i].copies == detailed[i].copies);
  }
}

TEST_CASE("with lifetime T and fetches of D, 1 in 1 + rate (D + T) requests begins a fetch") {
  TraceLaws laws;
  laws.requests = 400'000;
  laws.requests_per_second = 10;
  GeneratedTrace trace(laws);
  LabOptions options;
  options.ttl = 2s;
  options.miss_latency = 500ms;
  const LabCounts counts = play(trace, {{PolicyText{"lru", {}}, 10}}, options).at(0);
  // A cycle: a miss, D with 5 delayed hits, T with 20 hits, and 1/rate until the next miss. 15,385
  // cycles: four standard errors are about 2 % (a cycle's length varies by a fifth or less).
  const double cycles = 400'000.0 / (1 + 10 * 2.5);
  CHECK(std::abs(static_cast<double>(counts.misses) - cycles) < 0.02 * cycles);
  CHECK(std::abs(static_cast<double>(counts.delayed_hits) - 5 * cycles) < 0.02 * 5 * cycles);
  // A miss waits D, a delayed hit D / 2 on average.
  const double waited_s = static_cast<double>(counts.waited.count()) / 1e9;
  CHECK(std::abs(waited_s - cycles * (0.5 + 5 * 0.25)) < 0.03 * cycles * 1.75);
}

TEST_CASE("Belady's knows requests, not fetches") {
  LabOptions options;
  options.miss_latency = 1s;
  CHECK_THROWS_WITH(counts_of({{0, 'A'}}, 5, options, "always", "belady"),
                    Catch::Contains("leave --miss-latency out"));
}

}  // namespace detailed_test
