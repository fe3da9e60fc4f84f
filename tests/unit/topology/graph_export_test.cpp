#include <nlohmann/json.hpp>

#include <cdnsim/models/topology/degrees_text.hpp>
#include <cdnsim/models/topology/graph_export.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace graph_export_test {

// Fiji and Samoa lie on both sides of the date line; of Nowhere no position is known.
GraphDocument islands() {
  GraphDocument document;
  document.id = "islands";
  document.nodes = {{"0", "Suva", "FJ", Coordinates{-18'000'000, 178'000'000}, {}},
                    {"1", "Apia \"west\"\\\n", "", Coordinates{-14'000'000, -172'000'000}, {}},
                    {"2", "Nowhere", "", {}, {}}};
  document.edges = {
      {0, 1, "a", 1_Gbps, {}}, {1, 0, "b", {}, {}}, {1, 2, "", {}, {}}, {1, 1, "", {}, {}}};
  return document;
}

TEST_CASE("degrees are written with the digits that they have") {
  CHECK(degrees_text(0) == "0");
  CHECK(degrees_text(-1) == "-0.000001");
  CHECK(degrees_text(-74'005'970) == "-74.00597");
  CHECK(degrees_text(180'000'000) == "180");
  CHECK(degrees_text(1'000'001) == "1.000001");
  CHECK(degrees_text(-500'000) == "-0.5");
  CHECK(degrees_text(INT32_MIN) == "-2147.483648");
}

TEST_CASE("DOT has the nodes where they are, and texts that Graphviz takes as they are") {
  GraphDocument document = islands();
  CHECK(write_dot(document) ==
        "graph \"islands\" {\n"
        "  \"0\" [label=\"Suva\", country=\"FJ\", pos=\"178,-18!\"];\n"
        "  \"1\" [label=\"Apia \\\"west\\\"\\\\\n\", pos=\"-172,-14!\"];\n"
        "  \"2\" [label=\"Nowhere\"];\n"
        "  \"0\" -- \"1\" [id=\"a\", speed_bps=1000000000];\n"
        "  \"1\" -- \"0\" [id=\"b\"];\n"
        "  \"1\" -- \"2\" [id=\"\"];\n"
        "  \"1\" -- \"1\" [id=\"\"];\n"
        "}\n");
  document.directed = true;
  CHECK_THAT(write_dot(document), Catch::StartsWith("digraph "));
  CHECK_THAT(write_dot(document), Catch::Contains("\"1\" -> \"2\""));
}

TEST_CASE("GeoJSON has points and lines, and counts what has no position") {
  const GeoJson map = write_geojson(islands());
  CHECK(map.nodes_left_out == 1);
  CHECK(map.edges_left_out == 1);
  const nlohmann::json document = nlohmann::json::parse(map.text);
  CHECK(document.at("type") == "FeatureCollection");
  CHECK(document.at("nodes_left_out") == 1);
  CHECK(document.at("edges_left_out") == 1);
  const nlohmann::json& features = document.at("features");
  REQUIRE(features.size() == 5);
  CHECK(features[1] == nlohmann::json::parse(R"({"type": "Feature",
      "geometry": {"type": "Point", "coordinates": [-172, -14]},
      "properties": {"id": "1", "label": "Apia \"west\"\\\n", "country": ""}})"));
  // From 178 E two of ten degrees to the date line, so a fifth of the four degrees to the north.
  CHECK(features[2].at("geometry") == nlohmann::json::parse(R"({"type": "MultiLineString",
      "coordinates": [[[178, -18], [180, -17.2]], [[-180, -17.2], [-172, -14]]]})"));
  CHECK(features[2].at("properties") ==
        nlohmann::json::parse(R"({"id": "a", "from": "0", "to": "1", "speed_bps": 1000000000})"));
  // The way back: eight of ten degrees, four fifths of the way to the south.
  CHECK(features[3].at("geometry") == nlohmann::json::parse(R"({"type": "MultiLineString",
      "coordinates": [[[-172, -14], [-180, -17.2]], [[180, -17.2], [178, -18]]]})"));
  CHECK(features[4].at("geometry") == nlohmann::json::parse(R"({"type": "LineString",
      "coordinates": [[-172, -14], [-172, -14]]})"));
}

TEST_CASE("a map of nothing is a map") {
  const nlohmann::json document = nlohmann::json::parse(write_geojson({}).text);
  CHECK(document.at("features").empty());
  CHECK(write_dot({}) == "graph \"\" {\n}\n");
}

}  // namespace graph_export_test
