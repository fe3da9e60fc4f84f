// A drawn trace against the LRU hit curve of a CDN's published footprint descriptor (Akamai's
// class tc-0, from Tragen), and against a formula that knows nothing of the generator.

#include <cstdint>
#include <fstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/base/text.hpp>
#include <cdnsim/laboratory/laboratory.hpp>
#include <cdnsim/trace/generated_trace.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/reference.hpp>

using namespace cdnsim;

TEST_CASE("a drawn trace has the hit curve of a published one", "[reference]") {
  const auto folder = test::reference_folder();
  if (!folder) return;
  std::ifstream file(*folder / "published/akamai_footprint_hit_curves.json");
  const nlohmann::json published = nlohmann::json::parse(file).at("data").at("tc-0/fd");
  const nlohmann::json& header = published.at("header");
  const auto number = [&](std::size_t i) {
    return *parse<double>(header.at(i).get<std::string>()).value;
  };
  // Requests, objects and their mean size are the descriptor's. The other three were fitted to its
  // curve by the formula below: one exponent, so many objects that as many as there are asked for,
  // and a share of requests for objects asked for once.
  TraceLaws laws;
  laws.requests = static_cast<std::uint64_t>(number(0));
  laws.objects = 893'054;
  laws.exponent = 1.42;
  laws.one_hit_share = 0.03;
  const auto mean_bytes = static_cast<std::int64_t>(number(5) * 1000 / number(4));
  laws.size_of = [=](std::uint64_t) { return mean_bytes; };

  struct Point {
    const char* size;
    std::int64_t kilobytes;
    double formula;  // Che's approximation, from an empty cache
  };
  const std::vector<Point> points = {{"2e+05 KB", 200'000, 0.8685},
                                     {"1e+06 KB", 1'000'000, 0.9166},
                                     {"1e+07 KB", 10'000'000, 0.9481},
                                     {"1e+08 KB", 100'000'000, 0.9593},
                                     {"1e+09 KB", 1'000'000'000, 0.9600}};
  std::vector<LabCacheSpec> caches;
  for (const Point& point : points) {
    caches.push_back({{"lru", {}}, point.kilobytes * 1000});
  }
  GeneratedTrace trace(laws);
  const std::vector<LabCounts> counts = play(trace, caches, {});
  for (std::size_t i = 0; i < points.size(); ++i) {
    CAPTURE(points[i].size);
    const double hits =
        1 - static_cast<double>(counts[i].misses) / static_cast<double>(counts[i].requests);
    CHECK(hits == Approx(points[i].formula).margin(0.002));
    CHECK(hits == Approx(published.at("hit_curve").at(points[i].size).get<double>()).margin(0.01));
  }
  // The largest cache misses each object once.
  CHECK(static_cast<double>(counts.back().misses) == Approx(number(4)).epsilon(0.01));
}
