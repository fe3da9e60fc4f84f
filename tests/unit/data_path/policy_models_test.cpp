// Each eviction policy makes the very choices of its slow and plain model.

#include <vector>

#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

#include "policy_deeds.hpp"
#include "slow_policies.hpp"
#include "slow_two_queues.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

TEST_CASE("FIFO chooses as its model does") {
  check_policy("fifo", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Fifo{}, slow::Fifo(capacity), capacity, deeds);
  });
}

TEST_CASE("LRU chooses as its model does") {
  check_policy("lru", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Lru{}, slow::Lru(capacity), capacity, deeds);
  });
}

TEST_CASE("LFU chooses as its model does") {
  check_policy("lfu", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Lfu{}, slow::Lfu(capacity), capacity, deeds);
  });
}

TEST_CASE("LFU-DA chooses as its model does") {
  check_policy("lfuda", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(LfuDa{}, slow::LfuDa(capacity), capacity, deeds);
  });
}

TEST_CASE("CLOCK chooses as its model does, whatever its number of bits") {
  check_policy("clock", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(ClockPolicy{}, slow::Clock(capacity), capacity, deeds);
    const std::vector<double> three_bits{3};
    must_agree(ClockPolicy(three_bits), slow::Clock(capacity, 7), capacity, deeds);
  });
}

TEST_CASE("SIEVE chooses as its model does") {
  check_policy("sieve", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Sieve{}, slow::Sieve(capacity), capacity, deeds);
  });
}

TEST_CASE("SLRU chooses as its model does, whatever its number of segments") {
  check_policy("slru", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Slru{}, slow::Slru(capacity), capacity, deeds);
    for (const double segments : {1, 2, 16}) {
      must_agree(Slru(std::vector<double>{segments}),
                 slow::Slru(capacity, static_cast<std::size_t>(segments)), capacity, deeds);
    }
  });
}

TEST_CASE("2Q chooses as its model does, whatever its parameters") {
  check_policy("twoq", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(TwoQ{}, slow::TwoQ(capacity), capacity, deeds);
    const std::vector<double> others{0.6, 1};
    must_agree(TwoQ(others), slow::TwoQ(capacity, 0.6, 1), capacity, deeds);
    const std::vector<double> no_main{1, 2};
    must_agree(TwoQ(no_main), slow::TwoQ(capacity, 1, 2), capacity, deeds);
  });
}

TEST_CASE("QD-LP-FIFO chooses as its model does, whatever its parameters") {
  check_policy("qdlp", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Qdlp{}, slow::Qdlp(capacity), capacity, deeds);
    const std::vector<double> others{0.4, 0.5, 2};
    must_agree(Qdlp(others), slow::Qdlp(capacity, 0.4, 0.5, 2), capacity, deeds);
    const std::vector<double> small_main{0.9, 2, 1};
    must_agree(Qdlp(small_main), slow::Qdlp(capacity, 0.9, 2, 1), capacity, deeds);
  });
}

TEST_CASE("S3-FIFO chooses as its model does, whatever its parameters") {
  check_policy("s3fifo", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(S3Fifo{}, slow::S3Fifo(capacity), capacity, deeds);
    const std::vector<double> others{0.4, 0.5, 1};
    must_agree(S3Fifo(others), slow::S3Fifo(capacity, 0.4, 0.5, 1), capacity, deeds);
    const std::vector<double> no_ghost{0.3, 0, 3};
    must_agree(S3Fifo(no_ghost), slow::S3Fifo(capacity, 0.3, 0, 3), capacity, deeds);
  });
}

TEST_CASE("ARC chooses as its model does") {
  check_policy("arc", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Arc{}, slow::Arc(capacity), capacity, deeds);
  });
}

TEST_CASE("SIZE chooses as its model does, where no two are equally large") {
  check_policy("size", [](std::int64_t capacity, std::vector<Deed> deeds) {
    for (Deed& deed : deeds) deed.bytes = 1 + static_cast<std::int64_t>(deed.key * 7 % 41);
    must_agree(SizePolicy{}, slow::Size(capacity), capacity, deeds);
  });
}
