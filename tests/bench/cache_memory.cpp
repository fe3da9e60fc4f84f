// Bytes a cached object, all included: how much the peak of resident memory grows while a cache
// takes in so many objects, each policy in a process of its own.
//   bench_cache_memory [objects=10000000 12000000 16000000]

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

namespace {

using namespace cdnsim;

std::int64_t peak_resident_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return std::int64_t{usage.ru_maxrss} * 1024;
}

// Three times as many objects as fit, each as popular as the next, and four requests for each copy
// that fits: the cache is full and has replaced its copies, and ghosts are full and are asked for.
std::uint64_t key_at(std::uint64_t request, std::uint64_t objects) {
  return mix64(mix64(request) % (3 * objects));
}

template <class Policy>
void fill(Cache<Policy>& cache, std::uint64_t objects) {
  for (std::uint64_t i = 0; i < 4 * objects; ++i) cache.request(key_at(i, objects), 1_B);
}
template <class Policy>
void fill(Cache<Policy, SimClock>& cache, std::uint64_t objects) {
  for (std::uint64_t i = 0; i < 4 * objects; ++i) {
    const SimTime now = kTimeZero + std::chrono::microseconds(i);
    const std::uint64_t key = key_at(i, objects);
    if (cache.find(key, now).state != Lookup::absent) continue;
    cache.insert(key, 1_B, 1, {now, now + 1h, now + 100us}, now);
  }
}

template <class Policy, class Clock>
void report(std::uint64_t objects) {
  const pid_t child = fork();
  if (child == 0) {
    const std::int64_t before = peak_resident_bytes();
    Cache<Policy, Clock> cache(Bytes(static_cast<std::int64_t>(objects)));
    fill(cache, objects);
    const auto grown = static_cast<double>(peak_resident_bytes() - before);
    const auto held = static_cast<double>(cache.counters().copies);
    std::printf("%-10s  %-8s  %10.0f  %6.1f\n", std::string(Policy::kName).c_str(),
                cache.kHasClock ? "clock" : "no clock", held, grown / held);
    std::fflush(stdout);
    _exit(0);
  }
  waitpid(child, nullptr, 0);
}

template <class... Policies>
void report_all(PolicyList<Policies...>, std::uint64_t objects) {
  (report<Policies, NoClock>(objects), ...);
  (report<Policies, SimClock>(objects), ...);
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::uint64_t> sizes;
  for (int i = 1; i < argc; ++i) sizes.push_back(std::strtoull(argv[i], nullptr, 10));
  if (sizes.empty()) sizes = {10'000'000, 12'000'000, 16'000'000};
  std::printf("policy      form         objects  bytes/object\n");
  std::fflush(stdout);
  for (const std::uint64_t objects : sizes) report_all(CachePolicies{}, objects);
}
