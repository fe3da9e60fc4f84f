#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/domain_members.hpp>
#include <cdnsim/config/reach.hpp>
#include <cdnsim/config/scenario_map.hpp>
#include <cdnsim/whatif/failure.hpp>
#include <cdnsim/whatif/leftovers.hpp>

namespace cdnsim::whatif {
namespace {

template <class Specs>
std::vector<Failure> each_of(FailureKind kind, const Specs& specs) {
  std::vector<Failure> failures;
  for (const auto& [id, spec] : specs) failures.push_back(Failure{kind, id, {}});
  return failures;
}

// "transit-2" of transit-2-london and transit-2-tokyo.
std::string common_name(const std::vector<std::string>& ids) {
  std::string name = ids.front();
  if (ids.size() == 1) return name;
  for (const std::string& id : ids) {
    const auto [end, other] = std::ranges::mismatch(name, id);
    name.erase(end, name.end());
  }
  while (!name.empty() && (name.back() == '-' || name.back() == '_' || name.back() == ' ')) {
    name.pop_back();
  }
  return name.empty() ? ids.front() : name;
}

// Routers that siblings join, by the first of them.
std::vector<Failure> providers_of(const NetworkSpec& network) {
  const NetworkMap map = config::map_of(network);
  std::vector<std::uint32_t> group(map.places.size());
  for (std::uint32_t i = 0; i < group.size(); ++i) group[i] = i;
  const auto is_router = [&](std::uint32_t place) {
    return map.places[place].kind == PlaceKind::transit_provider;
  };
  for (const MapLink& link : map.links) {
    if (link.relation != Relation::siblings) continue;
    if (!is_router(link.link.from) || !is_router(link.link.to)) continue;
    const std::uint32_t low = std::min(group[link.link.from], group[link.link.to]);
    const std::uint32_t high = std::max(group[link.link.from], group[link.link.to]);
    std::ranges::replace(group, high, low);
  }
  std::map<std::uint32_t, std::vector<std::string>> members;
  for (std::uint32_t i = 0; i < group.size(); ++i) {
    if (is_router(i)) members[group[i]].push_back(map.places[i].id);
  }
  std::vector<Failure> failures;
  for (auto& [first, ids] : members) {
    failures.push_back(Failure{FailureKind::transit, common_name(ids), std::move(ids)});
  }
  return failures;
}

std::vector<Failure> ports_of(const NetworkSpec& network) {
  std::map<std::string, std::vector<std::string>> links_of;
  for (const auto& [id, link] : network.links) {
    if (link.pricing.port) {
      links_of[*link.pricing.port].push_back(id);
    } else {
      const auto is_site = [&](const std::string& end) {
        return network.pops.contains(end) || network.shields.contains(end);
      };
      if (is_site(link.from) || is_site(link.to)) links_of[id].push_back(id);
    }
  }
  std::vector<Failure> failures;
  for (auto& [id, links] : links_of) {
    failures.push_back(Failure{FailureKind::port, id, std::move(links)});
  }
  return failures;
}

// Where there is but one pod it is the whole site, which is a kind of its own.
std::vector<Failure> pods_in(const NetworkSpec& network) {
  std::vector<Failure> failures;
  const auto add_from = [&](const auto& specs) {
    for (const auto& [id, spec] : specs) {
      const std::uint32_t pods = config::pods_of(network, id);
      for (std::uint32_t pod = 0; pod < pods && pods > 1; ++pod) {
        failures.push_back(Failure{FailureKind::pod, fmt::format("{}/{}", id, pod), {id}});
      }
    }
  };
  add_from(network.pops);
  add_from(network.shields);
  add_from(network.embedded);
  return failures;
}

// "frankfurt server 3", for those of a site that keeps others.
std::vector<std::string> names_of(const config::Failing& failing) {
  std::vector<std::string> names(failing.places.begin(), failing.places.end());
  names.insert(names.end(), failing.links.begin(), failing.links.end());
  for (const auto& [site, servers] : failing.servers) {
    if (failing.places.contains(site)) continue;
    for (const std::uint32_t server : servers) {
      names.push_back(fmt::format("{} server {}", site, server));
    }
  }
  return names;
}

std::vector<Failure> domains_of(const NetworkSpec& network) {
  std::vector<Failure> failures;
  for (const auto& [id, domain] : network.failure_domains) {
    failures.push_back(
        Failure{FailureKind::domain, id, names_of(config::failing(network, domain))});
  }
  return failures;
}

class Remover {
 public:
  explicit Remover(Scenario& scenario) : scenario_(scenario), network_(scenario.network) {}

  void pop(const std::string& id) {
    network_.pops.erase(id);
    forget_parent(id, "");
    for (auto& [other, spec] : network_.pops) std::erase(spec.peers, id);
    place(id);
  }

  void shield(const std::string& id) {
    const auto found = network_.shields.find(id);
    const std::string failover = found == network_.shields.end() ? "" : found->second.failover;
    network_.shields.erase(id);
    forget_parent(id, failover);
    for (auto& [other, spec] : network_.shields) {
      if (spec.failover == id) spec.failover.clear();
    }
    place(id);
  }

  void router(const std::string& id) {
    network_.transit_providers.erase(id);
    place(id);
  }
  void ixp(const std::string& id) {
    network_.ixps.erase(id);
    place(id);
  }
  void link(const std::string& id) { network_.links.erase(id); }
  void embedded(const std::string& id) {
    network_.embedded.erase(id);
    place(id);
  }

  void origin(const std::string& id) {
    drop_events_of_origin(id);
    DownEvent down;
    down.node = id;
    scenario_.events[fmt::format("{} is away", id)] = EventSpec{Duration{0}, down};
  }

  // They stay and are paid for, but do no work; the others have what they owned from the start.
  void servers(const std::string& site, const std::set<std::uint32_t>& away) {
    if (away.size() == config::servers_of(network_, site)) return whole(site);
    for (const std::uint32_t server : away) {
      DownEvent down;
      down.node = site;
      down.server = server;
      down.noticed_after = Duration{0};
      scenario_.events[fmt::format("{} server {} is away", site, server)] =
          EventSpec{Duration{0}, down};
    }
  }

  void pod(const std::string& site, const std::string& id) {
    FailureDomainSpec domain;
    domain.pods[site] = {static_cast<std::uint32_t>(std::stoul(id.substr(site.size() + 1)))};
    all_of(config::failing(network_, domain));
  }

  // Servers first: of sites that are there.
  void all_of(const config::Failing& failing) {
    for (const auto& [site, numbers] : failing.servers) {
      if (!failing.places.contains(site)) servers(site, numbers);
    }
    for (const std::string& id : failing.links) link(id);
    for (const std::string& id : failing.places) whole(id);
  }

 private:
  void whole(const std::string& id) {
    if (network_.pops.contains(id)) return pop(id);
    if (network_.shields.contains(id)) return shield(id);
    if (network_.embedded.contains(id)) return embedded(id);
    if (network_.ixps.contains(id)) return ixp(id);
    if (network_.transit_providers.contains(id)) return router(id);
    if (network_.origins.contains(id)) origin(id);
  }

  // Links that are left without one of their ends, and what was decided there.
  void place(const std::string& id) {
    std::erase_if(network_.links, [&](const auto& entry) {
      return entry.second.from == id || entry.second.to == id;
    });
    for (auto& [cache, spec] : network_.embedded) {
      if (spec.source == id) spec.source = EmbeddedSpec{}.source;
    }
    if (scenario_.caching.viral) forget_in(*scenario_.caching.viral, id);
    if (scenario_.steering.engine.place == id) scenario_.steering.engine.place.clear();
  }

  // Prepositioning to no PoP is none; to those that are not named, it is to all.
  static void forget_in(ViralSpec& viral, const std::string& id) {
    if (viral.detector == id) viral.detector.clear();
    if (!viral.mitigations || !viral.mitigations->preposition) return;
    MitigationSpec& measures = *viral.mitigations;
    if (std::erase(measures.preposition->pops, id) == 0) return;
    if (measures.preposition->pops.empty()) measures.preposition.reset();
    if (!measures.preposition && !measures.replicate && !measures.micro_cache) {
      viral.mitigations.reset();
    }
  }

  // Nothing brings it back; what names nothing then is a leftover.
  void drop_events_of_origin(const std::string& id) {
    std::erase_if(scenario_.events, [&](const auto& entry) {
      const auto* down = std::get_if<DownEvent>(&entry.second.what);
      const auto* fail = std::get_if<FailEvent>(&entry.second.what);
      const auto* degrade = std::get_if<DegradeEvent>(&entry.second.what);
      return (degrade != nullptr && degrade->node == id) || (down != nullptr && down->node == id) ||
             (fail != nullptr && fail->place() == id);
    });
    for (auto& [name, event] : scenario_.events) {
      if (auto* faults = std::get_if<FaultsEvent>(&event.what)) std::erase(faults->sites, id);
    }
  }

  void forget_parent(const std::string& id, const std::string& instead) {
    const auto mend = [&](const std::string& asker, auto& spec) {
      const std::string usual = std::decay_t<decltype(spec)>{}.shield;
      const bool stands_in = !instead.empty() && instead != asker;
      if (spec.shield == id) spec.shield = stands_in ? instead : usual;
      for (auto& [origin, parent] : spec.shields) {
        if (parent == id) parent = stands_in ? instead : usual;
      }
    };
    for (auto& [asker, spec] : network_.pops) mend(asker, spec);
    for (auto& [asker, spec] : network_.shields) mend(asker, spec);
  }

  Scenario& scenario_;
  NetworkSpec& network_;
};

}  // namespace

std::vector<Failure> failures_of(const NetworkSpec& network, FailureKind kind) {
  switch (kind) {
    case FailureKind::pop: return each_of(kind, network.pops);
    case FailureKind::ixp: return each_of(kind, network.ixps);
    case FailureKind::shield: return each_of(kind, network.shields);
    case FailureKind::link: return each_of(kind, network.links);
    case FailureKind::origin: return each_of(kind, network.origins);
    case FailureKind::embedded: return each_of(kind, network.embedded);
    case FailureKind::domain: return domains_of(network);
    case FailureKind::pod: return pods_in(network);
    case FailureKind::transit: return providers_of(network);
    case FailureKind::port: break;
  }
  return ports_of(network);
}

namespace {

// Caches that their host does not reach any more serve nobody, and a neighbour that has lost its
// way to one goes back to its PoP: as a run does where that happens in the middle.
void leave_unreachable_caches(NetworkSpec& network) {
  if (network.embedded.empty()) return;
  const config::Reach reach(network);
  const auto is_lost = [&](const std::string& cache, const std::string& other) {
    return !reach.joined(cache, other) || !reach.joined(other, cache);
  };
  for (auto cache = network.embedded.begin(); cache != network.embedded.end();) {
    auto& [id, spec] = *cache;
    if (is_lost(id, spec.host)) {
      cache = network.embedded.erase(cache);
      continue;
    }
    std::erase_if(spec.neighbours, [&](const std::string& other) { return is_lost(id, other); });
    const std::string usual = EmbeddedSpec{}.source;
    if (spec.source != usual && is_lost(id, spec.source)) spec.source = usual;
    ++cache;
  }
}

}  // namespace

Scenario without(Scenario scenario, const Failure& failure) {
  Remover remover(scenario);
  switch (failure.kind) {
    case FailureKind::pop: remover.pop(failure.id); break;
    case FailureKind::ixp: remover.ixp(failure.id); break;
    case FailureKind::shield: remover.shield(failure.id); break;
    case FailureKind::link: remover.link(failure.id); break;
    case FailureKind::origin: remover.origin(failure.id); break;
    case FailureKind::embedded: remover.embedded(failure.id); break;
    case FailureKind::pod: remover.pod(failure.members.front(), failure.id); break;
    case FailureKind::domain:
      remover.all_of(
          config::failing(scenario.network, scenario.network.failure_domains.at(failure.id)));
      scenario.network.failure_domains.erase(failure.id);
      break;
    case FailureKind::transit:
      for (const std::string& router : failure.members) remover.router(router);
      break;
    case FailureKind::port:
      for (const std::string& link : failure.members) remover.link(link);
      break;
  }
  leave_unreachable_caches(scenario.network);
  drop_leftovers(scenario);
  return scenario;
}

std::optional<Scenario> without_networks(Scenario scenario,
                                         const std::vector<std::string>& networks) {
  double before = 0, after = 0;
  NetworkSpec& network = scenario.network;
  for (const auto& [id, client] : network.client_networks) {
    before += static_cast<double>(client.users);
  }
  for (const std::string& id : networks) {
    network.client_networks.erase(id);
    std::erase_if(network.embedded, [&](const auto& entry) { return entry.second.host == id; });
    for (auto& [cache, spec] : network.embedded) std::erase(spec.neighbours, id);
    std::erase_if(network.links, [&](const auto& entry) {
      return entry.second.from == id || entry.second.to == id;
    });
  }
  for (const auto& [id, client] : network.client_networks) {
    after += static_cast<double>(client.users);
  }
  // Rates are shared out by users, so that what is left of the users takes what is left of them.
  for (auto& [name, workload] : scenario.traffic) {
    if (auto* steady = std::get_if<Steady>(&workload)) {
      steady->rate = steady->rate * (after / before);
    } else if (auto* viral = std::get_if<Viral>(&workload)) {
      viral->peak = Rate{viral->peak_rate() * (after / before)};
      viral->views.reset();
    } else if (auto* live = std::get_if<Live>(&workload)) {
      const double left = static_cast<double>(live->viewers) * (after / before);
      live->viewers = std::max<std::uint64_t>(1, static_cast<std::uint64_t>(left + 0.5));
    } else if (auto* flash = std::get_if<Flash>(&workload)) {
      flash->rate = flash->rate * (after / before);
      flash->peak = flash->peak * (after / before);
    } else {
      return std::nullopt;
    }
  }
  if (network.client_networks.empty() || network.pops.empty()) return std::nullopt;
  drop_leftovers(scenario);
  return scenario;
}

Stranded stranded_in(const Scenario& scenario) {
  const NetworkSpec& network = scenario.network;
  Stranded stranded;
  std::vector<std::string> pops;
  for (const auto& [id, pop] : network.pops) pops.push_back(id);
  const auto reaching = config::Reach(network).around(pops);
  for (const auto& [id, client] : network.client_networks) {
    if (reaching.contains(id)) continue;
    stranded.networks.push_back(id);
    stranded.users += client.users;
  }
  if (!stranded.networks.empty()) {
    stranded.reason = stranded.networks.size() == 1
                          ? fmt::format("{} reaches no PoP", stranded.networks.front())
                          : fmt::format("{} and {} more networks reach no PoP",
                                        stranded.networks.front(), stranded.networks.size() - 1);
    return stranded;
  }
  const config::Document nothing{{"without it"}, {}};
  config::Problems problems(nothing);
  config::check_reach(scenario, problems);
  if (problems.empty()) config::check_launches(scenario, problems);
  if (!problems.empty()) {
    const Problem first = problems.sorted().front();
    stranded.reason = fmt::format("{}: {}", first.pointer, first.message);
  }
  return stranded;
}

}  // namespace cdnsim::whatif
