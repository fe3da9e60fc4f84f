// Objects and bytes of a trace, each object once and by its first size.

#include <set>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/trace/footprint.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("an object counts once, with the size it had first") {
  Footprint footprint;
  CHECK(footprint.objects() == 0);
  for (const TraceRequest request : {TraceRequest{5, 100}, TraceRequest{0, 7}, TraceRequest{5, 900},
                                     TraceRequest{~0ULL, 1}, TraceRequest{0, 8}}) {
    footprint.add(request);
  }
  CHECK(footprint.objects() == 3);
  CHECK(footprint.bytes() == 108);
}

TEST_CASE("a hundred thousand objects are told apart") {
  Footprint footprint;
  std::set<std::uint64_t> ids;
  std::int64_t bytes = 0;
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    const std::uint64_t id = mix64(i) % 150'000;
    if (ids.insert(id).second) bytes += static_cast<std::int64_t>(i);
    footprint.add(TraceRequest{id, static_cast<std::int64_t>(i)});
  }
  CHECK(footprint.objects() == ids.size());
  CHECK(footprint.bytes() == bytes);
}
