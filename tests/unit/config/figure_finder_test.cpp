#include <cdnsim/config/figure_finder.hpp>
#include <cdnsim/scenario/result.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::config {
namespace figure_finder_test {

struct Wheel {
  double pressure = 0;
};
template <class V>
void describe(V& v, Wheel& s) {
  v.required("pressure", s.pressure, "in bar");
}

struct Figures {
  std::string name;
  bool open = false;
  std::uint64_t places = 0;
  std::optional<double> level;
  std::vector<double> prices;
  std::map<std::string, double> shares;
  Wheel wheel;
};
template <class V>
void describe(V& v, Figures& s) {
  v.required("name", s.name, "what it is called");
  v.required("open", s.open, "whether it is");
  v.required("places", s.places, "for cars");
  v.optional("level", s.level, "above the sea");
  v.required("prices", s.prices, "of coffee");
  v.map("shares", s.shares, "of the profit");
  v.object("wheel", s.wheel, "on the wall");
}

std::string problem_with(const std::string& pointer, const KnownMembers& known = {}) {
  return FigureFinder::problem_with<Figures>(pointer, known);
}

TEST_CASE("a pointer that leads to a number has no problem") {
  for (const char* pointer : {"/places", "/level", "/wheel/pressure", "/prices/0", "/shares/ann"}) {
    CAPTURE(pointer);
    CHECK(problem_with(pointer).empty());
  }
}

TEST_CASE("a pointer that leads to no number says how far it is right") {
  CHECK(problem_with("/plces") ==
        "the whole of the result has no \"plces\"; did you mean \"places\"?");
  CHECK(problem_with("/wheel") == "/wheel of the result is an object, not a figure");
  CHECK(problem_with("/wheel/presure") ==
        "/wheel of the result has no \"presure\"; did you mean \"pressure\"?");
  CHECK(problem_with("/wheel/pressure/bar") ==
        "/wheel/pressure of the result is a figure, which has no members");
  CHECK(problem_with("/name") == "/name of the result is not a figure");
  CHECK(problem_with("/open") == "/open of the result is not a figure");
  CHECK(problem_with("/prices") == "/prices of the result holds many figures; name one of them");
}

TEST_CASE("members of maps and lists are checked where they are known") {
  KnownMembers known;
  known.names["/shares"] = {"ann", "bob"};
  known.sizes["/prices"] = 2;
  CHECK(problem_with("/shares/bob", known).empty());
  CHECK(problem_with("/shares/bbo", known) ==
        "/shares of the result has no \"bbo\"; did you mean \"bob\"?");
  CHECK(problem_with("/prices/1", known).empty());
  CHECK(problem_with("/prices/2", known) ==
        "/prices of the result is a list of 2; \"2\" is not an index of it");
}

TEST_CASE("the figures of the design's results are found") {
  for (const char* pointer : {"/requests/total", "/tiers/edge/hit_ratio", "/origin/peak_rps",
                              "/latency_ms/ttfb/p95", "/latency_ms/by_region/europe/ttlb/p50",
                              "/coverage/within_50ms", "/availability/error_ratio",
                              "/links/3/p95_bps", "/traffic_share/pni", "/isps/0/requests"}) {
    CAPTURE(pointer);
    CHECK(FigureFinder::problem_with<Result>(pointer, {}).empty());
  }
}

}  // namespace figure_finder_test

}  // namespace cdnsim::config
