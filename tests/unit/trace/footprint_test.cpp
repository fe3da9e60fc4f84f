// Objects and bytes of a trace, each object once and by its first size.

#include <set>
#include <span>
#include <vector>

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
  std::vector<TraceRequest> list;
  std::set<std::uint64_t> ids;
  std::int64_t bytes = 0;
  for (std::uint64_t i = 0; i < 300'000; ++i) {
    const std::uint64_t id = mix64(i) % 150'000;
    if (ids.insert(id).second) bytes += static_cast<std::int64_t>(i);
    list.push_back({id, static_cast<std::int64_t>(i)});
  }
  for (const TraceRequest& request : list) footprint.add(request);
  CHECK(footprint.objects() == ids.size());
  CHECK(footprint.bytes() == bytes);
  Footprint ahead;  // in blocks it looks ahead, and finds the same
  for (std::size_t at = 0; at < list.size(); at += 1000) {
    ahead.add(std::span(list).subspan(at, 1000));
  }
  CHECK(ahead.objects() == ids.size());
  CHECK(ahead.bytes() == bytes);
}
