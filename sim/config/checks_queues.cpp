// What is said of queues, limits, balancing and background: whether it can be at once.
#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

class QueueChecker {
 public:
  QueueChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems) {
    for (const auto& [id, spec] : scenario.content) classes_.push_back(id);
    for (const auto& [id, workload] : scenario.traffic) {
      std::visit(
          [&](const auto& w) {
            if constexpr (requires { w.own_content(); }) classes_.push_back(id);
            if constexpr (requires { w.own_classes(id); }) {
              for (const std::string& own : w.own_classes(id)) classes_.push_back(own);
            }
          },
          workload);
    }
  }

  void check_tier(const TierSpec& tier, std::string_view name) {
    const std::string place = pointer_to({"caching", name});
    if (problems_.told_at(place)) return;
    if (tier.balancer.choices > 1) {
      refuse(tier.placement.name == "bounded", place + "/balancer",
             "\"bounded\" spreads loads itself; take another placement, or leave this out");
      refuse(tier.hot.has_value(), place + "/balancer",
             "servers of hot objects serve in turn; leave out this or \"hot\"");
    }
    check_order(tier.shed_order, place + "/shed_order");
    if (!is_atomic()) return;
    refuse(!tier.service_time.is_fixed(), place + "/service_time", kNotAtomic);
    refuse(tier.nic.has_value(), place + "/nic", kNotAtomic);
  }

  void check_network() {
    for (const auto& [id, link] : scenario_.network.links) check_link(id, link);
    if (!is_atomic()) return;
    for (const auto& [id, pop] : scenario_.network.pops) {
      refuse(pop.max_rate.has_value(), pointer_to({"network", "pops", id, "max_rate"}), kNotAtomic);
    }
    for (const auto& [id, origin] : scenario_.network.origins) {
      refuse(!origin.service_time.is_fixed(),
             pointer_to({"network", "origins", id, "service_time"}), kNotAtomic);
    }
  }

 private:
  static constexpr std::string_view kNotAtomic = "not in an atomic replay; leave this out";

  bool is_atomic() const { return scenario_.replay == ReplayMode::atomic; }
  void refuse(bool given, const std::string& pointer, std::string_view why) {
    if (given && !problems_.touches(pointer)) problems_.add(pointer, std::string(why));
  }

  void check_order(const std::vector<std::string>& order, const std::string& place) {
    std::set<std::string> named;
    for (std::size_t i = 0; i < order.size(); ++i) {
      const std::string entry = place + "/" + std::to_string(i);
      if (problems_.touches(entry)) continue;
      if (!named.insert(order[i]).second) {
        problems_.add(entry, fmt::format("{} is named twice", cdnsim::quoted(order[i])));
      } else if (std::ranges::find(classes_, order[i]) == classes_.end()) {
        problems_.add(entry, fmt::format("no class of content is called {}{}",
                                         cdnsim::quoted(order[i]), hint(order[i], classes_)));
      }
    }
  }

  void check_link(const std::string& id, const LinkSpec& link) {
    const std::string place = pointer_to({"network", "links", id});
    if (problems_.told_at(place)) return;
    refuse(is_atomic() && link.max_queue, place + "/max_queue", kNotAtomic);
    if (!link.background) return;
    refuse(is_atomic(), place + "/background", kNotAtomic);
    refuse(link.background->rate >= link.capacity, place + "/background/rate",
           fmt::format("leaves nothing of the link's {}", to_text(link.capacity)));
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::vector<std::string> classes_;
};

}  // namespace

void check_queues(const Scenario& scenario, Problems& problems) {
  QueueChecker checker(scenario, problems);
  checker.check_tier(scenario.caching.edge, "edge");
  checker.check_tier(scenario.caching.shield, "shield");
  checker.check_network();
}

}  // namespace cdnsim::config
