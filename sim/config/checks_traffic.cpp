#include <algorithm>
#include <cstdint>
#include <set>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::config {
namespace {

// More in one slot cannot be drawn, and no machine would get through them.
constexpr double kArrivalsInSlotMax = 1e9;
// Counters have 64 bits; this leaves room for what an estimate does not see.
constexpr double kBytesMax = 4e18;
// Content classes have 16-bit numbers.
constexpr std::size_t kClassesMax = 65'535;

// An estimate: the mean of sizes drawn evenly over the law.
double mean_bytes(const SizeLaw& law) {
  constexpr std::uint64_t kDraws = 64;
  double sum = 0;
  for (std::uint64_t i = 0; i < kDraws; ++i) {
    const std::uint64_t bits = (2 * i + 1) * (std::uint64_t{1} << 57);
    sum += static_cast<double>(law.draw(bits).count());
  }
  return sum / kDraws;
}

class TrafficChecker {
 public:
  TrafficChecker(const Scenario& scenario, Problems& problems)
      : scenario_(scenario), problems_(problems) {
    for (const auto& [id, spec] : scenario.network.client_networks)
      regions_.insert(region_of(spec));
  }

  // Asks only for the members that a workload has, so that a new kind needs nothing here.
  template <class Workload>
  void check(const std::string& id, const Workload& workload) {
    place_ = pointer_to({"traffic", id});
    if constexpr (requires { workload.mix; }) check_mix("/mix", workload.mix);
    if constexpr (requires { workload.crowd_mix; }) {
      if (!workload.crowd_mix.empty()) check_mix("/crowd_mix", workload.crowd_mix);
    }
    if constexpr (requires { workload.tastes; }) {
      for (const auto& [name, taste] : workload.tastes) check_taste(name, taste, workload);
      check_what_is_left(workload);
    }
    if constexpr (requires { workload.bursts; }) {
      if (workload.bursts) check_bursts(*workload.bursts);
    }
    if constexpr (requires { workload.size; }) check_own_class(id, id);
    if constexpr (requires { workload.own_classes(id); }) {
      for (const std::string& name : workload.own_classes(id)) check_own_class(id, name);
    }
    if constexpr (requires { workload.interest; }) check_interest(workload.interest);
    if constexpr (requires { workload.delivery; }) check_delivery(workload.delivery);
    if constexpr (requires { workload.starts; }) check_start(workload.starts);
    if constexpr (requires { workload.spread; }) check_spread(workload.spread);
    if constexpr (requires { workload.rate; }) check_rate("/rate", workload.rate, workload);
    if constexpr (requires { workload.peak_rate(); }) {
      check_rate(workload.views ? "/views" : "/peak", Rate{workload.peak_rate()}, workload);
    } else if constexpr (requires { workload.peak; }) {
      check_rate("/peak", workload.peak, workload);
    }
  }

  // All workloads together.
  void check_classes() {
    const std::size_t classes = scenario_.content.size() + own_classes_;
    if (classes <= kClassesMax) return;
    complain("/content", fmt::format("{} classes of content; at most {}", classes, kClassesMax));
  }

 private:
  void complain(const std::string& pointer, std::string message) {
    if (!problems_.touches(pointer)) problems_.add(pointer, std::move(message));
  }

  void check_mix(const std::string& key, const std::map<std::string, double>& mix) {
    double sum = 0;
    for (const auto& [content, share] : mix) sum += share;
    if (sum > 0) return;
    complain(place_ + key, mix.empty() ? "names no content" : "all shares are 0");
  }

  template <class Workload>
  void check_taste(const std::string& name, const TasteSpec& taste, const Workload& workload) {
    const std::string place = place_ + pointer_to({"tastes", name});
    const bool knows_networks =
        !problems_.told_at("/network") && !problems_.told_at("/network/client_networks");
    if (knows_networks && taste.region && !regions_.contains(*taste.region)) {
      const std::vector<std::string> known(regions_.begin(), regions_.end());
      complain(place + "/region",
               fmt::format("no client network is in the region {}{}", cdnsim::quoted(*taste.region),
                           hint(*taste.region, known)));
    }
    for (const auto& [content, times] : taste.times) {
      bool asks = workload.mix.contains(content);
      if constexpr (requires { workload.crowd_mix; }) {
        asks = asks || workload.crowd_mix.contains(content);
      }
      if (asks || !scenario_.content.contains(content)) continue;
      complain(place + pointer_to({"times", content}),
               fmt::format("this workload does not ask for {}; add it to the mix, or take it out",
                           cdnsim::quoted(content)));
    }
  }

  template <class Workload>
  void check_what_is_left(const Workload& workload) {
    if (problems_.touches(place_)) return;
    for (const auto& [id, spec] : scenario_.network.client_networks) {
      const Audience audience{id, region_of(spec), 0, Duration{0}, spec.access};
      double left = 0;
      for (const auto& [content, share] : mix_of(workload.mix, workload.tastes, audience)) {
        left += share;
      }
      if constexpr (requires { workload.crowd_mix; }) {
        double crowd = workload.crowd_mix.empty() ? left : 0;
        for (const auto& [content, share] : mix_of(workload.crowd_mix, workload.tastes, audience)) {
          crowd += share;
        }
        left = std::min(left, crowd);
      }
      if (left > 0) continue;
      complain(place_ + "/tastes", fmt::format("leave {} nothing to ask for", cdnsim::quoted(id)));
      return;
    }
  }

  void check_bursts(const BurstSpec& bursts) {
    if (problems_.touches("/slot") || bursts.lasts % scenario_.slot == Duration{0}) return;
    complain(place_ + "/bursts/lasts", fmt::format("{} are not a whole number of slots of {}",
                                                   to_text(bursts.lasts), to_text(scenario_.slot)));
  }

  void check_own_class(const std::string& id, const std::string& name) {
    ++own_classes_;
    const bool is_other_workload = name != id && scenario_.traffic.contains(name);
    if (!scenario_.content.contains(name) && !is_other_workload) return;
    complain(place_, fmt::format("{} has {} too; this workload brings content of its own, "
                                 "under {}; call one of them otherwise",
                                 is_other_workload ? "/traffic" : "/content", cdnsim::quoted(name),
                                 name == id ? "its name" : "that name"));
  }

  void check_delivery(LiveDelivery delivery) {
    if (scenario_.steering.when_full == WhenFull::redirect && !problems_.touches("/steering")) {
      complain("/steering/when_full",
               "players of live events go on with the PoP that they ask; write \"shed\"");
    }
    if (delivery == LiveDelivery::push_to_shields && scenario_.network.shields.empty() &&
        !problems_.touches("/network")) {
      complain(place_ + "/delivery", "there are no shields; write \"push\" or \"pull\"");
    }
  }

  void check_interest(const std::map<std::string, double>& interest) {
    if (problems_.told_at("/network") || problems_.told_at("/network/client_networks")) return;
    const std::vector<std::string> known(regions_.begin(), regions_.end());
    std::size_t without = 0;
    for (const auto& [region, weight] : interest) {
      without += weight <= 0;
      if (regions_.contains(region)) continue;
      complain(place_ + pointer_to({"interest", region}),
               fmt::format("no client network is in the region {}{}", cdnsim::quoted(region),
                           hint(region, known)));
    }
    if (!regions_.empty() && without >= regions_.size()) {
      complain(place_ + "/interest", "nobody is left to watch; some region needs a weight above 0");
    }
  }

  void check_start(Duration starts) {
    const bool knows_end = scenario_.duration > Duration{0} && !problems_.touches("/duration");
    if (!knows_end || starts < scenario_.duration) return;
    complain(place_ + "/starts",
             fmt::format("the run is over after {}", to_text(scenario_.duration)));
  }

  template <class Spread>
  void check_spread(const std::map<std::string, Spread>& spread) {
    if (problems_.told_at("/network") || problems_.told_at("/network/client_networks")) return;
    const std::vector<std::string> known(regions_.begin(), regions_.end());
    double weights = 0;
    for (const auto& [region, local] : spread) {
      weights += local.weight;
      if (regions_.contains(region)) continue;
      complain(place_ + pointer_to({"spread", region}),
               fmt::format("no client network is in the region {}{}", cdnsim::quoted(region),
                           hint(region, known)));
    }
    const bool names_all = spread.size() >= regions_.size();
    if (names_all && !spread.empty() && weights <= 0) {
      complain(place_ + "/spread", "all weights are 0");
    }
  }

  template <class Workload>
  double mean_bytes_of(const Workload& workload) const {
    if constexpr (requires { workload.size; }) return mean_bytes(workload.size);
    double bytes = 0;
    if constexpr (requires { workload.mix; }) {
      double shares = 0;
      for (const auto& [name, share] : workload.mix) {
        const auto content = scenario_.content.find(name);
        if (content == scenario_.content.end()) continue;
        bytes += share * mean_bytes(content->second.size);
        shares += share;
      }
      if (shares > 0) bytes /= shares;
    }
    return bytes;
  }

  template <class Workload>
  void check_rate(const std::string& key, Rate rate, const Workload& workload) {
    const double bytes =
        rate.per_second() * seconds(scenario_.duration) * std::max(mean_bytes_of(workload), 1.0);
    if (rate.per_second() * seconds(scenario_.slot) > kArrivalsInSlotMax) {
      complain(place_ + key, fmt::format("{} are more than a billion requests in one slot of {}",
                                         to_text(rate), to_text(scenario_.slot)));
    } else if (bytes > kBytesMax) {
      complain(place_ + key, fmt::format("{} for {} are more bytes than can be counted",
                                         to_text(rate), to_text(scenario_.duration)));
    }
  }

  const Scenario& scenario_;
  Problems& problems_;
  std::set<std::string> regions_;
  std::string place_;            // of the workload at hand
  std::size_t own_classes_ = 0;  // that workloads bring
};

}  // namespace

void check_traffic(const Scenario& scenario, Problems& problems) {
  TrafficChecker checker(scenario, problems);
  for (const auto& [id, workload] : scenario.traffic) {
    // Of what kind it is nobody knows, or not enough of it to judge.
    const std::string place = pointer_to({"traffic", id});
    if (problems.told_at(place) || problems.told_at(place + "/kind")) continue;
    std::visit([&](const auto& kind) { checker.check(id, kind); }, workload);
  }
  checker.check_classes();
}

}  // namespace cdnsim::config
