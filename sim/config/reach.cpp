#include <algorithm>

#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/models/routing/explain.hpp>

namespace cdnsim::config {

Reach::Reach(const NetworkSpec& network) : routing_(map_of(network)) {
  const std::vector<cdnsim::Place>& places = routing_.map().places;
  for (std::uint32_t place = 0; place < places.size(); ++place) {
    places_.emplace(places[place].id, place);
  }
}

bool Reach::joined(const std::string& a, const std::string& b) const {
  const auto from = places_.find(a);
  const auto to = places_.find(b);
  if (from == places_.end() || to == places_.end()) return false;
  return routing_.tree_to(to->second).reaches(node_of(from->second, WayPhase::start));
}

std::set<std::string, std::less<>> Reach::around(const std::vector<std::string>& targets) const {
  std::vector<std::uint32_t> ends;
  for (const std::string& target : targets) {
    const auto found = places_.find(target);
    if (found != places_.end()) ends.push_back(found->second);
  }
  std::set<std::string, std::less<>> reaching;
  if (ends.empty()) return reaching;
  const WayTree tree = routing_.graph().tree_to(ends, routing_.link_states());
  for (const auto& [id, place] : places_) {
    if (tree.reaches(node_of(place, WayPhase::start))) reaching.insert(id);
  }
  return reaching;
}

std::string Reach::why_not(const std::string& a, const std::string& b) const {
  const auto from = places_.find(a);
  const auto to = places_.find(b);
  if (from == places_.end() || to == places_.end()) return "";
  const std::vector<Explained> ways = explain(routing_, from->second, to->second, 1);
  if (ways.empty()) return "";
  std::string links;
  for (const PortRef port : ways.front().path.ports) {
    links += (links.empty() ? "" : ", ") + routing_.map().links[port.link].link.id;
  }
  return links + " is no way, " + ways.front().why;
}

}  // namespace cdnsim::config
