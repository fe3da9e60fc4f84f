// Objects that are asked for in ranges, kept by segments or as a whole: runs against what follows
// from the arrivals by hand.

#include <algorithm>
#include <map>
#include <set>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace ranges_run_test {

using namespace cdnsim;
using namespace cdnsim::test;

// Objects of 9,500 bytes in nine segments of 1,000 and one of 500.
Scenario videos(RangeCaching cache, double per_second, bool shield = false) {
  Scenario s = small_scenario(1, shield);
  s.duration = 20s;
  add_content(s, "videos", 20, 0, "max-age=3600");
  ContentSpec& spec = s.content.at("videos");
  spec.size.law = FixedSize{Bytes{9500}};
  spec.ranges.emplace();
  spec.ranges->segment = Bytes{1000};
  spec.ranges->cache = cache;
  add_steady(s, "base", per_second, "videos");
  return s;
}

std::uint64_t bytes_of(std::uint32_t segment) { return segment == 9 ? 500 : 1000; }

struct Wish {
  SimTime at{};
  std::uint32_t object = 0;
  std::uint32_t segment = 0;
};

// What is asked for, read out of the arrivals of a class that is kept as a whole.
std::vector<Wish> wishes_of(const Scenario& whole) {
  const auto plan = assembly::make_plan(whole);
  std::vector<Wish> wishes;
  std::vector<Arrival> drawn;
  for (std::int64_t slot = 0; slot * whole.slot < whole.duration; ++slot) {
    const LabelledCell cell{0, 0};
    plan->demand->append_arrivals(0, {&cell, 1}, slot, drawn);
  }
  for (const Arrival& a : drawn) {
    if (a.at() >= SimTime{whole.duration}) continue;
    wishes.push_back({a.at(), plan->catalogue[0].object_of(a.key), a.object});
  }
  return wishes;
}

SCENARIO("ranges of objects that are asked for now and then, and often") {
  // Each object is asked for twice or so, or for every segment of it many times.
  const double rate = GENERATE(2.0, 500.0);
  const Scenario by_segment = videos(RangeCaching::segments, rate);
  const Scenario as_whole = videos(RangeCaching::whole, rate);
  std::set<std::pair<std::uint32_t, std::uint32_t>> segments;
  std::set<std::uint32_t> objects;
  std::uint64_t segment_bytes = 0, client_bytes = 0;
  const std::vector<Wish> wishes = wishes_of(as_whole);
  for (const Wish& wish : wishes) {
    client_bytes += bytes_of(wish.segment);
    objects.insert(wish.object);
    if (segments.emplace(wish.object, wish.segment).second) {
      segment_bytes += bytes_of(wish.segment);
    }
  }
  const Result parts = run(by_segment).result;
  const Result whole = run(as_whole).result;
  REQUIRE(parts.requests.in_flight == 0);
  REQUIRE(whole.requests.in_flight == 0);
  THEN("users get the same bytes either way") {
    CHECK(parts.requests.outcomes.requests == wishes.size());
    CHECK(whole.requests.outcomes.requests == wishes.size());
    CHECK(parts.tiers.at("edge").bytes_served == client_bytes);
    CHECK(whole.tiers.at("edge").bytes_served == client_bytes);
  }
  THEN("the origin sends each segment that somebody wants, or all of each object") {
    CHECK(parts.origin.requests == segments.size());
    CHECK(parts.origin.bytes == segment_bytes);
    CHECK(parts.nodes.at(0).bytes_held == segment_bytes);
    CHECK(whole.origin.requests == objects.size());
    CHECK(whole.origin.bytes == 9500 * objects.size());
    CHECK(whole.nodes.at(0).bytes_held == 9500 * objects.size());
  }
  if (rate > 100) {
    THEN("in the end both hold everything, by ten requests or by one for each object") {
      CHECK(segments.size() == 200);
      CHECK(parts.origin.bytes == whole.origin.bytes);
      CHECK(parts.tiers.at("edge").miss_causes.first_request == 200);
    }
  } else {
    THEN("what nobody wants makes most of what is fetched as a whole") {
      CHECK(whole.origin.bytes > 4 * parts.origin.bytes);
    }
  }
}

TEST_CASE("a fetch of a segment is waited for by those who want that segment") {
  Scenario by_segment = videos(RangeCaching::segments, 100);
  by_segment.content.at("videos").objects = 1;
  by_segment.network.origins.at("origin").service_time = 3s;
  Scenario as_whole = by_segment;
  as_whole.content.at("videos").ranges->cache = RangeCaching::whole;
  for (Scenario* s : {&by_segment, &as_whole}) s->duration = 3s;
  const std::uint64_t requests = wishes_of(as_whole).size();
  REQUIRE(requests > 200);
  const Result parts = run(by_segment).result;
  CHECK(parts.origin.requests == 10);
  CHECK(parts.requests.outcomes.misses == 10);
  CHECK(parts.requests.outcomes.delayed_hits == requests - 10);
  const Result whole = run(as_whole).result;
  CHECK(whole.origin.requests == 1);
  CHECK(whole.requests.outcomes.misses == 1);
  CHECK(whole.requests.outcomes.delayed_hits == requests - 1);
}

TEST_CASE("a range of what is still coming in is there when all before it is") {
  // 9.5 MB over 76 Mbit/s take a second: between nodes connections are warm.
  constexpr double kFirstByte = 30 + 60 + 0.02, kAll = 1000;
  for (const std::uint64_t seed : {1, 2, 3, 4, 5, 6, 7, 8}) {
    Scenario s = videos(RangeCaching::whole, 0.1);
    s.seed = seed;
    s.network.client_networks.at("isp0").new_connections = Ratio{0.0};
    s.content.at("videos").size.law = FixedSize{Bytes{9'500'000}};
    s.content.at("videos").ranges->segment = Bytes{1'000'000};
    s.network.links.at("pop0-origin").capacity = 76_Mbps;
    const std::vector<Wish> wishes = wishes_of(s);
    if (wishes.size() != 1 || wishes[0].at > SimTime{15s}) continue;
    CAPTURE(seed, wishes[0].segment);
    const double before = wishes[0].segment * 1e6 / 9.5e6;
    const Result result = run(s).result;
    CHECK(result.latency.all.ttfb.max == Approx(kFirstByte + before * kAll).epsilon(0.005));
    CHECK(result.tiers.at("edge").bytes_served == (wishes[0].segment == 9 ? 500'000 : 1'000'000));
    return;
  }
  FAIL("no seed with one request");
}

TEST_CASE("ranges pass a shield, on any number of threads") {
  const RangeCaching cache = GENERATE(RangeCaching::segments, RangeCaching::whole);
  Scenario s = videos(cache, 300, true);
  s.content.at("videos").ranges->from.zipf_exponent = 0.8;
  s.content.at("videos").asked.emplace();
  s.content.at("videos").asked->parameters["quality"] = ParameterSpec{2, false, Ratio{1.0}};
  const Result one = run(s).result;
  const Result three = run(s, RunOptions{3}).result;
  CHECK(one.origin.requests == (cache == RangeCaching::whole ? 40 : 400));
  CHECK(one.origin.bytes == 2 * 20 * 9500);
  CHECK(one.tiers.at("shield").outcomes.misses == one.origin.requests);
  CHECK(one.digest == three.digest);
}

TEST_CASE("the first seconds of a video lie on the SSD, the others on the HDD") {
  Scenario s = videos(RangeCaching::segments, 500);
  s.content.at("videos").ranges->lasts = 4s;
  TierSpec& tier = s.caching.edge;
  tier.memory = Bytes{1000};  // one segment
  tier.storage.ssd = Bytes{1'000'000};
  tier.storage.hdd = Bytes{1'000'000};
  tier.storage.hdd_device = tier.storage.ssd_device;  // never too busy
  tier.storage.promote = 100;
  const auto held = [&](const char* level) {
    return run(s).result.nodes.at(0).storage.at(level).objects_held;
  };
  CHECK(held("ssd") >= 199);
  CHECK(held("hdd") == 0);
  tier.storage.ssd_head = 8s;  // segments 0 and 1
  CHECK(held("ssd") >= 39);
  CHECK(held("ssd") <= 40);
  CHECK(held("hdd") >= 159);
  CHECK(held("hdd") <= 160);
}

TEST_CASE("a range of an object on a disk takes the time of its own bytes") {
  Scenario s = videos(RangeCaching::whole, 60);  // 60 times each object
  TierSpec& tier = s.caching.edge;
  tier.memory = Bytes{9500};  // one object
  tier.storage.hdd = Bytes{1'000'000};
  tier.storage.hdd_device = DeviceSpec{Duration{0}, 1, 8_Gbps, 8_Gbps};
  tier.storage.promote = 100;
  const Result result = run(s).result;
  const StorageResult& hdd = result.nodes.at(0).storage.at("hdd");
  REQUIRE(hdd.hits > 900);
  // Each hit there reads its range, of 950 bytes in the mean; nothing goes up.
  CHECK(hdd.promotions == 0);
  CHECK(static_cast<double>(hdd.bytes_read) / static_cast<double>(hdd.reads) ==
        Approx(950).margin(20));
}

}  // namespace ranges_run_test
