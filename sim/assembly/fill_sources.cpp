#include <algorithm>

#include <cdnsim/assembly/fill_sources.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/models/steering/nearest.hpp>

namespace cdnsim::assembly {
namespace {

bool holds_place(const std::vector<std::uint32_t>& list, std::uint32_t place) {
  return std::ranges::count(list, place) > 0;
}

class SourceFinder {
 public:
  SourceFinder(const Scenario& scenario, const Plan& plan, std::uint32_t cache, std::uint32_t host)
      : scenario_(scenario),
        plan_(plan),
        cache_(cache),
        host_(plan.networks[host]),
        holds_(plan.holds[host].front()) {
    if (!plan.candidates.empty()) steered_ = plan.candidates[host];
    for (const CellHold& hold : holds_) add_to(steered_, hold.pop);
    std::ranges::stable_sort(steered_, {}, [&](std::uint32_t pop) {
      const auto path = plan.routing->best_path(pop, host_.place);
      return std::pair(pop != host_.pop_place, path ? path->delay : Duration::max());
    });
    std::erase_if(steered_, [&](std::uint32_t pop) { return !is_joined(pop); });
  }

  std::vector<FillSource> find(const std::string& wanted) {
    std::vector<std::uint32_t> named;
    if (wanted != "nearest") {
      named.push_back(*plan_.topology.find(wanted));
      const auto shield = scenario_.network.shields.find(wanted);
      if (shield != scenario_.network.shields.end() && !shield->second.failover.empty()) {
        named.push_back(*plan_.topology.find(shield->second.failover));
      }
    }
    std::vector<FillSource> sources;
    for (const std::uint32_t place : named) sources.push_back(FillSource{place, {}});
    for (const std::uint32_t pop : steered_) {
      if (!holds_place(named, pop)) sources.push_back(FillSource{pop, {}});
    }
    for (std::size_t i = 0; i < plan_.epochs.size() && sources.size() > 1; ++i) {
      const std::uint32_t first = first_of(i);
      bool comes_later = std::ranges::count(sources, first, &FillSource::place) > 0;
      for (FillSource& source : sources) {
        const bool is_named = holds_place(named, source.place);
        if (source.place == first) comes_later = false;
        const bool withdrawn = holds_place(plan_.epochs[i].withdrawn, source.place);
        source.passed_over.push_back(
            is_named ? withdrawn : source.place != first && (withdrawn || comes_later));
      }
    }
    set_links(*plan_.routing, nullptr);
    return sources;
  }

 private:
  static void add_to(std::vector<std::uint32_t>& list, std::uint32_t place) {
    if (!holds_place(list, place)) list.push_back(place);
  }
  bool is_joined(std::uint32_t pop) const {
    return plan_.routing->best_path(pop, cache_) && plan_.routing->best_path(cache_, pop);
  }

  // Of those that steering chooses between. A cell may hear of it later, by the DNS; an engine
  // decides during the run.
  std::uint32_t first_of(std::size_t epoch) const {
    if (plan_.candidates.empty()) {
      const bool is_last = epoch + 1 == plan_.epochs.size();
      const SimTime end = is_last ? SimTime::max() : plan_.epochs[epoch + 1].from;
      const auto later = std::ranges::lower_bound(holds_, end, {}, &CellHold::from);
      return (later - 1)->pop;
    }
    set_links(*plan_.routing, &plan_.epochs[epoch]);
    std::vector<std::uint32_t> pops = steered_;
    std::erase_if(
        pops, [&](std::uint32_t pop) { return holds_place(plan_.epochs[epoch].withdrawn, pop); });
    return nearest(*plan_.routing, host_.place, pops);
  }

  const Scenario& scenario_;
  const Plan& plan_;
  std::uint32_t cache_;
  const ClientNetwork& host_;
  const std::vector<CellHold>& holds_;  // of the host's first cell
  std::vector<std::uint32_t> steered_;  // PoPs that its users may be steered to, the first first
};

}  // namespace

std::vector<FillSource> fill_sources(const Scenario& scenario, const Plan& plan,
                                     const std::string& wanted, std::uint32_t cache,
                                     std::uint32_t host) {
  return SourceFinder(scenario, plan, cache, host).find(wanted);
}

}  // namespace cdnsim::assembly
