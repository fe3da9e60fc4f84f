// The keys that a GraphML file declares: what each <data> is called, of which type, and what holds
// where none is given. Does not know nodes and edges.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/models/topology/graph_document.hpp>
#include <cdnsim/models/topology/text_problems.hpp>

namespace pugi {
class xml_node;
}

namespace cdnsim::graphml {

// Without the prefix of its name space: "g:node" is a node.
std::string_view name_of(const pugi::xml_node& element);

std::size_t offset_of(const pugi::xml_node& element);

// The text of an element, or nothing when it has elements in it.
std::optional<std::string> text_of(const pugi::xml_node& element);

// Texts that come from character references may hold what a file may not.
std::string checked(std::string text, const pugi::xml_node& element, TextProblems& problems);

struct Key {
  std::string domain;  // graph, node, edge or all
  std::string name;
  std::string type;
  std::optional<std::string> otherwise;
};

class Keys {
 public:
  void add(const pugi::xml_node& element, TextProblems& problems);

  // What is said in `element` ("graph", "node" or "edge"): its data in their order, then what holds
  // otherwise. `drawings` counts data that are left out because they are elements.
  std::vector<GraphAttribute> data_of(const pugi::xml_node& element, std::string_view domain,
                                      std::uint64_t& drawings, TextProblems& problems) const;

 private:
  const Key* find(const pugi::xml_node& data, std::string_view domain,
                  TextProblems& problems) const;

  std::map<std::string, Key> keys_;
};

}  // namespace cdnsim::graphml
