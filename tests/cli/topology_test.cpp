#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// Three places on the equator, 1 and 3 degrees apart (111.195 and 333.585 km), one of which has no
// position; two have one label, and two links join the first two.
constexpr const char* kTowns =
    "<graphml><key id=\"l\" for=\"node\" attr.name=\"label\"/>"
    "<key id=\"a\" for=\"node\" attr.name=\"Latitude\" attr.type=\"double\"/>"
    "<key id=\"o\" for=\"node\" attr.name=\"Longitude\" attr.type=\"double\"/>"
    "<key id=\"n\" for=\"graph\" attr.name=\"Network\"/>"
    "<graph id=\"towns\" edgedefault=\"undirected\"><data key=\"n\">Of towns</data>"
    "<node id=\"0\"><data key=\"l\">East</data><data key=\"a\">0</data>"
    "<data key=\"o\">4</data></node>"
    "<node id=\"1\"><data key=\"l\">Middle</data><data key=\"a\">0</data>"
    "<data key=\"o\">3</data></node>"
    "<node id=\"2\"><data key=\"l\">West</data><data key=\"a\">0</data>"
    "<data key=\"o\">0</data></node>"
    "<node id=\"3\"><data key=\"l\">West</data><data key=\"a\">NaN</data></node>"
    "<edge source=\"0\" target=\"1\"/><edge source=\"1\" target=\"0\"/>"
    "<edge source=\"1\" target=\"2\"/><edge source=\"2\" target=\"3\"/></graph></graphml>";

TEST_CASE("topology info tells parts, distances and quirks") {
  const Workplace here;
  here.write("towns.graphml", kTowns);
  const Called table = here.cdnsim("topology info towns.graphml");
  CHECK(table.status == 0);
  CHECK(table.err.empty());
  CHECK_THAT(table.out, Catch::Contains("444.8 km"));
  CHECK_THAT(table.out, Catch::Contains("East - West"));
  CHECK_THAT(table.out, Catch::Contains("nodes that share their label"));
  CHECK_THAT(table.out, !Catch::Contains("hyperedge"));
  const Called json = here.cdnsim("topology info towns.graphml --format json");
  CHECK(json.status == 0);
  const nlohmann::json document = nlohmann::json::parse(json.out);
  CHECK(document.at("id") == "towns");
  CHECK(document.at("directed") == false);
  CHECK(document.at("nodes") == 4);
  CHECK(document.at("links") == 4);
  CHECK(document.at("components") == 1);
  CHECK(document.at("largest_component_nodes") == 4);
  CHECK(document.at("hops") ==
        nlohmann::json::parse(
            R"({"pairs": 12, "mean": 1.6666666666666667, "diameter": 3, "from": "0", "to": "3"})"));
  CHECK(document.at("km").at("pairs") == 6);
  CHECK(document.at("km").at("diameter") == 444.78);
  CHECK(document.at("km").at("mean").get<double>() == Approx(2 * 444.78 / 3));
  CHECK(document.at("links_with_length") == 3);
  CHECK(document.at("total_length_km") == Approx(2 * 111.195 + 333.585));
  CHECK(document.at("attributes") == nlohmann::json({{"Network", "Of towns"}}));
  CHECK(document.at("quirks").at("nodes_without_position") == 1);
  CHECK(document.at("quirks").at("nodes_with_shared_label") == 2);
  CHECK(document.at("quirks").at("parallel_links") == 1);
  CHECK(document.at("quirks").at("nan_values") == 1);
  CHECK(document.at("quirks").at("external_nodes") == 0);
}

TEST_CASE("a graph without ways has no distances") {
  const Workplace here;
  here.write("g.graphml",
             "<graphml><graph edgedefault=\"undirected\"><node id=\"0\"/></graph>"
             "</graphml>");
  const Called json = here.cdnsim("topology info g.graphml --format json");
  CHECK(nlohmann::json::parse(json.out).at("km").at("diameter").is_null());
  CHECK(here.cdnsim("topology info g.graphml").status == 0);
}

TEST_CASE("topology export prints what other programs read") {
  const Workplace here;
  here.write("towns.graphml", kTowns);
  const Called map = here.cdnsim("topology export towns.graphml --format geojson");
  CHECK(map.status == 0);
  CHECK(map.err == "cdnsim: 1 nodes without a position were left out, and 1 links to them\n");
  CHECK(nlohmann::json::parse(map.out).at("features").size() == 6);
  const Called dot = here.cdnsim("topology export towns.graphml --format dot");
  CHECK_THAT(dot.out,
             Catch::StartsWith("graph \"towns\" {\n  \"0\" [label=\"East\", pos=\"4,0!\""));
  CHECK(here.cdnsim("topology export towns.graphml --format graphml > again.graphml").status == 0);
  CHECK(here.cdnsim("topology export again.graphml --format graphml").out ==
        here.read("again.graphml"));
  CHECK(here.cdnsim("topology export again.graphml --format dot").out == dot.out);
}

// An ISP that peers with a far PoP and buys its way to the near one, as JSON overrides of
// small.json would be long: a scenario of its own.
constexpr const char* kTwoPops =
    R"({"duration": "1s", "network": {
      "client_networks": {"isp": {"place": "berlin", "users": 1000}},
      "pops": {"far": {}, "near": {}}, "origins": {"origin": {}},
      "transit_providers": {"big": {}},
      "links": {
        "far-isp": {"from": "far", "to": "isp", "kind": "pni", "delay": "40ms"},
        "isp-big": {"from": "isp", "to": "big", "delay": "2ms"},
        "near-big": {"from": "near", "to": "big", "delay": "3ms"},
        "far-big": {"from": "far", "to": "big", "delay": "9ms"},
        "far-near": {"from": "far", "to": "near", "kind": "backbone", "delay": "38ms"},
        "origin-big": {"from": "origin", "to": "big", "delay": "1ms"}}},
    "traffic": {"one": {"kind": "viral", "peak": "1/s", "starts": "0s", "size": "1B",
                        "origin": "origin"}}})";

TEST_CASE("topology paths tells every way and what it lost by") {
  const Workplace here;
  here.write("two.json", kTwoPops);
  const Called json = here.cdnsim("topology paths two.json isp far --format json");
  REQUIRE(json.status == 0);
  const nlohmann::json told = nlohmann::json::parse(json.out);
  CHECK(told.at("from") == "isp");
  const nlohmann::json& ways = told.at("ways");
  // By hand: the PNI; then two ways over the provider, straight to far and by near's backbone.
  REQUIRE(ways.size() >= 3);
  CHECK(ways[0].at("links") == nlohmann::json({"far-isp"}));
  CHECK(ways[0].at("verdict") == "chosen");
  CHECK(ways[0].at("delay_ms") == 40.0);
  CHECK(ways[1].at("places") == nlohmann::json({"isp", "big", "far"}));
  CHECK(ways[1].at("verdict") == "kind");
  CHECK(ways[1].at("delay_ms") == 11.0);
  CHECK(ways[2].at("places") == nlohmann::json({"isp", "big", "near", "far"}));
  CHECK(told.at("diversity") ==
        nlohmann::json({{"ways", 3}, {"as_paths", 2}, {"link_disjoint", 2}, {"complete", true}}));
  const Called text = here.cdnsim("topology paths two.json isp far");
  CHECK(text.status == 0);
  CHECK_THAT(text.out, Catch::StartsWith("isp -> far\n  pni, 40.000 ms, over far-isp\n"));
  CHECK_THAT(text.out, Catch::Contains("\nisp to far: 3 ways, 2 different sequences of "));
}

TEST_CASE("anycast follows what topology paths tells, nearest the clock") {
  const Workplace here;
  here.write("two.json", kTwoPops);
  const auto isp = [&](const std::string& method) {
    REQUIRE(here.cdnsim("run two.json -o " + method + " --set /steering/method=" + method +
                        " --set '/network/pops/*/shield=none'" +
                        " --set /network/links/far-near=null")
                .status == 0);
    return nlohmann::json::parse(here.read(method + "/result.json")).at("isps").at(0);
  };
  const nlohmann::json anycast = isp("anycast");
  CHECK(anycast.at("served_by") == "far");
  CHECK(anycast.at("way") == "pni");
  CHECK(anycast.at("way_delay_ms") == 40.0);
  CHECK(anycast.at("round_trip_ms") == 90.0);  // 2 x (40 + 5 of access)
  CHECK(anycast.at("region") == "europe");
  const nlohmann::json nearest = isp("nearest");
  CHECK(nearest.at("served_by") == "near");
  CHECK(nearest.at("way") == "transit");
  CHECK(nearest.at("way_delay_ms") == 5.0);
  CHECK(nearest.at("round_trip_ms") == 20.0);
}

TEST_CASE("a mistake in a graph or its command ends in 2 and says what to write") {
  const Workplace here;
  here.write("g.graphml",
             "<graphml>\n<graph edgedefault=\"undirected\">\n <node/></graph>"
             "</graphml>");
  check_mistakes(
      here,
      {
          {"topology", "cdnsim topology: A subcommand is required\n"},
          {"topology info", "FILE is required\n"},
          {"topology export g.graphml", "--format is required\n"},
          {"topology export g.graphml --format svg", "--format: unknown \"svg\""},
          {"topology paths small.json pop-a isp-x",
           "cdnsim: \"isp-x\" is no place of the scenario's network; did you mean \"isp-a\"?"},
          {"topology paths small.json pop-a pop-a", "there is no way from a place to itself"},
          {"topology info none.graphml",
           "cdnsim: cannot read \"none.graphml\": No such file or directory\n"},
          {"topology info g.graphml",
           "cdnsim: g.graphml:3:2: this node has no id; give it one that "
           "no other has\n"},
      });
}

TEST_CASE("topology import writes a scenario that runs") {
  const Workplace here;
  here.write("towns.graphml", kTowns);
  const Called refused = here.cdnsim("topology import towns.graphml -o towns.json");
  CHECK(refused.status == 2);
  CHECK_THAT(refused.err, Catch::StartsWith("cdnsim: towns.graphml: 1 of 4 links have an end "));
  CHECK_FALSE(std::filesystem::exists(here.path("towns.json")));
  const Called made = here.cdnsim("topology import towns.graphml --delay 3ms -o towns.json");
  CHECK(made.status == 0);
  CHECK(made.out ==
        "towns.json: 4 PoPs with a client network each, 9 links, the origin at middle\n");
  // The one label that two share tells them apart by id; 333,585 m take 2.77 ms.
  const nlohmann::json network = nlohmann::json::parse(here.read("towns.json")).at("network");
  CHECK(network.at("pops").contains("west-3"));
  CHECK(network.at("links").at("west-2 west-3").at("delay") == "3ms");
  const Called run = here.cdnsim("run towns.json --format json");
  CHECK(run.status == 0);
  CHECK(nlohmann::json::parse(run.out).at("isps").size() == 4);
  const Called left_out = here.cdnsim("topology import towns.graphml --placed-only -o less.json");
  CHECK_THAT(left_out.out, Catch::Contains("; left out: 1 nodes, 1 links\n"));
  CHECK_THAT(here.cdnsim("topology import towns.graphml --delay 3 -o x.json").err,
             Catch::StartsWith("cdnsim: --delay: "));
}

TEST_CASE("help of the topology commands fits a terminal") {
  const Workplace here;
  for (const std::string command :
       {"topology", "topology info", "topology export", "topology import", "topology paths"}) {
    const Called help = here.cdnsim(command + " --help");
    CHECK(help.status == 0);
    CHECK(here.shell("\"$CDNSIM\" " + command + " --help | awk 'length > 100'").out.empty());
  }
}

}  // namespace
}  // namespace cdnsim::test
