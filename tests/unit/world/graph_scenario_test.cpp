// Graphs as scenarios: what stands where, and what is refused.
#include <cdnsim/base/check.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/world/graph_scenario.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::world {
namespace graph_scenario_test {

GraphNode node(const std::string& id, const std::string& label,
               std::optional<Coordinates> position = {}) {
  GraphNode made;
  made.id = id;
  made.label = label;
  made.position = position;
  return made;
}

GraphEdge edge(std::uint32_t from, std::uint32_t to, std::optional<BitRate> speed = {}) {
  GraphEdge made;
  made.from = from;
  made.to = to;
  made.speed = speed;
  return made;
}

// Three places on the equator, one and three degrees apart (111,195 and 333,585 m).
GraphDocument towns() {
  GraphDocument graph;
  graph.id = "towns";
  graph.nodes = {node("0", "East Town", coordinates(0, 4)), node("1", "Middle", coordinates(0, 3)),
                 node("2", "West", coordinates(0, 0))};
  graph.edges = {edge(0, 1, 10_Gbps), edge(1, 2)};
  return graph;
}

std::string refused(const GraphDocument& graph, const GraphChoices& choices = {}) {
  try {
    scenario_of(graph, choices);
  } catch (const UserError& error) {
    return error.what();
  }
  return "";
}

TEST_CASE("nodes become PoPs with users, and links take as long as their fibre") {
  const GraphScenario made = scenario_of(towns(), {});
  const NetworkSpec& network = made.scenario.network;
  CHECK(network.pops.size() == 3);
  CHECK(network.pops.contains("east-town"));
  CHECK(network.client_networks.contains("users-east-town"));
  CHECK(made.origin_at == "middle");  // two links
  CHECK(network.links.at("middle origin").kind == LinkKind::backbone);
  const LinkSpec& far = network.links.at("middle west");
  // 333,585 m x 5 ns x 1.66
  CHECK(seconds(*far.delay) == Approx(333'585 * 5e-9 * 1.66).epsilon(1e-5));
  CHECK(far.capacity == 100_Gbps);
  CHECK(network.links.at("east-town middle").capacity == 10_Gbps);
  CHECK(network.links.size() == 3 + 2 + 1);
  CHECK(made.nodes_left_out + made.links_left_out == 0);
  CHECK(run(made.scenario).result.requests.outcomes.requests > 0);
}

TEST_CASE("labels that nodes share, that are missing or that look like another's do no harm") {
  GraphDocument graph = towns();
  graph.nodes[0].label = graph.nodes[1].label = "Springfield";
  graph.nodes[2].label = "";
  graph.nodes.push_back(node("9", "origin", coordinates(1, 1)));
  graph.edges.push_back(edge(2, 3));
  graph.edges.push_back(edge(3, 2));  // beside it
  graph.edges.push_back(edge(3, 3));  // a loop
  const GraphScenario made = scenario_of(graph, {});
  const NetworkSpec& network = made.scenario.network;
  for (const char* id : {"springfield-0", "springfield-1", "node-2", "origin"}) {
    CHECK(network.pops.contains(id));
  }
  CHECK(network.origins.contains("origin-"));
  CHECK(network.links.contains("node-2 origin"));
  CHECK(network.links.contains("origin node-2"));
  CHECK(made.links_left_out == 1);
  CHECK(run(made.scenario).result.requests.outcomes.requests > 0);
}

TEST_CASE("the origin stands where one says") {
  GraphChoices choices;
  for (const char* name : {"0", "East Town", "east-town"}) {
    choices.origin = name;
    CHECK(scenario_of(towns(), choices).origin_at == "east-town");
  }
  choices.origin = "Wset";
  CHECK(refused(towns(), choices) ==
        "--origin: \"Wset\" is no node that is taken; did you mean \"West\"?");
}

TEST_CASE("links without a length are refused, given one or left out") {
  GraphDocument graph = towns();
  graph.nodes[2].position.reset();
  CHECK_THAT(refused(graph), Catch::StartsWith("1 of 2 links have an end without a position"));
  GraphChoices choices;
  choices.delay = 7ms;
  CHECK(scenario_of(graph, choices).scenario.network.links.at("middle west").delay == 7ms);
  choices = {};
  choices.placed_only = true;
  const GraphScenario made = scenario_of(graph, choices);
  CHECK(made.scenario.network.pops.size() == 2);
  CHECK(made.nodes_left_out == 1);
  CHECK(made.links_left_out == 1);
  for (GraphNode& place : graph.nodes) place.position.reset();
  CHECK_THAT(refused(graph, choices), Catch::StartsWith("no node of the graph has a position"));
}

TEST_CASE("parts that nothing joins are refused, or all but the largest left out") {
  GraphDocument graph = towns();
  graph.edges.pop_back();
  CHECK_THAT(refused(graph), Catch::StartsWith("the graph has 2 parts"));
  GraphChoices choices;
  choices.largest_part = true;
  CHECK(scenario_of(graph, choices).scenario.network.pops.size() == 2);
  CHECK_FALSE(scenario_of(graph, choices).scenario.network.pops.contains("west"));
  CHECK(refused(GraphDocument{}) == "the graph has no nodes, so there is nothing to run");
}

}  // namespace graph_scenario_test

}  // namespace cdnsim::world
