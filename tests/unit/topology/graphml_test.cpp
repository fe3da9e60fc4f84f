#include <algorithm>
#include <string>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/graphml.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace graphml_test {

const std::string kKeys =
    "<key id=\"a\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
    "<key id=\"b\" for=\"node\" attr.name=\"Latitude\" attr.type=\"double\"/>\n"
    "<key id=\"c\" for=\"node\" attr.name=\"Longitude\" attr.type=\"double\"/>\n"
    "<key id=\"d\" for=\"node\" attr.name=\"Internal\" attr.type=\"int\"/>\n"
    "<key id=\"e\" for=\"edge\" attr.name=\"LinkSpeedRaw\" attr.type=\"double\"/>\n"
    "<key id=\"f\" for=\"edge\" attr.name=\"LinkLabel\" attr.type=\"string\"/>\n"
    "<key id=\"g\" for=\"edge\" attr.name=\"id\" attr.type=\"string\"/>\n"
    "<key id=\"h\" for=\"graph\" attr.name=\"Network\" attr.type=\"string\"/>\n";

// Nodes and edges begin in line 10.
std::string graph_of(const std::string& inside) {
  return "<graphml>" + kKeys + "<graph edgedefault=\"undirected\">\n" + inside +
         "</graph></graphml>";
}

GraphmlFile parsed(const std::string& inside) { return parse_graphml(graph_of(inside), "g"); }

std::string told(const std::string& text) {
  try {
    parse_graphml(text, "g");
  } catch (const UserError& error) {
    return error.what();
  }
  return "nothing";
}

std::string told_of(const std::string& inside) { return told(graph_of(inside)); }

std::string two_nodes(const std::string& edges) {
  return "<node id=\"0\"/>\n<node id=\"1\"/>\n" + edges;
}

TEST_CASE("a graph is read with what is said of its nodes and edges") {
  const GraphmlFile file = parsed(
      "<data key=\"h\">Of towns</data>"
      "<edge source=\"x\" target=\"y\"><data key=\"e\">2500000000.0</data>"
      "<data key=\"f\">2.5 Gbps</data><data key=\"g\">e1</data></edge>"
      "<node id=\"x\"><data key=\"b\">40.71427</data><data key=\"c\">-74.00597</data>"
      "<data key=\"a\">New York</data><data key=\"d\">1</data></node>"
      "<node id=\"y\"/>");
  const GraphDocument& document = file.document;
  CHECK_FALSE(document.directed);
  CHECK(document.attributes == std::vector<GraphAttribute>{{"Network", "string", "Of towns"}});
  REQUIRE(document.nodes.size() == 2);
  CHECK(document.nodes[0].id == "x");
  CHECK(document.nodes[0].label == "New York");
  CHECK(document.nodes[0].position == Coordinates{40'714'270, -74'005'970});
  CHECK(document.nodes[0].attributes == std::vector<GraphAttribute>{{"Internal", "int", "1"}});
  CHECK(document.nodes[1] == GraphNode{"y", "", "", {}, {}});
  REQUIRE(document.edges.size() == 1);
  CHECK(document.edges[0] ==
        GraphEdge{0, 1, "e1", 2'500_Mbps, {{"LinkLabel", "string", "2.5 Gbps"}}});
}

TEST_CASE("a number that is NaN, and half a position, count as not given and are told") {
  const GraphmlFile file = parsed(
      "<node id=\"0\"><data key=\"b\">NaN</data><data key=\"c\">nan</data></node>"
      "<node id=\"1\"><data key=\"b\">48.1</data></node>"
      "<node id=\"2\"><data key=\"b\">48.1</data><data key=\"c\">NaN</data></node>"
      "<edge source=\"0\" target=\"1\"><data key=\"e\">NaN</data><data key=\"f\">1 Gbps</data>"
      "</edge>");
  for (const GraphNode& node : file.document.nodes) CHECK_FALSE(node.position);
  CHECK(file.notes.nan_values == 4);
  CHECK(file.notes.half_positions == 2);
  CHECK(file.document.edges[0].speed == 1_Gbps);  // then its label tells
}

TEST_CASE("what editors and toolsets add is passed over or understood") {
  const GraphmlFile file = parse_graphml(
      "\xef\xbb\xbf<?xml version=\"1.0\"?><!-- by hand -->"
      "<g:graphml xmlns:g=\"x\"><g:desc>A map</g:desc>"
      "<g:key id=\"k\" for=\"node\" yfiles.type=\"nodegraphics\"/>"
      "<g:key id=\"l\" for=\"all\" attr.name=\"colour\"><default>red</default></g:key>"
      "<g:graph id=\"G\" edgedefault=\"directed\"><desc/>"
      "<g:node id=\"a\"><g:data key=\"k\"><y:Shape/></g:data><g:data key=\"l\">blue</g:data>"
      "</g:node><g:node id=\"b\"/><g:edge id=\"e\" source=\"b\" target=\"a\" directed=\"true\"/>"
      "</g:graph><g:data key=\"r\"><y:Resources/></g:data></g:graphml>",
      "g");
  CHECK(file.document.id == "G");
  CHECK(file.document.directed);
  CHECK(file.document.edges[0].id == "e");
  CHECK(file.document.nodes[0].attributes ==
        std::vector<GraphAttribute>{{"colour", "string", "blue"}});
  CHECK(file.document.nodes[1].attributes ==
        std::vector<GraphAttribute>{{"colour", "string", "red"}});
  CHECK(file.notes.descriptions == 2);
  CHECK(file.notes.drawings == 2);
}

TEST_CASE("a mistake says where, what, and how to mend it") {
  struct Mistake {
    std::string inside;
    const char* told;
  };
  const Mistake mistakes[] = {
      {"<node/>", "g:10:1: this node has no id; give it one that no other has"},
      {"<node id=\"0\"/>\n <node id=\"0\"/>",
       "g:11:2: a second node has the id \"0\"; ids must differ"},
      {two_nodes("<edge source=\"0\" target=\"7\"/>"),
       "g:12:1: target is \"7\", and no node has this id; add the node or take the edge out"},
      {two_nodes("<edge target=\"1\"/>"),
       "g:12:1: source is \"\", and no node has this id; add the node or take the edge out"},
      {"<node id=\"0\"><data key=\"b\">91</data></node>",
       "g:10:1: Latitude is \"91\"; write a number from -90 to 90"},
      {"<node id=\"0\"><data key=\"c\">1,5</data></node>",
       "g:10:1: Longitude is \"1,5\"; write a number from -180 to 180"},
      {two_nodes("<edge source=\"0\" target=\"1\"><data key=\"e\">-1</data></edge>"),
       "g:12:1: LinkSpeedRaw is \"-1\"; write a number from 0 to 1e+18"},
      {two_nodes("<edge source=\"0\" target=\"1\"><data key=\"e\">inf</data></edge>"),
       "g:12:1: LinkSpeedRaw is \"inf\"; write a number from 0 to 1e+18"},
      {"<node id=\"0\"><data key=\"z\">1</data></node>",
       "g:10:14: no key \"z\" is declared; write <key id=\"z\" for=\"node\" attr.name=... "
       "attr.type=\"string\"/> before the graph"},
      {"<node id=\"0\"><data key=\"f\">1</data></node>",
       "g:10:14: key \"f\" is declared for \"edge\", not for node; declare another, or this one "
       "for=\"all\""},
      {"<node id=\"0\"><data key=\"a\">1</data>\n<data key=\"a\">2</data></node>",
       "g:11:1: \"label\" is given twice here; keep one"},
      {"<node id=\"0\"><data key=\"a\">&#1;</data></node>",
       "g:10:14: a reference like &#1; stands for a character that no text has; take it out"},
      {two_nodes("<hyperedge/>"),
       "g:12:1: hyperedges are not read; put a node in its place and an edge from it to each end"},
      {"<node id=\"0\"><graph/></node>", "g:10:14: <graph> in a node is not read; take it out"},
      {"<vertex/>", "g:10:1: <vertex> has no place here; a graph holds nodes, edges and data"},
      {two_nodes("<edge source=\"0\" target=\"1\" directed=\"true\"/>"),
       "g:12:1: directed=\"true\" contradicts the graph's edgedefault; make all edges alike"},
      {two_nodes("<edge id=\"p\" source=\"0\" target=\"1\"><data key=\"g\">q</data></edge>"),
       "g:12:1: this edge has two ids, \"p\" and \"q\"; keep one"},
  };
  for (const Mistake& mistake : mistakes) CHECK(told_of(mistake.inside) == mistake.told);
}

TEST_CASE("what is no GraphML at all says so") {
  CHECK(told("") ==
        "g:1:1: this is no XML (No document element found); mend it here or just "
        "before");
  CHECK_THAT(told("{\"nodes\": []}"), Catch::StartsWith("g:1:"));
  CHECK_THAT(told("<graphml>\n<graph></graphml>"), Catch::StartsWith("g:2:"));
  CHECK(told("<gexf/>") ==
        "g:1:1: this is a file of <gexf>, not of <graphml>; export the graph as GraphML");
  CHECK(told("<graphml/>") == "g:1:1: there is no <graph> in this file");
  CHECK(told("<graphml>\n<graph/></graphml>") ==
        "g:2:1: edgedefault is \"\"; write \"directed\" or \"undirected\"");
  CHECK(told("<graphml>\n\xff</graphml>") ==
        "g:2:1: here is a byte that is not UTF-8 text; save the file as UTF-8");
  CHECK(told("<graphml><key/><key id=\"a\" for=\"vertex\" attr.type=\"real\"/>"
             "<key id=\"a\"/><graph edgedefault=\"directed\"/><graph/><port/></graphml>") ==
        "g:1:10: this key has no id; give it one, as id=\"d0\"\n"
        "g:1:16: a key is for=\"graph\", \"node\", \"edge\" or \"all\", not for \"vertex\"\n"
        "g:1:16: attr.type is boolean, int, long, float, double or string, not \"real\"\n"
        "g:1:59: a second key has the id \"a\"; ids must differ\n"
        "g:1:103: a second graph; one file holds one, so take the others out\n"
        "g:1:111: <port> has no place here; a graphml holds keys and one graph");
}

TEST_CASE("the first twenty mistakes are told together") {
  std::string nodes;
  for (int i = 0; i < 30; ++i) nodes += "<node/>\n";
  const std::string all = told_of(nodes);
  CHECK(std::count(all.begin(), all.end(), '\n') == 20);
  CHECK_THAT(all, Catch::Contains("g:29:1: this node has no id"));
  CHECK_THAT(all, !Catch::Contains("g:30:1"));
  CHECK_THAT(all, Catch::EndsWith("\nand perhaps more: these were the first"));
}

TEST_CASE("a file that is not there is told by its name") {
  CHECK_THROWS_WITH(read_graphml("/nowhere/x.graphml"),
                    "cannot read \"/nowhere/x.graphml\": No such file or directory");
  CHECK_THROWS_WITH(read_graphml("/"), "cannot read \"/\": Is a directory");
}

TEST_CASE("a graph is written as it is read") {
  const GraphDocument document{
      "G",
      false,
      {{"Network", "string", "a < b & \"c\"\r\n"}},
      {{"x 0", "Zürich > Bern", "CH", Coordinates{47'370'000, -1}, {{"Internal", "int", "0"}}},
       {"\t\"y\"", " ", "", {}, {{"Internal", "int", "1"}, {"kind", "string", ""}}}},
      {{1, 0, "e", 2'500_Mbps, {}}, {0, 0, "", {}, {{"Internal", "boolean", "true"}}}}};
  const std::string text = write_graphml(document);
  CHECK(parse_graphml(text, "g").document == document);
  CHECK(text ==
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
        "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n"
        "  <key id=\"d0\" for=\"graph\" attr.name=\"Network\" attr.type=\"string\"/>\n"
        "  <key id=\"d1\" for=\"node\" attr.name=\"label\" attr.type=\"string\"/>\n"
        "  <key id=\"d2\" for=\"node\" attr.name=\"Country\" attr.type=\"string\"/>\n"
        "  <key id=\"d3\" for=\"node\" attr.name=\"Latitude\" attr.type=\"double\"/>\n"
        "  <key id=\"d4\" for=\"node\" attr.name=\"Longitude\" attr.type=\"double\"/>\n"
        "  <key id=\"d5\" for=\"node\" attr.name=\"Internal\" attr.type=\"int\"/>\n"
        "  <key id=\"d6\" for=\"node\" attr.name=\"kind\" attr.type=\"string\"/>\n"
        "  <key id=\"d7\" for=\"edge\" attr.name=\"id\" attr.type=\"string\"/>\n"
        "  <key id=\"d8\" for=\"edge\" attr.name=\"LinkSpeedRaw\" attr.type=\"double\"/>\n"
        "  <key id=\"d9\" for=\"edge\" attr.name=\"Internal\" attr.type=\"boolean\"/>\n"
        "  <graph id=\"G\" edgedefault=\"undirected\">\n"
        "    <data key=\"d0\">a &lt; b &amp; \"c\"&#13;\n</data>\n"
        "    <node id=\"x 0\">\n"
        "      <data key=\"d1\">Zürich &gt; Bern</data>\n"
        "      <data key=\"d2\">CH</data>\n"
        "      <data key=\"d3\">47.37</data>\n"
        "      <data key=\"d4\">-0.000001</data>\n"
        "      <data key=\"d5\">0</data>\n"
        "    </node>\n"
        "    <node id=\"&#9;&#34;y&#34;\">\n"
        "      <data key=\"d1\"> </data>\n"
        "      <data key=\"d5\">1</data>\n"
        "      <data key=\"d6\"></data>\n"
        "    </node>\n"
        "    <edge source=\"&#9;&#34;y&#34;\" target=\"x 0\">\n"
        "      <data key=\"d7\">e</data>\n"
        "      <data key=\"d8\">2500000000</data>\n"
        "    </edge>\n"
        "    <edge source=\"x 0\" target=\"x 0\">\n"
        "      <data key=\"d9\">true</data>\n"
        "    </edge>\n"
        "  </graph>\n"
        "</graphml>\n");
}

}  // namespace graphml_test
