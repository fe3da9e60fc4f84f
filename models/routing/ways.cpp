#include <algorithm>
#include <utility>

#include <cdnsim/models/routing/ways.hpp>

namespace cdnsim {

Ways::Ways(const PhaseGraph& graph, const WayTree& tree, const LinkStates& up, std::uint32_t from)
    : graph_(graph),
      tree_(tree),
      up_(up),
      from_(from),
      visited_(graph.phases().place_of.size(), 0) {
  const std::uint32_t start = node_of(from, WayPhase::start);
  if (tree.reaches(start)) push(graph.way_from(tree, start), 0);
}

std::optional<Way> Ways::next() {
  while (!heap_.empty() && !gave_up()) {
    ++looks_;
    Candidate found = pop();
    const bool is_simple = branch(found);
    // Two sessions at one exchange make the same ports twice.
    if (!is_simple || (last_ && same_links(*last_, found.way))) continue;
    last_ = found.way;
    return std::move(found.way);
  }
  return std::nullopt;
}

// Pushes what leaves the way at or after its last fixed step, as far as no place comes twice; says
// whether none does at all.
bool Ways::branch(const Candidate& candidate) {
  const std::vector<std::uint32_t>& place_of = graph_.phases().place_of;
  std::uint32_t node = node_of(from_, WayPhase::start);
  std::vector<std::uint32_t> seen;
  bool is_simple = true;
  for (std::size_t i = 0; is_simple && i < candidate.way.size(); ++i) {
    visited_[place_of[node]] = 1;
    seen.push_back(place_of[node]);
    for (std::uint32_t index = graph_.first_step(node);
         i >= candidate.fixed && index < graph_.end_of_steps(node); ++index) {
      const Step& step = graph_.step(index);
      if (index == candidate.way[i] || !up_[step.link] || !graph_.leads_on(tree_, step.to))
        continue;
      if (visited_[place_of[step.to]]) continue;
      Way way(candidate.way.begin(), candidate.way.begin() + static_cast<std::ptrdiff_t>(i));
      way.push_back(index);
      const Way rest = graph_.way_from(tree_, step.to);
      way.insert(way.end(), rest.begin(), rest.end());
      push(std::move(way), i + 1);
    }
    node = graph_.step(candidate.way[i]).to;
    is_simple = !visited_[place_of[node]];
  }
  for (const std::uint32_t place : seen) visited_[place] = 0;
  return is_simple;
}

bool Ways::is_behind(const Candidate& a, const Candidate& b) const {
  return a.cost != b.cost ? a.cost > b.cost : graph_.precedes(b.way, a.way);
}

bool Ways::same_links(const Way& a, const Way& b) const {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [this](auto x, auto y) { return graph_.step(x).link == graph_.step(y).link; });
}

void Ways::push(Way way, std::size_t fixed) {
  heap_.push_back(Candidate{graph_.cost_of(way), std::move(way), fixed});
  std::push_heap(heap_.begin(), heap_.end(),
                 [this](const Candidate& a, const Candidate& b) { return is_behind(a, b); });
}

Ways::Candidate Ways::pop() {
  std::pop_heap(heap_.begin(), heap_.end(),
                [this](const Candidate& a, const Candidate& b) { return is_behind(a, b); });
  Candidate first = std::move(heap_.back());
  heap_.pop_back();
  return first;
}

}  // namespace cdnsim
