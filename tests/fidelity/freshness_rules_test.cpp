// What else stands between requests and an origin than a time to live, against figures derived
// here.
//
// One object, Poisson requests of rate L. Each rule makes a cycle from one fetch to the next; what
// a cycle holds on average follows from its length, since a Poisson stream forgets.

#include <cdnsim/base/math.hpp>
#include <tests/support/catch.hpp>

#include "laboratory.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace {

struct Shares {
  Measured origin, hits, stale, negative, misses, outdated;
};

Shares shares_of(double rate, const char* cache_control, double measured_s,
                 const std::function<void(Scenario&)>& change, double fetch_s = 0) {
  Laboratory lab;
  lab.cache_control = cache_control;
  lab.requests_per_second = rate;
  lab.warmup_s = 200;
  lab.measured_s = measured_s;
  lab.fetch_s = fetch_s;
  lab.change = change;
  const auto of = [](auto count) {
    return [count](const Result& r) { return share(count(r), r.requests.outcomes.requests); };
  };
  const auto found = lab.measure({
      origin_share,
      of([](const Result& r) { return r.requests.outcomes.hits; }),
      of([](const Result& r) { return r.requests.outcomes.stale_hits; }),
      of([](const Result& r) { return r.requests.outcomes.negative_hits; }),
      of([](const Result& r) { return r.requests.outcomes.misses; }),
      of([](const Result& r) { return r.tiers.at("edge").outdated; }),
  });
  return {found[0], found[1], found[2], found[3], found[4], found[5]};
}

}  // namespace

// A miss, and then hits for T: 1 + L T requests a cycle, of which one reaches the origin.
TEST_CASE("micro-caching a page that may not be stored leaves 1 / (1 + L T) of its requests") {
  for (const auto& [rate, ttl] : {std::pair{1.0, 1.0}, {20.0, 1.0}, {10.0, 5.0}}) {
    const Shares found = shares_of(rate, "no-store", 20'000 / rate + 2000, [&](Scenario& s) {
      s.caching.edge.micro_ttl = from_seconds(ttl);
    });
    const double expected = 1 / (1 + rate * ttl);
    INFO("L " << rate << ", T " << ttl << ": " << found.origin << ", expected " << expected);
    CHECK(found.origin.agrees_with(expected));
    CHECK(found.hits.agrees_with(1 - expected));
  }
}

// Fresh for T; the first request after that is served stale and refreshes, which takes D, and so
// is whoever comes meanwhile: L T hits and 1 + L D stale hits a cycle, and one fetch.
TEST_CASE("stale-while-revalidate: one fetch a cycle of T + 1/L + D, and nobody waits") {
  constexpr double kRate = 10, kTtl = 2, kFetch = 0.5;
  const Shares found = shares_of(kRate, "max-age=2, stale-while-revalidate=3600", 3000, {}, kFetch);
  const double cycle = 1 + kRate * (kTtl + kFetch);
  INFO(found.origin << ", " << found.stale);
  CHECK(found.origin.agrees_with(1 / cycle));
  CHECK(found.stale.agrees_with((1 + kRate * kFetch) / cycle));
  CHECK(found.hits.agrees_with(kRate * kTtl / cycle));
  CHECK(found.misses.mean() == 0);
}

// The first request in the last f T of a life refreshes, at (1 - f) T + 1/L on average; it comes
// too late, after T, with probability exp(-L f T), and is a miss then. No time for the fetch.
TEST_CASE("refresh ahead: cycles of (1 - f) T + 1/L, of which exp(-L f T) begin with a miss") {
  constexpr double kRate = 0.5, kTtl = 10, kAhead = 0.2;
  const Shares found = shares_of(kRate, "max-age=10", 100'000,
                                 [](Scenario& s) { s.caching.edge.refresh_ahead = Ratio{kAhead}; });
  const double fetches = 1 / (1 + kRate * (1 - kAhead) * kTtl);
  INFO(found.origin << ", " << found.misses);
  CHECK(found.origin.agrees_with(fetches));
  CHECK(found.misses.agrees_with(fetches * math::exp(-kRate * kAhead * kTtl)));
}

// As a time to live, but what is remembered is that there is nothing.
TEST_CASE("negative caching leaves 1 / (1 + L T) of the requests for what does not exist") {
  constexpr double kRate = 10, kTtl = 3;
  const Shares found = shares_of(kRate, "max-age=60", 4000, [](Scenario& s) {
    s.content["objects"].not_found = Ratio{1.0};
    s.caching.edge.not_found_ttl = from_seconds(kTtl);
  });
  INFO(found.origin << ", " << found.negative);
  CHECK(found.origin.agrees_with(1 / (1 + kRate * kTtl)));
  CHECK(found.negative.agrees_with(1 - 1 / (1 + kRate * kTtl)));
  CHECK(found.hits.mean() == 0);
}

// A hit at age a is outdated if the object changed in the a before it: with probability a / P when
// it changes every P >= T. Ages of hits are uniform up to T: T / 2P of the hits.
TEST_CASE("with an update every P, T / 2P of the hits of a copy that lives for T are outdated") {
  constexpr double kRate = 10, kTtl = 10, kPeriod = 37;
  const Shares found = shares_of(kRate, "max-age=10", 20'000, [](Scenario& s) {
    s.content["objects"].updates = from_seconds(kPeriod);
  });
  const double hits = kRate * kTtl / (1 + kRate * kTtl);
  INFO(found.outdated);
  CHECK(found.hits.agrees_with(hits));
  CHECK(found.outdated.agrees_with(hits * kTtl / (2 * kPeriod)));
}
