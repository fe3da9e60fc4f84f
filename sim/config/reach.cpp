#include <algorithm>

#include <cdnsim/config/reach.hpp>

namespace cdnsim::config {

Reach::Reach(const NetworkSpec& network) {
  const auto add = [this](const auto& specs) {
    for (const auto& [id, spec] : specs) {
      passing_.emplace(id, static_cast<std::uint32_t>(passing_.size()));
    }
  };
  add(network.pops);
  add(network.shields);
  for (std::uint32_t place = 0; place < passing_.size(); ++place) root_.push_back(place);
  for (const auto& [id, link] : network.links) {
    const auto from = passing_.find(link.from);
    const auto to = passing_.find(link.to);
    if (from != passing_.end() && to != passing_.end()) {
      root_[root_of(from->second)] = root_of(to->second);
    } else if (from != passing_.end()) {
      around_[link.to].push_back(from->second);
    } else if (to != passing_.end()) {
      around_[link.from].push_back(to->second);
    }
  }
  for (std::uint32_t place = 0; place < root_.size(); ++place) root_[place] = root_of(place);
}

std::uint32_t Reach::root_of(std::uint32_t place) {
  while (root_[place] != place) {
    root_[place] = root_[root_[place]];
    place = root_[place];
  }
  return place;
}

bool Reach::joined(const std::string& a, const std::string& b) const {
  const auto roots = [this](const std::string& id) {
    std::vector<std::uint32_t> found;
    const auto passing = passing_.find(id);
    if (passing != passing_.end()) found.push_back(root_[passing->second]);
    const auto end = around_.find(id);
    for (std::size_t i = 0; end != around_.end() && i < end->second.size(); ++i) {
      found.push_back(root_[end->second[i]]);
    }
    return found;
  };
  const std::vector<std::uint32_t> of_b = roots(b);
  return std::ranges::any_of(
      roots(a), [&](std::uint32_t root) { return std::ranges::find(of_b, root) != of_b.end(); });
}

}  // namespace cdnsim::config
