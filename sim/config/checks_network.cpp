#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/checks_parents.hpp>
#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

// Above this, sums of users are no longer exact; the Earth has 8G people.
constexpr std::uint64_t kUsersMax = 1'000'000'000'000;

// Whether all places and both ends of all links are known: only then can one say who is not
// reached.
bool links_are_known(const NetworkSpec& network, const Problems& problems) {
  if (problems.told_at("")) return false;
  for (const std::string_view whole :
       {"/network", "/network/links", "/network/client_networks", "/network/pops",
        "/network/shields", "/network/origins", "/network/transit_providers", "/network/ixps",
        "/network/embedded"}) {
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
  add("transit_providers", network.transit_providers);
  add("ixps", network.ixps);
  add("embedded", network.embedded);
}

void check_links(const NetworkSpec& network, Problems& problems) {
  for (const auto& [id, link] : network.links) {
    const std::string to = pointer_to({"network", "links", id, "to"});
    if (link.from == link.to && !link.to.empty() && !problems.touches(to)) {
      problems.add(to, fmt::format("joins {} with itself", cdnsim::quoted(link.to)));
    }
  }
}

namespace {

class ReachChecker {
 public:
  ReachChecker(const Scenario& scenario, Problems& problems)
      : network_(scenario.network),
        reach_(network_),
        problems_(problems),
        near_pops_(reach_.around(ids_of(network_.pops))),
        near_shields_(reach_.around(ids_of(network_.shields))) {
    for (const auto& [id, content] : scenario.content) origins_.insert(content.origin);
    for (const auto& [id, workload] : scenario.traffic) {
      std::visit([this](const auto& kind) { add_origin(kind); }, workload);
    }
    // Unknown ones have been told.
    std::erase_if(origins_, [&](const std::string& id) { return !network_.origins.contains(id); });
  }

  void check_clients() {
    for (const auto& [id, spec] : network_.client_networks) {
      if (near_pops_.contains(id)) continue;
      problems_.add(
          pointer_to({"network", "client_networks", id}),
          "no PoP can reach this network; add a link to a PoP" + why_none(id, network_.pops));
    }
  }

  // Whether everybody can be reached whom the node asks about some origin's content.
  template <class Spec>
  void check_parents(std::string_view collection, const std::string& id, const Spec& spec) {
    const std::string place = pointer_to({"network", collection, id});
    for (const std::string& origin : origins_) {
      const auto special = spec.shields.find(origin);
      const bool is_special = special != spec.shields.end();
      const std::string& wanted = is_special ? special->second : spec.shield;
      const std::string said =
          is_special ? place + pointer_to({"shields", origin}) : place + "/shield";
      if (!problems_.touches(said)) check_parent(id, wanted, origin, place, said);
    }
  }

  void check_parent(const std::string& id, const std::string& wanted, const std::string& origin,
                    const std::string& place, const std::string& said) {
    if (wanted == kNone || (wanted == kNearest && network_.shields.empty())) {
      if (reach_.joined(id, origin)) return;
      problems_.add(place, fmt::format("cannot reach the origin {}; add a link{}",
                                       cdnsim::quoted(origin), why(id, origin)));
    } else if (wanted == kNearest) {
      if (near_shields_.contains(id)) return;
      problems_.add(place, "can reach no shield; add a link, or \"shield\": \"none\"" +
                               why_none(id, network_.shields));
    } else if (!reach_.joined(id, wanted)) {
      problems_.add(said, fmt::format("{} cannot reach {}; add a link{}",
                                      network_.embedded.contains(id) ? "the cache" : "the PoP",
                                      cdnsim::quoted(wanted), why(id, wanted)));
    } else {
      const auto shield = network_.shields.find(wanted);
      if (shield == network_.shields.end()) return;
      if (!network_.shields.contains(shield->second.failover)) return;  // none, or told already
      if (shield->second.failover == id || reach_.joined(id, shield->second.failover)) return;
      problems_.add(said, fmt::format("cannot reach {}, the failover of {}; add a link{}",
                                      cdnsim::quoted(shield->second.failover),
                                      cdnsim::quoted(wanted), why(id, shield->second.failover)));
    }
  }

  void check_peers(const std::string& id, const PopSpec& pop) {
    for (const std::string& peer : pop.peers) {
      if (!network_.pops.contains(peer) || reach_.joined(id, peer)) continue;
      problems_.add(pointer_to({"network", "pops", id, "peers"}),
                    fmt::format("the PoP cannot reach {}; add a link{}", cdnsim::quoted(peer),
                                why(id, peer)));
    }
  }

  // Everybody reports there. An unknown place has been told.
  void check_control(const std::string& place, std::string_view what, std::string_view key) {
    if (!is_site(place)) return;
    for (const auto& [id, pop] : network_.pops) {
      if (reach_.joined(id, place)) continue;
      problems_.add(pointer_to({"network", "pops", id}),
                    fmt::format("cannot reach {}, {}; add a link, or name another place in {}{}",
                                what, cdnsim::quoted(place), key, why(id, place)));
    }
  }
  // Where shields are told too.
  void check_told(const std::string& place) {
    if (!is_site(place)) return;
    for (const auto& [id, shield] : network_.shields) {
      if (id == place || reach_.joined(id, place)) continue;
      problems_.add(pointer_to({"network", "shields", id}),
                    fmt::format("cannot hear the detector of viral objects, {}, of what it is to "
                                "keep; add a link, name another place in /caching/viral/detector, "
                                "or leave micro_cache out{}",
                                cdnsim::quoted(place), why(place, id)));
    }
  }

  // Its host, and whom it asks; unknown ones have been told.
  void check_embedded(const std::string& id, const EmbeddedSpec& spec) {
    const std::string place = pointer_to({"network", "embedded", id});
    if (network_.client_networks.contains(spec.host) && !reach_.joined(id, spec.host)) {
      problems_.add(place, fmt::format("cannot reach its host {}; add a link{}",
                                       cdnsim::quoted(spec.host), why(id, spec.host)));
      return;
    }
    for (std::size_t i = 0; i < spec.neighbours.size(); ++i) {
      const std::string& neighbour = spec.neighbours[i];
      if (!network_.client_networks.contains(neighbour) || reach_.joined(id, neighbour)) continue;
      problems_.add(place + "/neighbours/" + std::to_string(i),
                    fmt::format("the cache cannot reach {}; add a link to its host{}",
                                cdnsim::quoted(neighbour), why(id, neighbour)));
    }
    if (spec.source == kNearest) {
      if (near_pops_.contains(id) || !near_pops_.contains(spec.host)) return;
      problems_.add(place, "can reach no PoP that would fill it; add a link to its host" +
                               why_none(id, network_.pops));
    } else if (network_.pops.contains(spec.source) || network_.shields.contains(spec.source)) {
      check_parent(id, spec.source, "", place, place + "/source");
    }
  }

  void check() {
    check_clients();
    for (const auto& [id, spec] : network_.embedded) check_embedded(id, spec);
    for (const auto& [id, pop] : network_.pops) {
      check_parents("pops", id, pop);
      check_peers(id, pop);
    }
    for (const auto& [id, shield] : network_.shields) check_parents("shields", id, shield);
  }

 private:
  bool is_site(const std::string& place) const {
    return network_.pops.contains(place) || network_.shields.contains(place) ||
           network_.origins.contains(place);
  }

  // Some workloads bring content of their own.
  template <class Workload>
  void add_origin(const Workload& workload) {
    if constexpr (requires { workload.origin; }) origins_.insert(workload.origin);
  }

  template <class Specs>
  static std::vector<std::string> ids_of(const Specs& specs) {
    std::vector<std::string> ids;
    for (const auto& [id, spec] : specs) ids.push_back(id);
    return ids;
  }

  // Where links lead from the one to the other and traffic may not follow them. Between places of
  // one organisation a backbone always carries it.
  std::string why(const std::string& from, const std::string& to) const {
    const std::string reason = problems_.full() ? "" : reach_.why_not(from, to);
    return reason.empty() ? "" : fmt::format(" ({}; see models/routing/README.md)", reason);
  }
  template <class Specs>
  std::string why_none(const std::string& from, const Specs& specs) const {
    for (const auto& [id, spec] : specs) {
      if (std::string reason = why(from, id); !reason.empty()) return reason;
    }
    return "";
  }

  const NetworkSpec& network_;
  Reach reach_;
  Problems& problems_;
  std::set<std::string, std::less<>> near_pops_, near_shields_;  // who reaches one of them
  std::set<std::string> origins_;
};

}  // namespace

void check_reach(const Scenario& scenario, Problems& problems) {
  if (!links_are_known(scenario.network, problems)) return;
  ReachChecker checker(scenario, problems);
  checker.check();
  if (scenario.caching.viral) {
    checker.check_control(detector_place(scenario), "the detector of viral objects",
                          "/caching/viral/detector");
    const std::optional<MitigationSpec>& measures = scenario.caching.viral->mitigations;
    if (measures && measures->micro_cache) checker.check_told(detector_place(scenario));
  }
  if (scenario.steering.method == SteeringMethod::engine) {
    checker.check_control(engine_place(scenario), "the steering engine", "/steering/engine/place");
  }
}

void check_users(const NetworkSpec& network, Problems& problems) {
  std::uint64_t all = 0;
  for (const auto& [id, spec] : network.client_networks) {
    if (spec.region && spec.region->empty() &&
        !problems.touches(pointer_to({"network", "client_networks", id}))) {
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
