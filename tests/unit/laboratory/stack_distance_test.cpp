// Stack distances: by hand, and of slow models that walk a list; the curve of LRU is its caches'.

#include <algorithm>
#include <list>
#include <utility>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/laboratory/miss_ratio_curve.hpp>
#include <cdnsim/laboratory/stack_distance.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <tests/support/rapidcheck.hpp>

#include "listed_trace.hpp"

namespace stack_distance_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Objects by their last request, latest first.
class ListModel {
 public:
  std::int64_t ask(std::uint64_t id, std::int64_t weight) {
    std::int64_t sum = 0;
    for (auto it = list_.begin(); it != list_.end(); ++it) {
      sum += it->second;
      if (it->first != id) continue;
      list_.splice(list_.begin(), list_, it);
      return sum;
    }
    list_.emplace_front(id, weight);
    return StackDistance<CountedPlaces>::kNever;
  }

 private:
  std::list<std::pair<std::uint64_t, std::int64_t>> list_;
};

// Each object has one size, between 1 and 20.
std::int64_t size_of(std::uint64_t id) { return 1 + static_cast<std::int64_t>(mix64(id) % 20); }

std::vector<std::uint64_t> ids() {
  const auto objects = *rc::gen::inRange<std::uint64_t>(1, 60);
  return *rc::gen::container<std::vector<std::uint64_t>>(
      rc::gen::resize(400, rc::gen::inRange<std::uint64_t>(0, objects)));
}

std::vector<TraceRequest> requests_of(const std::vector<std::uint64_t>& ids) {
  std::vector<TraceRequest> requests;
  for (const std::uint64_t id : ids) requests.push_back({.id = id, .bytes = size_of(id)});
  return requests;
}

// As `miss_ratio_curve()` finds them, for LRU at every size from 1 to `most`.
std::vector<CurvePoint> curve_of(const std::vector<TraceRequest>& requests, std::int64_t most,
                                 const CurveOptions& options) {
  std::vector<LabCacheSpec> caches;
  for (std::int64_t size = most; size >= 1; --size) {
    caches.push_back({*parse<PolicyText>("lru").value, size});
  }
  ListedTrace first(requests), second(requests);
  const CurveExtent extent = look_through(first, options);
  return miss_ratio_curve(second, caches, extent, options);
}

void is_what_caches_count(const std::vector<TraceRequest>& requests, const CurvePoint& point,
                          const CurveOptions& options) {
  Cache<Lru> cache{Bytes(point.spec.size)};
  std::uint64_t misses = 0, counted = 0;
  std::int64_t miss_bytes = 0, all_bytes = 0;
  for (std::size_t i = 0; i < requests.size(); ++i) {
    const std::int64_t bytes = options.ignore_sizes ? 1 : requests[i].bytes;
    const bool hit = cache.request(requests[i].id, Bytes(bytes));
    if (i < options.warmup) continue;
    ++counted;
    all_bytes += bytes;
    misses += !hit;
    if (!hit) miss_bytes += bytes;
  }
  RC_ASSERT(point.counts.requests == counted);
  RC_ASSERT(point.counts.bytes == all_bytes);
  RC_ASSERT(point.counts.misses == misses);
  RC_ASSERT(point.counts.miss_bytes == miss_bytes);
  RC_ASSERT(point.error == 0.0);
  RC_ASSERT(!point.few_objects);
}

TEST_CASE("stack distances of a short row, by hand") {
  constexpr std::int64_t kNever = StackDistance<CountedPlaces>::kNever;
  // a b c a a b: between the first two a lie b and c; b was followed by c and a.
  StackDistance<CountedPlaces> counted;
  StackDistance<WeighedPlaces> weighed;
  const std::vector<std::pair<std::uint64_t, std::int64_t>> asked = {{1, 10}, {2, 200}, {3, 3000},
                                                                     {1, 10}, {1, 10},  {2, 200}};
  std::vector<std::int64_t> objects, bytes;
  for (const auto& [id, weight] : asked) {
    objects.push_back(counted.ask(id, weight));
    bytes.push_back(weighed.ask(id, weight));
  }
  CHECK(objects == std::vector<std::int64_t>{kNever, kNever, kNever, 3, 1, 3});
  CHECK(bytes == std::vector<std::int64_t>{kNever, kNever, kNever, 3210, 10, 3210});
  CHECK(counted.objects() == 3);
}

TEST_CASE("stack distances are a list's, while places run out and objects close ranks") {
  // 2,000 objects in the first places, 5,000 later: both the same room again and more of it.
  StackDistance<CountedPlaces> counted;
  StackDistance<WeighedPlaces> weighed;
  ListModel ones, sizes;
  bool all_equal = true;
  for (std::uint64_t i = 0; i < 40'000; ++i) {
    const std::uint64_t random = mix64(i);
    const std::uint64_t id = random % (1 + (random >> 32) % (i < 20'000 ? 2000 : 5000));
    all_equal = all_equal && counted.ask(id, 1) == ones.ask(id, 1) &&
                weighed.ask(id, size_of(id)) == sizes.ask(id, size_of(id));
  }
  CHECK(all_equal);
}

TEST_CASE("the curve of LRU is what a cache of each size counts") {
  rc::prop("every object counts 1", [] {
    const std::vector<TraceRequest> requests = requests_of(ids());
    CurveOptions options;
    options.ignore_sizes = true;
    options.warmup = *rc::gen::inRange<std::uint64_t>(0, 100);
    const std::vector<CurvePoint> points = curve_of(requests, 62, options);
    for (const CurvePoint& point : points) is_what_caches_count(requests, point, options);
    for (std::size_t i = 1; i < points.size(); ++i) {  // sizes fall
      RC_ASSERT(points[i].counts.misses >= points[i - 1].counts.misses);
    }
  });
  rc::prop("with sizes, from less than the largest object to more than all", [] {
    const std::vector<TraceRequest> requests = requests_of(ids());
    CurveOptions options;
    options.warmup = *rc::gen::inRange<std::uint64_t>(0, 100);
    for (const CurvePoint& point : curve_of(requests, 300, options)) {
      is_what_caches_count(requests, point, options);
    }
  });
  rc::prop("with sizes that change", [] {
    std::vector<TraceRequest> requests = requests_of(ids());
    for (TraceRequest& request : requests) request.bytes += *rc::gen::inRange<std::int64_t>(0, 3);
    for (const CurvePoint& point : curve_of(requests, 100, {})) {
      is_what_caches_count(requests, point, {});
    }
  });
}

}  // namespace stack_distance_test
