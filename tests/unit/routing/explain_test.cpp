// What an explanation says of each way, word for word; and how many ways there are.

#include <string>
#include <vector>

#include <cdnsim/models/routing/diversity.hpp>
#include <cdnsim/models/routing/explain.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_map.hpp>

namespace explain_test {

using namespace cdnsim;

// "pop-isp | chosen" for each way.
std::vector<std::string> words(const SmallMap& map, const Routing& routing, const std::string& from,
                               const std::string& to, std::size_t most = 20) {
  std::vector<std::string> lines;
  for (const Explained& one : explain(routing, map.at(from), map.at(to), most)) {
    lines.push_back(text_of(routing.map(), one.path) + " | " + one.why);
  }
  return lines;
}

using Lines = std::vector<std::string>;

SmallMap three_providers() {
  SmallMap map;
  map.pop("pop").isp("isp").provider("a").provider("b").provider("c");
  map.link(LinkKind::pni, "pop", "isp", 5ms);
  for (const std::string provider : {"a", "b", "c"}) {
    map.link(LinkKind::transit, "pop", provider, provider == "c" ? 12ms : 10ms);
    map.link(LinkKind::transit, "isp", provider, 0ms);
  }
  return map;
}

TEST_CASE("each way that holds says what it lost by") {
  SmallMap map = three_providers();
  map.link(LinkKind::pni, "isp", "pop", 5ms);
  CHECK(words(map, map.routing(), "pop", "isp", 4) ==
        Lines{"pop-isp | chosen", "<isp-pop | name: isp-pop comes after pop-isp",
              "pop-a <isp-a | kind: transit is liked less than pni",
              "pop-b <isp-b | kind: transit is liked less than pni"});
}

TEST_CASE("length and delay are told in figures, and what is down by name") {
  SmallMap map = three_providers();
  map.link(LinkKind::transit, "c", "a", 0ms);
  Routing routing = map.routing();
  routing.set_link_up(map.link_at("pop-isp"), false);
  routing.set_link_up(map.link_at("isp-b"), false);
  const Lines lines = words(map, routing, "pop", "isp");
  REQUIRE(lines.size() >= 6);
  CHECK(lines[0] == "pop-a <isp-a | chosen");
  CHECK(lines[1] == "pop-c <isp-c | delay: 12 ms, the chosen way takes 10 ms");
  CHECK(lines[2] == "pop-a <c-a <isp-c | length: 3 links, the chosen way has 2");
  CHECK(lines[3] == "pop-c c-a <isp-a | length: 3 links, the chosen way has 2");
  CHECK(lines[4] == "pop-isp | down: pop-isp");
  CHECK(lines[5] == "pop-b <isp-b | down: isp-b");
  CHECK(lines.size() == 6);
}

TEST_CASE("what breaks the rule says where and how") {
  SmallMap map;
  map.pop("pop").isp("isp").isp("other").provider("a").exchange("ix");
  map.place(PlaceKind::origin, "origin");
  map.link(LinkKind::pni, "pop", "isp").link(LinkKind::pni, "isp", "other");
  map.link(LinkKind::transit, "isp", "a").link(LinkKind::transit, "other", "a", 2ms);
  map.link(LinkKind::pni, "pop", "origin", 3ms).link(LinkKind::pni, "origin", "other", 3ms);
  map.link(LinkKind::ixp, "pop", "ix", 4ms, false).link(LinkKind::ixp, "other", "ix", 4ms);
  CHECK(words(map, map.routing(), "pop", "other") ==
        Lines{"pop-isp isp-other | valley: peers then peers at isp",
              "pop-origin origin-other | host: nothing passes through origin",
              "pop-ix <other-ix | no session: pop peers with nobody at ix",
              "pop-isp isp-a <other-a | valley: peers then goes up at isp"});
}

TEST_CASE("a provider's provider is not reached through a customer") {
  SmallMap map;
  map.provider("west").provider("east").isp("isp");
  map.link(LinkKind::transit, "isp", "west").link(LinkKind::transit, "isp", "east");
  CHECK(words(map, map.routing(), "west", "east") ==
        Lines{"<isp-west isp-east | valley: goes down then goes up at isp"});
}

SCENARIO("the ways between two places are told apart") {
  SmallMap map = three_providers();
  GIVEN("a PNI and three providers") {
    const Diversity found = diversity(map.routing(), map.at("pop"), map.at("isp"));
    CHECK(found.ways == 4);
    CHECK(found.as_paths == 4);
    CHECK(found.disjoint == 4);
    CHECK(found.complete);
  }
  GIVEN("a second PNI and a second PoP behind a backbone") {
    map.pop("far").link(LinkKind::backbone, "pop", "far").link(LinkKind::pni, "far", "isp");
    map.link(LinkKind::pni, "isp", "pop");
    const Diversity found = diversity(map.routing(), map.at("pop"), map.at("isp"));
    THEN("they are ways, and no other organisations") {
      CHECK(found.ways == 6);
      CHECK(found.as_paths == 4);
      CHECK(found.disjoint == 6);
    }
    THEN("fewer looks say so") {
      CHECK_FALSE(diversity(map.routing(), map.at("pop"), map.at("isp"), 5).complete);
    }
  }
  GIVEN("one link that all ways cross") {
    SmallMap narrow;
    narrow.pop("pop").isp("isp").provider("a").provider("b").provider("c");
    narrow.link(LinkKind::transit, "pop", "a");
    narrow.link(LinkKind::transit, "a", "b").link(LinkKind::transit, "a", "c");
    narrow.link(LinkKind::transit, "isp", "b").link(LinkKind::transit, "isp", "c");
    const Diversity found = diversity(narrow.routing(), 0, 1);
    CHECK(found.as_paths == 2);
    CHECK(found.disjoint == 1);
  }
}

}  // namespace explain_test
