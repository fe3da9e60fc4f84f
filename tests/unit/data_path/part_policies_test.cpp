// CAR, LeCaR and W-TinyLFU: examples done by hand, and the very choices of their slow and plain
// models.

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/models/cache_policy/car.hpp>
#include <cdnsim/models/cache_policy/lecar.hpp>
#include <cdnsim/models/cache_policy/wtinylfu.hpp>
#include <tests/support/rapidcheck.hpp>

#include "letters.hpp"
#include "policy_deeds.hpp"
#include "slow_part_policies.hpp"

using namespace cdnsim;
using namespace cdnsim::test;

namespace part_policies_test {

// Counts each request truly, so that examples and models need not know what a sketch confuses.
class TrueTally {
 public:
  void reach(Slot) {}
  void on_ask(std::uint64_t key) { ++requests_[key]; }
  void on_enter(std::uint64_t) {}
  void on_main_hit(std::uint64_t) {}
  void on_candidate(std::uint64_t) {}
  int count(std::uint64_t key) const { return requests_.at(key); }

 private:
  std::map<std::uint64_t, int> requests_;
};
class TrueTinyLfu : public BasicWTinyLfu<TrueTally> {
 public:
  static constexpr std::string_view kName = "true_tinylfu";
  static constexpr std::string_view kSummary = "for tests";
  using BasicWTinyLfu::BasicWTinyLfu;
};

// T1 and T2 are written oldest first, ' for a reference bit.
SCENARIO("CAR lets its hands sort what was hit") {
  Letters<Car> cache(4);
  REQUIRE(cache.request("ABCDA") == "mmmmh");  // T1: A' B C D
  REQUIRE(cache.request("E") == "m");          // A goes on to T2, B to B1: T1 C D E, T2 A
  CHECK(cache.held() == "ACDE");
  WHEN("B comes back") {
    REQUIRE(cache.request("B") == "m");  // C to B1, p = 1: T1 D E, T2 A B
    CHECK(cache.held() == "ABDE");
    THEN("one is the target for T1: it gives D, and then E, which leaves it empty") {
      REQUIRE(cache.request("C") == "m");  // D to B1, p = 2: T1 E, T2 A B C
      CHECK(cache.held() == "ABCE");
      REQUIRE(cache.request("F") == "m");  // |T1| = 1 < 2, so T2 gives: A
      CHECK(cache.held() == "BCEF");
    }
  }
  WHEN("all are hit") {
    REQUIRE(cache.request("ACDE") == "hhhh");
    THEN("C, D and E go on to T2, A is passed over there, and C is next") {
      REQUIRE(cache.request("F") == "m");  // T2: A' C D E, then C D E A
      CHECK(cache.held() == "ADEF");
    }
  }
  WHEN("A is purged") {
    cache.purge('A');
    cache.request("A");
    THEN("it is nobody's ghost: it goes in its turn in T1, after C and D") {
      cache.request("FGH");
      CHECK(cache.held() == "AFGH");
    }
  }
}

TEST_CASE("CAR chooses as its model does") {
  check_policy("car", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(Car{}, slow::Car(capacity), capacity, deeds);
  });
}

// A and B are asked for twice in each round, four others once. LFU keeps A and B, and misses the
// four; LRU lets A and B go for E and F, and misses six. After E the experts disagree: whom LRU
// lets go is asked for soonest, and regretted most.
TEST_CASE("LeCaR learns to trust the expert that is to blame for fewer misses") {
  const auto misses = [](double rate) {
    const std::vector<double> values{rate, 0.005, 0.5, 1};
    Letters<LeCaR> cache(4, LeCaR(values));
    std::string outcome;
    for (int round = 0; round < 300; ++round) outcome += cache.request("AABBCDEF");
    return std::count(outcome.begin(), outcome.end(), 'm');
  };
  CHECK(misses(10) >= 4 * 300);
  CHECK(misses(10) < 42 * 30);
  CHECK(misses(0) > 45 * 30);
}

TEST_CASE("LeCaR chooses as its model does, whatever its draws") {
  check_policy("lecar", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    must_agree(LeCaR{}, slow::LeCaR(capacity), capacity, deeds);
    const std::vector<double> other{0.45, 0.005, 0.5, 12};
    must_agree(LeCaR(other), slow::LeCaR(capacity, 12), capacity, deeds);
  });
}

SCENARIO("W-TinyLFU lets those in that were asked for more often than who would go") {
  // 2 in the window; 10 in the main part, 2 of them on probation.
  const std::vector<double> two_of_twelve{2.0 / 12};
  Letters<TrueTinyLfu> cache(12, TrueTinyLfu(two_of_twelve));
  REQUIRE(cache.request("ABCDEFGHIJKL") == "mmmmmmmmmmmm");
  // A to J fill the main part, A and B on probation. K and A were asked for once: K goes.
  REQUIRE(cache.request("M") == "m");
  CHECK(cache.held() == "ABCDEFGHIJLM");
  REQUIRE(cache.request("LL") == "hh");
  REQUIRE(cache.request("N") == "m");  // M, now the oldest of the window, goes as K did
  CHECK(cache.held() == "ABCDEFGHIJLN");
  REQUIRE(cache.request("O") == "m");  // L was asked for three times: A goes for it
  CHECK(cache.held() == "BCDEFGHIJLNO");
  WHEN("B is hit, which was on probation") {
    REQUIRE(cache.request("B") == "h");  // and C is on probation in its stead, behind L
    THEN("L is the next rival, and nobody asked for once gets past it") {
      REQUIRE(cache.request("P") == "m");
      CHECK(cache.held() == "BCDEFGHIJLOP");
    }
    AND_THEN("when L is hit too, C is") {
      REQUIRE(cache.request("LNN") == "hhh");  // N was asked for three times, and is the newest
      REQUIRE(cache.request("PQ") == "mm");    // O goes; then N enters for C
      CHECK(cache.held() == "BDEFGHIJLNPQ");
    }
  }
  WHEN("B and C are purged") {
    cache.purge('B');
    cache.purge('C');
    cache.request("PQR");
    THEN("N and O take their places, and then P goes") { CHECK(cache.held() == "DEFGHIJLNOQR"); }
  }
}

TEST_CASE("W-TinyLFU counts requests of absent objects too") {
  const std::vector<double> half{0.5};
  Letters<WTinyLfu> cache(2, WTinyLfu(half));
  REQUIRE(cache.request("AABB") == "mhmh");  // each has been asked for twice
  CHECK(cache.request("CCC") == "mhh");      // A in the main part; B goes, as it is no better
  CHECK(cache.held() == "AC");
  CHECK(cache.request("D") == "m");  // C 3, A 2: C enters for A
  CHECK(cache.held() == "CD");
  CHECK(cache.request("BABABAB") == "mmmmhhh");
  CHECK(cache.held() == "AB");  // B, asked for the fourth time, was in the window and went for C
}

TEST_CASE("W-TinyLFU chooses as its model does, whatever the size of its window") {
  check_policy("wtinylfu", [](std::int64_t capacity, const std::vector<Deed>& deeds) {
    for (const double window : {0.0, 0.01, 0.3, 1.0}) {
      const std::vector<double> values{window};
      must_agree(TrueTinyLfu(values), slow::WTinyLfu(capacity, window), capacity, deeds);
    }
  });
}

}  // namespace part_policies_test
