// Whether failure domains name servers, pods, metros and regions that there are.
#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/config/suggest.hpp>
#include <cdnsim/models/geography/metros.hpp>

namespace cdnsim::config {
namespace {

class DomainChecker {
 public:
  DomainChecker(const NetworkSpec& network, Problems& problems)
      : network_(network), problems_(problems) {}

  void check(const std::string& id, const FailureDomainSpec& domain) {
    place_ = pointer_to({"network", "failure_domains", id});
    if (problems_.told_at(place_)) return;
    check_numbers("servers", domain.servers, servers_of);
    check_numbers("pods", domain.pods, pods_of);
    for (std::size_t i = 0; i < domain.metros.size(); ++i) {
      if (!find_metro(domain.metros[i])) add("metros", i, unknown_metro(domain.metros[i]));
    }
    for (std::size_t i = 0; i < domain.regions.size(); ++i) check_region(domain.regions[i], i);
    if (!problems_.touches(place_) && failing(network_, domain).empty()) {
      problems_.add(place_, "nothing of the network stands there; name what is to fail");
    }
  }

 private:
  void add(std::string_view key, std::size_t index, std::string message) {
    const std::string place = fmt::format("{}/{}/{}", place_, key, index);
    if (!problems_.touches(place)) problems_.add(place, std::move(message));
  }

  void check_numbers(std::string_view key, const NumbersById& numbers,
                     std::uint32_t (*count_of)(const NetworkSpec&, const std::string&)) {
    for (const auto& [site, list] : numbers) {
      const std::uint32_t count = count_of(network_, site);
      const std::string at = pointer_to({key, site}).substr(1);
      for (std::size_t i = 0; i < list.size() && count > 0; ++i) {
        if (list[i] < count) continue;
        add(at, i,
            fmt::format("{} has {} {}, numbered from 0", cdnsim::quoted(site), count,
                        count == 1 ? key.substr(0, key.size() - 1) : key));
      }
    }
  }

  void check_region(const std::string& region, std::size_t index) {
    std::vector<std::string> known;
    for (const auto& entry : enum_names(WorldRegion{})) known.emplace_back(entry.name);
    if (std::ranges::find(known, region) != known.end()) return;
    add("regions", index,
        fmt::format("{} is no region of the world{}", cdnsim::quoted(region), hint(region, known)));
  }

  const NetworkSpec& network_;
  Problems& problems_;
  std::string place_;
};

}  // namespace

void check_domains(const NetworkSpec& network, Problems& problems) {
  if (problems.told_at("") || problems.told_at("/network")) return;
  DomainChecker checker(network, problems);
  for (const auto& [id, domain] : network.failure_domains) checker.check(id, domain);
}

}  // namespace cdnsim::config
