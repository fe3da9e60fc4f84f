// The figures of PLACEMENT.md: memory, time of a look-up, spread and what moves, with 100 servers.
//   bench_placement_figures

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <new>
#include <string>
#include <vector>

#include <malloc.h>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/placement.hpp>

namespace {

std::size_t allocated_bytes = 0;  // in use

}  // namespace

[[gnu::noinline]] void* operator new(std::size_t size) {
  void* block = std::malloc(size);
  if (block == nullptr) throw std::bad_alloc();
  allocated_bytes += malloc_usable_size(block);
  return block;
}
[[gnu::noinline]] void operator delete(void* block) noexcept {
  allocated_bytes -= malloc_usable_size(block);
  std::free(block);
}
[[gnu::noinline]] void operator delete(void* block, std::size_t) noexcept {
  operator delete(block);
}

namespace {

using namespace cdnsim;

constexpr std::uint32_t kServers = 100;
constexpr std::uint64_t kKeys = 2'000'000;
constexpr int kRuns = 10;  // each with names of its own

std::vector<RingMember> servers(int run) {
  std::vector<RingMember> members;
  for (std::uint32_t i = 0; i < kServers; ++i) {
    members.push_back({"run-" + std::to_string(run) + "-server-" + std::to_string(i)});
  }
  return members;
}

struct Shares {
  double most = 0, least = 0, moved = 0, unneeded = 0;
};

template <class Family>
Shares measure_shares(const Family& whole) {
  Family fewer = whole;
  fewer.set_down(42, true);
  std::vector<double> loads(kServers, 0);
  Shares shares;
  for (std::uint64_t key = 0; key < kKeys; ++key) {
    const std::uint32_t owner = whole.owner(key);
    loads[owner] += double{kServers} / kKeys;
    if (owner == fewer.owner(key)) continue;
    shares.moved += 1.0 / kKeys;
    if (owner != 42) shares.unneeded += 1.0 / kKeys;
  }
  shares.most = *std::max_element(loads.begin(), loads.end());
  shares.least = *std::min_element(loads.begin(), loads.end());
  return shares;
}

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

// In nanoseconds a key. The best of many rounds, each too short to be interrupted often.
template <class Family>
double look_up_time(Family family) {
  constexpr std::uint64_t kBatch = 2'000;
  std::uint64_t sum = 0;
  double best = 1;
  for (std::uint64_t round = 0; round < 500; ++round) {
    const auto start = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < kBatch; ++i) sum += assign(family, mix64(round * kBatch + i));
    best = std::min(best, seconds_since(start));
  }
  if (sum == 1) std::puts("");  // so that the look-ups are not left out
  return best * 1e9 / kBatch;
}

template <class Family>
double fail_time(Family family) {
  double best = 1;
  for (int round = 0; round < 20; ++round) {
    const auto start = std::chrono::steady_clock::now();
    family.set_down(42, true);
    best = std::min(best, seconds_since(start));
    family.set_down(42, false);
  }
  return best * 1e6;
}

void report(const std::string& text) {
  const PolicyText policy = *parse<PolicyText>(text).value;
  Shares mean;
  for (int run = 0; run < kRuns; ++run) {
    const Placement placement = *make_placement(policy, servers(run)).value;
    const Shares s = std::visit([](const auto& p) { return measure_shares(p); }, placement);
    mean.most += s.most / kRuns;
    mean.least += s.least / kRuns;
    mean.moved += s.moved / kRuns;
    mean.unneeded += s.unneeded / kRuns;
  }
  const std::vector<RingMember> members = servers(0);
  const std::size_t before = allocated_bytes;
  const Placement first = *make_placement(policy, members).value;
  const std::size_t with_first = allocated_bytes;
  const Placement second = first;
  const std::size_t with_second = allocated_bytes;
  std::visit(
      [&](const auto& whole) {
        auto fewer = whole;
        fewer.set_down(42, true);
        const std::size_t failed = allocated_bytes - with_second;
        std::printf("%-19s %8.1f %6.1f %6.1f %7.1f %7.1f %9.1f %7.3f %7.3f %8.3f%% %8.3f%%\n",
                    text.c_str(), static_cast<double>(with_first - before) / 1024,
                    static_cast<double>(with_second - with_first) / 1024,
                    static_cast<double>(failed) / 1024, look_up_time(whole), look_up_time(fewer),
                    fail_time(whole), mean.most, mean.least, 100 * mean.moved, 100 * mean.unneeded);
      },
      first);
  std::fflush(stdout);
}

}  // namespace

int main() {
  std::puts(
      "                     KiB for        of a    ns a look-up   us to be  share, of mean"
      "    moved when one goes");
  std::puts(
      "placement            the 1st  a copy one dn  all up one down     down    most   least"
      "       all  others'");
  for (const char* text : {"ring", "ring:nodes=1000", "bounded", "jump", "rendezvous", "maglev",
                           "maglev:table=655373"}) {
    report(text);
  }
}
