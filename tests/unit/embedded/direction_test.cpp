// The two scenarios that ask about embedded caches and shields: in which direction their answers
// go. What is expected was written before the first run.

#include <cstdlib>

#include <cdnsim/scenario/load.hpp>
#include <tests/support/catch.hpp>

#include "boxed_scenario.hpp"

namespace cdnsim::test {
namespace direction_test {

Result run_with(const std::string& name, std::vector<std::string> sets) {
  const std::string file = std::string(std::getenv("CDNSIM_SOURCE_DIR")) + "/scenarios/" + name;
  return run(load_scenario(file, sets)).result;
}

// Two hours of it, the evening's last.
Result box(std::vector<std::string> sets = {}) {
  sets.insert(sets.end(), {"/duration=6h", "/warmup=4h"});
  return run_with("does_an_embedded_cache_pay.json", std::move(sets));
}

TEST_CASE("a larger cache inside an ISP spares it more, and none of what may not be cached") {
  const Result small = box({"/network/embedded/box/memory=10GB"});
  const Result large = box({"/network/embedded/box/memory=250GB"});
  const IspResult& less = small.isps.front();
  const IspResult& more = large.isps.front();
  CHECK(*less.cacheable_offload_ratio < *more.cacheable_offload_ratio);
  CHECK(less.month->saved < more.month->saved);
  // A fifth of the bytes is of calls: 80 % is all that can be spared.
  CHECK(more.external_offload_ratio < 0.8);
  CHECK(more.external_offload_ratio == Approx(0.8 * *more.cacheable_offload_ratio).epsilon(0.02));
  CHECK(large.requests.outcomes.requests == small.requests.outcomes.requests);
}

TEST_CASE("a network that pays no transit for it loses by a cache, though it offloads the same") {
  const Result paid = box();
  const Result peered =
      box({"/network/links/isp-carrier/to=exchange", "/network/links/isp-carrier/kind=ixp",
           "/network/links/pop-carrier/to=exchange", "/network/links/pop-carrier/kind=ixp"});
  CHECK(paid.isps.front().month->saved > 0);
  CHECK(peered.isps.front().month->saved < 0);
  CHECK(*peered.isps.front().cacheable_offload_ratio ==
        Approx(*paid.isps.front().cacheable_offload_ratio).epsilon(0.01));
}

TEST_CASE("one shield spares the origin most, none spares it nothing, more shields less than one") {
  const auto origin = [](const char* shield) {
    return run_with(
               "which_shield_placement.json",
               {"/duration=2min", "/warmup=1min", std::string("/network/pops/*/shield=") + shield})
        .origin.requests;
  };
  const std::uint64_t none = origin("none"), one = origin("ashburn"), eight = origin("nearest");
  CHECK(one < eight);
  CHECK(eight < none);
}

}  // namespace direction_test

}  // namespace cdnsim::test
