// W-TinyLFU against libCacheSim's. Theirs counts and evicts in ways that the paper does not have;
// with those in the place of ours every count is the same, so that these are all the differences.

#include <cmath>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/models/cache_policy/wtinylfu.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

#include "golden_rows.hpp"

namespace {

using namespace cdnsim;
using namespace cdnsim::test;

// libCacheSim's (2025-05) counters for W-TinyLFU: ten hashes in a Bloom filter, all of them raised;
// halved once there were 32 hits in the main part for each copy that it holds.
class LibCacheSimTally {
 public:
  LibCacheSimTally() = default;
  explicit LibCacheSimTally(std::int64_t main_capacity)
      : counters_(static_cast<std::size_t>(
            std::ceil(-std::log(0.001) / 0.480453013918201 * static_cast<double>(main_capacity)))),
        hits_most_(32 * main_capacity) {}

  void reach(Slot) {}
  void prefetch(std::uint64_t) const {}
  void on_ask(std::uint64_t) {}
  void on_enter(std::uint64_t key) { add(key); }
  void on_candidate(std::uint64_t key) { add(key); }
  void on_main_hit(std::uint64_t key) {
    add(key);
    if (++hits_ < hits_most_) return;
    hits_ = 0;
    for (std::uint32_t& counter : counters_) counter /= 2;
  }
  std::uint32_t count(std::uint64_t key) const {
    std::uint32_t least = ~0U;
    for (std::uint32_t i = 0; i < 10; ++i) least = std::min(least, counters_[place(key, i)]);
    return least;
  }

 private:
  std::size_t place(std::uint64_t key, std::uint32_t i) const {
    const auto a = static_cast<std::uint32_t>(hash64(key, 0x12345678));
    const auto b = static_cast<std::uint32_t>(hash64(key, 0x12344321));
    return (a + i * b) % counters_.size();
  }
  void add(std::uint64_t key) {
    for (std::uint32_t i = 0; i < 10; ++i) ++counters_[place(key, i)];
  }

  std::vector<std::uint32_t> counters_;
  std::int64_t hits_ = 0, hits_most_ = 0;
};

// Three things more: who won against a copy of the main part does not end an eviction, which goes
// on until one loses (its issue 162); the two segments of the main part are rounded down, so that
// together they may be one smaller than it; and what is too much for the lower one leaves upon a
// hit there.
class WTinyLfuOfLibCacheSim : public BasicWTinyLfu<LibCacheSimTally> {
 public:
  static constexpr std::string_view kName = "wtinylfu";
  static constexpr std::string_view kSummary = "as libCacheSim has it";
  using Base = BasicWTinyLfu<LibCacheSimTally>;
  using Base::Base;

  void attach(Bytes capacity) {
    Base::attach(capacity);
    protected_most_ = main_most_ * 4 / 5;
  }
  Offer offer(std::uint64_t key, std::int64_t bytes) {
    goes_on_ = hit_lower_ = false;
    return Base::offer(key, bytes);
  }
  void on_hit(Slot slot) {
    goes_on_ = false;
    hit_lower_ = part_of(slot) == kProbation;
    Base::on_hit(slot);
  }
  template <class Entries>
  Slot victim(const Entries& entries) {
    const Slot slot = Base::victim(entries);
    goes_on_ = winner_ != kNoSlot;
    return slot;
  }
  Slot overdue() {
    if (hit_lower_ && held_[kProbation] > probation_most_) return rings_.oldest(kProbation);
    return goes_on_ ? victim(0) : kNoSlot;
  }

 private:
  bool goes_on_ = false, hit_lower_ = false;
};

template <class Policy>
std::int64_t misses_of(const Row& row, const std::vector<Request>& trace, Policy policy) {
  Cache<Policy> cache(Bytes(row.cache_size), std::move(policy));
  std::int64_t misses = 0;
  for (const Request& request : trace) {
    misses += !cache.request(request.id, Bytes(row.sizes_ignored ? 1 : request.bytes));
  }
  return misses;
}

}  // namespace

// Where sizes count, libCacheSim's filter has a place for every byte of the cache, so that it
// counts truly, and so does ours as it is: within 0.5 %.
TEST_CASE("W-TinyLFU misses as often as libCacheSim's, to the miss, given its ways",
          "[reference]") {
  const auto reference = reference_folder();
  if (!reference) return;
  const std::string folder = reference->string();
  const std::vector<Request> trace =
      read_oracle_general(folder + "/traces/cloudPhysicsIO.oracleGeneral.bin");
  int exact = 0, near = 0;
  for (const Row& row : read_golden(folder + "/libcachesim/golden.csv")) {
    if (row.policy != "wtinylfu" || row.trace != "cloudPhysicsIO.oracleGeneral.bin") continue;
    INFO(row.params << ", capacity " << row.cache_size);
    const std::vector<double> window{row.params.starts_with("default") ? 0.01 : 0.1};
    if (row.sizes_ignored) {
      const auto in_window =
          static_cast<std::int64_t>(static_cast<double>(row.cache_size) * window[0]);
      CHECK(misses_of(row, trace,
                      WTinyLfuOfLibCacheSim(
                          window, LibCacheSimTally(row.cache_size - in_window))) == row.misses);
      ++exact;
    } else {
      const auto misses = static_cast<double>(misses_of(row, trace, WTinyLfu(window)));
      CHECK(std::abs(misses / static_cast<double>(row.misses) - 1) < 0.005);
      ++near;
    }
  }
  CHECK(exact == 4);
  CHECK(near == 2);
}
