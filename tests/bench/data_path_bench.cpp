// The parts of a request's way through a PoP, one by one: owner on the ring, lookup in one of many
// caches with and without prefetching, joining a flight.

#include <cstdint>
#include <string>
#include <vector>

#include <benchmark/benchmark.h>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/data_path/hash_ring.hpp>
#include <cdnsim/data_path/token_bucket.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

#include "zipf_ids.hpp"

namespace {

using namespace cdnsim;

std::vector<RingMember> servers(std::int64_t count) {
  std::vector<RingMember> members;
  for (std::int64_t i = 0; i < count; ++i) members.push_back({"server-" + std::to_string(i)});
  return members;
}

void ring_owner(benchmark::State& state) {
  const HashRing ring(servers(state.range(0)), 160);
  std::uint64_t key = 0, sum = 0;
  for ([[maybe_unused]] const auto step : state) sum += ring.owner(++key);
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(ring_owner)->Arg(4)->Arg(24)->Arg(100)->Arg(400);

void ring_owner_one_down(benchmark::State& state) {
  HashRing ring(servers(state.range(0)), 160);
  ring.set_down(1, true);
  std::uint64_t key = 0, sum = 0;
  for ([[maybe_unused]] const auto step : state) sum += ring.owner(++key);
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(ring_owner_one_down)->Arg(24);

// One flight for `range` joins: its opening, the joins and the release, each divided among them.
void coalescer_join(benchmark::State& state) {
  Coalescer<std::uint64_t, SimClock> coalescer(8s);
  const auto joins = static_cast<std::uint64_t>(state.range(0));
  std::uint64_t key = 0, sum = 0;
  SimTime now = kTimeZero;
  for ([[maybe_unused]] const auto step : state) {
    now += 1us;
    FlightId flight;
    for (std::uint64_t i = 0; i < joins; ++i) flight = coalescer.join(key, i, now).flight;
    coalescer.complete(key, flight, [&](std::uint64_t waiter) { sum += waiter; });
    ++key;
  }
  benchmark::DoNotOptimize(sum);
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(coalescer_join)->Arg(1)->Arg(4)->Arg(64);

// A thousand flights under way, whose answers come in the order in which they were asked for.
void coalescer_many_flights(benchmark::State& state) {
  Coalescer<std::uint64_t, SimClock> coalescer(8s);
  constexpr std::uint64_t kOpen = 1000;
  std::vector<FlightId> flights(kOpen);
  std::uint64_t step_number = 0, sum = 0;
  for ([[maybe_unused]] const auto step : state) {
    const SimTime now = kTimeZero + std::chrono::microseconds(++step_number);
    FlightId& flight = flights[step_number % kOpen];
    const auto note = [&](std::uint64_t waiter) { sum += waiter; };
    coalescer.expire(now, note);
    coalescer.complete(mix64(step_number - kOpen), flight, note);
    flight = coalescer.join(mix64(step_number), step_number, now).flight;
  }
  benchmark::DoNotOptimize(sum);
}
BENCHMARK(coalescer_many_flights);

void token_bucket_take(benchmark::State& state) {
  TokenBucket<SimClock> bucket(Rate(1e6), 1000);
  SimTime now = kTimeZero;
  std::int64_t taken = 0;
  for ([[maybe_unused]] const auto step : state) taken += bucket.take(now += 700ns);
  benchmark::DoNotOptimize(taken);
}
BENCHMARK(token_bucket_take);

// Requests to many caches, as a run of a whole CDN has them: a batch of 64 to one cache, then the
// next. range(0) caches of range(1) objects; range(2) = 1 prefetches, a batch's line by line.
void many_caches(benchmark::State& state) {
  const auto count = static_cast<std::size_t>(state.range(0));
  std::vector<Cache<Lru, SimClock>> caches;
  for (std::size_t i = 0; i < count; ++i) caches.emplace_back(Bytes(state.range(1)));
  const std::vector<std::uint64_t> ids = bench::zipf_ids(8'000'000);
  constexpr std::size_t kBatch = 64;
  std::size_t at = 0, which = 0;
  std::int64_t misses = 0;
  const auto batch = [&] {
    Cache<Lru, SimClock>& cache = caches[which = (which + 1) % count];
    const std::uint64_t* keys = ids.data() + at;
    if (state.range(2) != 0) {
      for (std::size_t i = 0; i < kBatch; ++i) cache.prefetch(keys[i]);
      for (std::size_t i = 0; i < kBatch; ++i) cache.prefetch_copy(keys[i]);
    }
    for (std::size_t i = 0; i < kBatch; ++i) {
      const SimTime now = kTimeZero + 1ns;
      if (cache.find(keys[i], now).state != Lookup::absent) continue;
      cache.insert(keys[i], Bytes(1), 0, {now, now + 1h, now}, now);
      ++misses;
    }
    at = (at + kBatch) % (ids.size() - kBatch);
  };
  for (int warmup = 0; warmup < state.range(0) * state.range(1) / 16; ++warmup) batch();
  for ([[maybe_unused]] const auto step : state) batch();
  benchmark::DoNotOptimize(misses);
  state.SetItemsProcessed(state.iterations() * static_cast<std::int64_t>(kBatch));
}
BENCHMARK(many_caches)
    ->Args({1, 10'000, 0})
    ->Args({1, 10'000, 1})
    ->Args({200, 20'000, 0})
    ->Args({200, 20'000, 1})
    ->Args({40, 100'000, 0})
    ->Args({40, 100'000, 1});

}  // namespace

BENCHMARK_MAIN();
