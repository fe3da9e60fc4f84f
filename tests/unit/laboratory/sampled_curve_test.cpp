// Curves from a sample: which objects are in it, what is counted, and whether the stated error is
// true, by theory and against exact curves.

#include <cmath>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/laboratory/miss_ratio_curve.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

#include "listed_trace.hpp"

namespace sampled_curve_test {

using namespace cdnsim;
using namespace cdnsim::test;

std::vector<TraceRequest> all_of(TraceReader& trace) {
  std::vector<TraceRequest> requests, block(4096);
  while (const std::size_t count = trace.read(block)) {
    requests.insert(requests.end(), block.begin(),
                    block.begin() + static_cast<std::int64_t>(count));
  }
  return requests;
}

std::vector<TraceRequest> zipf(std::uint64_t requests, std::uint64_t objects, double exponent) {
  TraceLaws laws;
  laws.requests = requests;
  laws.objects = objects;
  laws.exponent = exponent;
  GeneratedTrace trace(laws);
  return all_of(trace);
}

std::vector<LabCacheSpec> caches_of(const std::vector<const char*>& policies,
                                    const std::vector<double>& sizes) {
  std::vector<LabCacheSpec> caches;
  for (const char* policy : policies) {
    for (const double size : sizes) {
      caches.push_back({*parse<PolicyText>(policy).value, static_cast<std::int64_t>(size)});
    }
  }
  return caches;
}

std::vector<CurvePoint> curve(const std::vector<TraceRequest>& requests,
                              const std::vector<LabCacheSpec>& caches,
                              const CurveOptions& options) {
  ListedTrace first(requests), second(requests);
  const CurveExtent extent = look_through(first, options);
  return miss_ratio_curve(second, caches, extent, options);
}

// What became of the points that are not marked as few, over all samples.
struct Held {
  int within = 0, of = 0, bytes_within = 0;
  double share() const { return static_cast<double>(within) / of; }
  double byte_share() const { return static_cast<double>(bytes_within) / of; }
};

Held held(const std::vector<TraceRequest>& requests, const std::vector<LabCacheSpec>& caches,
          CurveOptions options, double share, std::uint64_t samples) {
  const std::vector<CurvePoint> exact = curve(requests, caches, options);
  Held held;
  for (std::uint64_t seed = 0; seed < samples; ++seed) {
    options.sample = ObjectSample(share, seed);
    const std::vector<CurvePoint> points = curve(requests, caches, options);
    for (std::size_t i = 0; i < points.size(); ++i) {
      if (points[i].few_objects) continue;
      ++held.of;
      held.within += std::fabs(points[i].miss_ratio - exact[i].miss_ratio) <= points[i].error;
      held.bytes_within +=
          std::fabs(points[i].byte_miss_ratio - exact[i].byte_miss_ratio) <= points[i].byte_error;
    }
  }
  return held;
}

// The standard deviation of the estimate for an LRU of `size` objects on independent requests. By
// Che's approximation object i is absent with probability exp(-p T), where T is such that `size`
// are there. A sample takes object i with probability R; if it does, it brings p exp(-p T) misses,
// and takes room from the others: their T shrinks by its share (1 - exp(-p T)) / sum(p exp(-p T)),
// which costs sum(p^2 exp(-p T)) misses for each unit. The requests themselves are counted by
// chance too: the variance of as many misses as there are.
double theory(std::size_t objects, double exponent, double size, double share, double requests) {
  std::vector<double> p(objects);
  double sum = 0;
  for (std::size_t i = 0; i < objects; ++i) {
    p[i] = math::pow(static_cast<double>(i + 1), -exponent);
    sum += p[i];
  }
  for (double& one : p) one /= sum;
  double low = 0, high = 1e9;
  while (high - low > 1e-6 * high) {
    const double t = (low + high) / 2;
    double there = 0;
    for (const double one : p) there += 1 - math::exp(-one * t);
    (there < size ? low : high) = t;
  }
  double misses = 0, slope = 0;
  for (const double one : p) misses += one * math::exp(-one * low);
  for (const double one : p) slope += one * one * math::exp(-one * low);
  double squares = 0;
  for (const double one : p) {
    const double absent = math::exp(-one * low);
    const double costs = one * absent + slope / misses * (1 - absent);
    squares += costs * costs;
  }
  return std::sqrt((1 - share) / share * (squares + misses / requests));
}

TEST_CASE("a sample takes its share of the objects, in groups alike, small ones within large") {
  const ObjectSample tenth(0.1), hundredth(0.01), other(0.1, 1);
  int in_tenth = 0, in_both_tenths = 0, in_hundredth = 0;
  std::vector<int> groups(ObjectSample::kGroups);
  bool nested = true;
  for (std::uint64_t id = 0; id < 1'000'000; ++id) {
    const std::uint64_t hash = tenth.hash(id);
    in_hundredth += hundredth.holds(hash);
    nested = nested && (tenth.holds(hash) || !hundredth.holds(hash));
    if (!tenth.holds(hash)) continue;
    ++in_tenth;
    ++groups[tenth.group(hash)];
    in_both_tenths += other.holds(other.hash(id));
  }
  // Means and standard deviations: 100,000 and 300, 10,000 and 99.5; five of them may be.
  CHECK(std::abs(in_tenth - 100'000) < 1500);
  CHECK(std::abs(in_hundredth - 10'000) < 500);
  CHECK(std::abs(in_both_tenths - 10'000) < 500);
  for (const int group : groups) CHECK(std::abs(group - 10'000) < 500);
  CHECK(nested);
  CHECK(ObjectSample().is_all());
  CHECK(ObjectSample(1.0).is_all());
  CHECK_FALSE(ObjectSample(0.999'999).is_all());
}

TEST_CASE("the estimate is the sampled requests' misses in a cache scaled down, scaled up") {
  std::vector<TraceRequest> requests = zipf(50'000, 2000, 0.9);
  std::vector<std::int64_t> next(2000, TraceRequest::kNever);
  for (std::size_t i = requests.size(); i-- > 0;) {
    requests[i].bytes = 1 + static_cast<std::int64_t>(mix64(requests[i].id) % 9);
    requests[i].next = std::exchange(next[requests[i].id], static_cast<std::int64_t>(i + 1));
  }
  const double share = 0.25;
  const ObjectSample sample(share, 3);
  // The sample as a trace of its own: next requests are counted anew.
  std::vector<TraceRequest> sampled;
  for (const TraceRequest& request : requests) {
    if (sample.holds(sample.hash(request.id))) sampled.push_back(request);
  }
  std::fill(next.begin(), next.end(), TraceRequest::kNever);
  for (std::size_t i = sampled.size(); i-- > 0;) {
    sampled[i].next = std::exchange(next[sampled[i].id], static_cast<std::int64_t>(i + 1));
  }
  const std::vector<const char*> policies = {"lru", "s3fifo", "belady", "lfu"};
  CurveOptions options;
  options.sample = sample;
  const auto points = curve(requests, caches_of(policies, {400, 2400}), options);
  ListedTrace trace(sampled);
  const auto counts = play(trace, caches_of(policies, {100, 600}), {});
  for (std::size_t i = 0; i < points.size(); ++i) {
    CAPTURE(i);
    CHECK(points[i].counts.requests == 50'000);
    CHECK(points[i].counts.misses == 4 * counts[i].misses);
    CHECK(points[i].counts.miss_bytes == 4 * counts[i].miss_bytes);
    CHECK(points[i].miss_ratio == Approx(4 * static_cast<double>(counts[i].misses) / 50'000));
    CHECK(points[i].error > 0);
    CHECK(points[i].few_objects == (i % 2 == 0));  // 100 and 600 bytes of about 5 each
  }
}

TEST_CASE("the error is Student's interval over the groups, less what was left to no chance") {
  // Each object once: all miss, and a group's misses are its objects.
  std::vector<TraceRequest> requests(3000);
  for (std::size_t i = 0; i < requests.size(); ++i) requests[i] = {.id = i, .bytes = 1};
  CurveOptions options;
  options.sample = ObjectSample(0.5, 7);
  options.warmup = 1000;
  std::vector<double> misses(10);
  double mean = 0, squares = 0;
  for (std::uint64_t id = 1000; id < 3000; ++id) {
    const std::uint64_t hash = options.sample.hash(id);
    if (options.sample.holds(hash)) ++misses[options.sample.group(hash)];
  }
  for (const double one : misses) mean += one / 10;
  for (const double one : misses) squares += (one - mean) * (one - mean);
  // Each group estimates from a twentieth of 2,000. t(0.975, 9) = 2.262.
  const double error = 2.262 * std::sqrt(squares / 9) / 100 / std::sqrt(10) * std::sqrt(0.5);
  for (const auto& point : curve(requests, caches_of({"lru", "fifo"}, {300}), options)) {
    CHECK(point.miss_ratio == Approx(std::min(10 * mean / 1000, 1.0)));
    CHECK(point.error == Approx(error).epsilon(1e-3));
    CHECK(point.byte_error == Approx(error).epsilon(1e-3));
    CHECK(point.counts.requests == 2000);
  }
}

TEST_CASE("a sample's error for LRU is what theory expects of independent requests") {
  constexpr std::size_t kObjects = 30'000;
  constexpr std::uint64_t kRequests = 400'000, kSamples = 30;
  const std::vector<double> sizes = {1000, 2000, 5000, 10'000};
  const auto requests = zipf(kRequests, kObjects, 0.8);
  const auto caches = caches_of({"lru"}, sizes);
  CurveOptions options;
  options.ignore_sizes = true;
  options.warmup = 100'000;
  const auto exact = curve(requests, caches, options);
  std::vector<double> apart(sizes.size()), stated(sizes.size());
  for (std::uint64_t seed = 0; seed < kSamples; ++seed) {
    options.sample = ObjectSample(0.1, seed);
    const auto points = curve(requests, caches, options);
    for (std::size_t i = 0; i < sizes.size(); ++i) {
      apart[i] += std::fabs(points[i].miss_ratio - exact[i].miss_ratio) / kSamples;
      stated[i] += points[i].error / kSamples;
    }
  }
  // A normal variable is off by sqrt(2 / pi) of its deviation on average; over 30 samples that mean
  // itself varies by 14 %. The stated half-width is t = 2.26 deviations, of which ten groups tell
  // 0.97 on average, varying by 4 % over the samples.
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const double deviation = theory(kObjects, 0.8, sizes[i], 0.1, 300'000);
    CAPTURE(sizes[i], deviation);
    CHECK(apart[i] / (0.798 * deviation) > 0.65);
    CHECK(apart[i] / (0.798 * deviation) < 1.35);
    CHECK(stated[i] / (2.26 * deviation) > 0.85);
    CHECK(stated[i] / (2.26 * deviation) < 1.2);
  }
}

TEST_CASE("nearly all exact values of Zipf traces lie within the stated error") {
  const auto caches = caches_of({"lru", "fifo", "sieve", "s3fifo", "lfu"}, {1000, 3000, 8000});
  CurveOptions options;
  options.ignore_sizes = true;
  options.threads = 2;
  // 95 % are meant to; points of one sample fall together, so 30 samples tell 95 +- 4 %.
  for (const double exponent : {0.7, 1.0}) {
    const Held held =
        sampled_curve_test::held(zipf(300'000, 30'000, exponent), caches, options, 0.1, 30);
    CAPTURE(exponent, held.within);
    REQUIRE(held.of == 450);
    CHECK(held.share() >= 0.85);
  }
}

TEST_CASE("nearly all exact values of cloudPhysicsIO lie within the stated error", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  const std::string path = (*folder / "traces/cloudPhysicsIO.oracleGeneral.bin").string();
  const auto requests = all_of(*open_trace(path));
  const std::vector<const char*> policies = {"lru", "fifo", "sieve", "s3fifo", "belady"};
  CurveOptions options;
  options.threads = 2;
  // 48,974 objects, 2.03 GB: from about 100 objects in the sample's cache to half of all.
  const Held sized =
      held(requests, caches_of(policies, {50e6, 100e6, 300e6, 1e9}), options, 0.1, 8);
  REQUIRE(sized.of == 160);
  CHECK(sized.share() >= 0.85);
  CHECK(sized.byte_share() >= 0.85);
  options.ignore_sizes = true;
  const Held counted =
      held(requests, caches_of(policies, {1000, 3000, 8000, 25e3}), options, 0.1, 8);
  REQUIRE(counted.of == 160);
  CHECK(counted.share() >= 0.85);
}

TEST_CASE("threads change no point of a curve") {
  const auto requests = zipf(60'000, 5000, 0.9);
  const auto caches = caches_of({"lru", "sieve"}, {50, 500, 2000});
  for (const double share : {1.0, 0.2}) {
    CurveOptions options;
    options.sample = ObjectSample(share);
    const auto alone = curve(requests, caches, options);
    options.threads = 3;
    const auto together = curve(requests, caches, options);
    for (std::size_t i = 0; i < caches.size(); ++i) {
      CHECK(together[i].miss_ratio == alone[i].miss_ratio);
      CHECK(together[i].counts.miss_bytes == alone[i].counts.miss_bytes);
      CHECK(together[i].error == alone[i].error);
    }
  }
}

}  // namespace sampled_curve_test
