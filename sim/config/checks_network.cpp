#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

// The words that a PoP's `shield` may have instead of an id.
constexpr std::string_view kNearest = "nearest";
constexpr std::string_view kNone = "none";

// Above this, sums of users are no longer exact; the Earth has 8G people.
constexpr std::uint64_t kUsersMax = 1'000'000'000'000;

template <class Specs>
std::vector<std::string> ids_of(const Specs& specs) {
  std::vector<std::string> ids;
  for (const auto& [id, spec] : specs) ids.push_back(id);
  return ids;
}

// Whether all places and both ends of all links are known: only then can one say who is not
// reached.
bool links_are_known(const NetworkSpec& network, const Problems& problems) {
  if (problems.told_at("")) return false;
  for (const std::string_view whole : {"/network", "/network/links", "/network/client_networks",
                                       "/network/pops", "/network/shields", "/network/origins"}) {
    if (problems.told_at(whole)) return false;
  }
  for (const auto& [id, link] : network.links) {
    const std::string place = pointer_to({"network", "links", id});
    if (link.from.empty() || link.to.empty() || problems.touches(place + "/from") ||
        problems.touches(place + "/to")) {
      return false;
    }
  }
  return true;
}

}  // namespace

void check_ids(const NetworkSpec& network, Problems& problems) {
  std::map<std::string, std::string_view> taken;  // id to the collection that has it
  const auto add = [&](std::string_view collection, const auto& specs) {
    for (const auto& [id, spec] : specs) {
      const auto [at, is_new] = taken.emplace(id, collection);
      if (is_new) continue;
      problems.add(pointer_to({"network", collection, id}),
                   fmt::format("/network/{} has a {} too; a link could not tell them apart",
                               at->second, cdnsim::quoted(id)));
    }
  };
  add("client_networks", network.client_networks);
  add("pops", network.pops);
  add("shields", network.shields);
  add("origins", network.origins);
}

void check_links(const NetworkSpec& network, Problems& problems) {
  for (const auto& [id, link] : network.links) {
    const std::string to = pointer_to({"network", "links", id, "to"});
    if (link.from == link.to && !link.to.empty() && !problems.touches(to)) {
      problems.add(to, fmt::format("joins {} with itself", cdnsim::quoted(link.to)));
    }
  }
}

void check_shields(const NetworkSpec& network, Problems& problems) {
  if (problems.told_at("/network") || problems.told_at("/network/shields")) return;
  for (const std::string_view word : {kNearest, kNone}) {
    if (!network.shields.contains(std::string(word))) continue;
    problems.add(
        pointer_to({"network", "shields", word}),
        fmt::format("{} means something else in a PoP's \"shield\"", cdnsim::quoted(word)));
  }
  std::vector<std::string> known = ids_of(network.shields);
  known.insert(known.begin(), {std::string(kNearest), std::string(kNone)});
  for (const auto& [id, pop] : network.pops) {
    const std::string place = pointer_to({"network", "pops", id, "shield"});
    if (std::ranges::find(known, pop.shield) != known.end() || problems.touches(place)) continue;
    problems.add(place, fmt::format("{} is not in /network/shields{}", cdnsim::quoted(pop.shield),
                                    hint(pop.shield, known)));
  }
}

namespace {

class ReachChecker {
 public:
  ReachChecker(const Scenario& scenario, Problems& problems)
      : network_(scenario.network), reach_(network_), problems_(problems) {
    for (const auto& [id, content] : scenario.content) origins_.insert(content.origin);
    for (const auto& [id, workload] : scenario.traffic) {
      std::visit([this](const auto& kind) { add_origin(kind); }, workload);
    }
    // Unknown ones have been told.
    std::erase_if(origins_, [&](const std::string& id) { return !network_.origins.contains(id); });
  }

  void check_clients() {
    for (const auto& [id, spec] : network_.client_networks) {
      if (reaches_any(id, network_.pops)) continue;
      problems_.add(pointer_to({"network", "client_networks", id}),
                    "no PoP can reach this network; add a link to a PoP");
    }
  }

  void check_pop(const std::string& id, const PopSpec& pop) {
    const std::string place = pointer_to({"network", "pops", id});
    if (problems_.touches(place + "/shield")) return;
    const bool takes_nearest = pop.shield == kNearest;
    if (pop.shield == kNone || (takes_nearest && network_.shields.empty())) {
      check_origins(id, place);
    } else if (takes_nearest) {
      if (reaches_any(id, network_.shields)) return;
      problems_.add(place, "can reach no shield; add a link, or \"shield\": \"none\"");
    } else if (network_.shields.contains(pop.shield) && !reach_.joined(id, pop.shield)) {
      problems_.add(place + "/shield",
                    fmt::format("the PoP cannot reach {}; add a link", cdnsim::quoted(pop.shield)));
    }
  }

  void check_origins(const std::string& from, const std::string& place) {
    for (const std::string& origin : origins_) {
      if (reach_.joined(from, origin)) continue;
      problems_.add(place,
                    fmt::format("cannot reach the origin {}; add a link", cdnsim::quoted(origin)));
    }
  }

  void check() {
    check_clients();
    for (const auto& [id, pop] : network_.pops) check_pop(id, pop);
    for (const auto& [id, shield] : network_.shields) {
      check_origins(id, pointer_to({"network", "shields", id}));
    }
  }

 private:
  // Some workloads bring content of their own.
  template <class Workload>
  void add_origin(const Workload& workload) {
    if constexpr (requires { workload.origin; }) origins_.insert(workload.origin);
  }

  template <class Specs>
  bool reaches_any(const std::string& from, const Specs& specs) const {
    return std::ranges::any_of(specs,
                               [&](const auto& entry) { return reach_.joined(from, entry.first); });
  }

  const NetworkSpec& network_;
  Reach reach_;
  Problems& problems_;
  std::set<std::string> origins_;
};

}  // namespace

void check_reach(const Scenario& scenario, Problems& problems) {
  if (links_are_known(scenario.network, problems)) ReachChecker(scenario, problems).check();
}

void check_users(const NetworkSpec& network, Problems& problems) {
  std::uint64_t all = 0;
  for (const auto& [id, spec] : network.client_networks) {
    if (spec.region.empty() && !problems.touches(pointer_to({"network", "client_networks", id}))) {
      problems.add(pointer_to({"network", "client_networks", id, "region"}),
                   "a region must have a name");
    }
    const bool fits = spec.users <= kUsersMax && all + spec.users <= kUsersMax;
    if (!fits) {
      problems.add(pointer_to({"network", "client_networks", id, "users"}),
                   fmt::format("more than {} users in all", count_text(kUsersMax)));
      return;
    }
    all += spec.users;
  }
}

}  // namespace cdnsim::config
