#include <algorithm>
#include <map>
#include <queue>
#include <set>

#include <cdnsim/assembly/embedded.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/data_path/rendezvous.hpp>
#include <cdnsim/models/node/copy_rules.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

constexpr BitRate kFillRateOfServer = 1'200_Mbps;

// What may be cached there or, of that, what the scenario names.
ClassMask served_classes(const Scenario& scenario, const Plan& plan, const EmbeddedSpec& spec) {
  const std::vector<CopyRules> rules = copy_rules(scenario.caching.embedded, plan.catalogue);
  ClassMask mask(plan.catalogue.size());
  for (std::size_t i = 0; i < mask.size(); ++i) {
    mask[i] = spec.serves
                  ? std::ranges::find(*spec.serves, plan.catalogue[i].name) != spec.serves->end()
                  : rules[i].worth_storing();
  }
  return mask;
}

// Where what one place sends to another comes into the networks of clients.
LinkKind entry_of(const Plan& plan, std::uint32_t from, std::uint32_t target) {
  const auto path = plan.routing->best_path(from, target);
  CDNSIM_ASSERT(path, "sources that cannot be reached are found when a scenario is read");
  for (const PortRef port : path->ports) {
    const Link& link = plan.topology.links()[port.link];
    const std::uint32_t to = port.forward ? link.to : link.from;
    if (plan.topology.place(to).kind == PlaceKind::client_network) return link.spec.kind;
  }
  return LinkKind::backbone;  // a line of its own past its host
}

bool is_out(const EmbeddedCache& cache, std::uint32_t audience, SimTime time) {
  bool out = false;
  const auto switches = cache.switches.find(audience);
  if (switches == cache.switches.end()) return out;
  for (const CacheSwitch& change : switches->second) {
    if (change.from <= time) out = change.out;
  }
  return out;
}

std::set<std::uint32_t> networks_of(const EmbeddedCache& cache) {
  std::set<std::uint32_t> networks;
  for (const CellShare& share : cache.cells) networks.insert(share.audience);
  return networks;
}

class Sharer {
 public:
  Sharer(const Scenario& scenario, const Plan& plan)
      : scenario_(scenario), plan_(plan), of_network_(plan.networks.size()) {}

  std::vector<EmbeddedCache> share() {
    for (const auto& [id, spec] : scenario_.network.embedded) add(id, spec);
    for (std::uint32_t i = 0; i < plan_.networks.size(); ++i) share_network(i);
    return std::move(caches_);
  }

 private:
  void add(const std::string& id, const EmbeddedSpec& spec) {
    EmbeddedCache cache;
    cache.place = *plan_.topology.find(id);
    cache.host = network_of(spec.host);
    const ClientNetwork* host = &plan_.networks[cache.host];
    cache.sources = fill_sources(scenario_, plan_, spec.source, cache.place, cache.host);
    cache.fills_over = entry_of(plan_, cache.sources.front().place, cache.place);
    cache.otherwise_over = entry_of(plan_, host->pop_place, host->place);
    of_network_[cache.host].push_back(caches_.size());
    for (const std::string& neighbour : spec.neighbours) {
      of_network_[network_of(neighbour)].push_back(caches_.size());
    }
    caches_.push_back(std::move(cache));
    members_.push_back(RingMember{id, spec.servers});
    serves_.push_back(served_classes(scenario_, plan_, spec));
  }

  std::uint32_t network_of(const std::string& id) const {
    const auto found = std::ranges::find(plan_.networks, id, &ClientNetwork::id);
    CDNSIM_ASSERT(found != plan_.networks.end(), "networks are checked when a scenario is read");
    return static_cast<std::uint32_t>(found - plan_.networks.begin());
  }

  // Whoever has a class is drawn among those that serve it; classes that the same caches serve stay
  // together.
  void share_network(std::uint32_t network) {
    if (of_network_[network].empty()) return;
    const std::string& name = plan_.networks[network].id;
    for (std::uint32_t cell = 0; cell < plan_.networks[network].cells; ++cell) {
      const std::uint64_t key = hash_combine(hash_name(name), cell);
      std::map<std::size_t, ClassMask> masks;  // by cache
      for (std::size_t content = 0; content < plan_.catalogue.size(); ++content) {
        const std::size_t owner = owner_of(network, content, key);
        if (owner == caches_.size()) continue;
        ClassMask& mask = masks.try_emplace(owner, plan_.catalogue.size()).first->second;
        mask[content] = true;
      }
      for (auto& [owner, mask] : masks) {
        caches_[owner].cells.push_back(CellShare{network, cell, std::move(mask)});
      }
    }
  }

  std::size_t owner_of(std::uint32_t network, std::size_t content, std::uint64_t key) {
    std::vector<std::size_t> able;
    for (const std::size_t i : of_network_[network]) {
      if (serves_[i][content]) able.push_back(i);
    }
    if (able.empty()) return caches_.size();
    if (able.size() == 1) return able.front();
    std::vector<RingMember> members;
    for (const std::size_t i : able) members.push_back(members_[i]);
    return able[Rendezvous(members).owner(key)];
  }

  const Scenario& scenario_;
  const Plan& plan_;
  std::vector<EmbeddedCache> caches_;
  std::vector<RingMember> members_;
  std::vector<ClassMask> serves_;
  std::vector<std::vector<std::size_t>> of_network_;
};

// Of all steady requests, how many a second are for each class.
std::vector<double> rates_by_class(const Scenario& scenario, const Catalogue& catalogue) {
  std::vector<double> rates(catalogue.size());
  for (const auto& [name, workload] : scenario.traffic) {
    const auto* steady = std::get_if<Steady>(&workload);
    if (steady == nullptr) continue;
    double whole = 0;
    for (const auto& [content, part] : steady->mix) whole += part;
    for (const auto& [content, part] : steady->mix) {
      rates[catalogue.index_of_name(content)] += steady->rate.per_second() * part / whole;
    }
  }
  return rates;
}

}  // namespace

std::vector<EmbeddedCache> embedded_caches(const Scenario& scenario, const Plan& plan) {
  return Sharer(scenario, plan).share();
}

void add_switches(Plan& plan) {
  if (plan.embedded.empty()) return;
  for (const Epoch& epoch : plan.epochs) {
    set_links(*plan.routing, &epoch);
    for (EmbeddedCache& cache : plan.embedded) {
      const bool withdrawn = std::ranges::count(epoch.withdrawn, cache.place) > 0;
      for (const std::uint32_t audience : networks_of(cache)) {
        const std::uint32_t users = plan.networks[audience].place;
        const bool out = withdrawn || !plan.routing->best_path(cache.place, users) ||
                         !plan.routing->best_path(users, cache.place);
        std::vector<CacheSwitch>& switches = cache.switches[audience];
        const bool was_out = !switches.empty() && switches.back().out;
        if (out != was_out) switches.push_back(CacheSwitch{epoch.from, epoch.event, out});
      }
    }
  }
  set_links(*plan.routing, nullptr);
}

LeftOver left_for_pops(const Plan& plan, std::uint32_t audience, std::uint32_t cell, SimTime time) {
  LeftOver left;
  for (const std::uint32_t index : plan.networks[audience].caches) {
    if (is_out(plan.embedded[index], audience, time)) continue;
    for (const CellShare& share : plan.embedded[index].cells) {
      if (share.audience != audience || share.cell != cell) continue;
      if (left.classes.empty()) left.classes.assign(plan.catalogue.size(), true);
      for (std::size_t i = 0; i < share.classes.size(); ++i) {
        if (share.classes[i]) left.classes[i] = false;
      }
    }
  }
  left.none = !left.classes.empty() && std::ranges::find(left.classes, true) == left.classes.end();
  return left;
}

std::vector<CacheSwitch> changes_of_left(const Plan& plan, std::uint32_t audience,
                                         std::uint32_t cell) {
  std::vector<CacheSwitch> changes;
  for (const std::uint32_t index : plan.networks[audience].caches) {
    const EmbeddedCache& cache = plan.embedded[index];
    const bool serves = std::ranges::any_of(cache.cells, [&](const CellShare& share) {
      return share.audience == audience && share.cell == cell;
    });
    const auto switches = cache.switches.find(audience);
    if (!serves || switches == cache.switches.end()) continue;
    changes.insert(changes.end(), switches->second.begin(), switches->second.end());
  }
  std::ranges::stable_sort(changes, {}, &CacheSwitch::from);
  return changes;
}

bool is_left_some_time(const Plan& plan, std::uint32_t audience, std::uint32_t cell) {
  return !left_for_pops(plan, audience, cell).none ||
         !changes_of_left(plan, audience, cell).empty();
}

std::vector<FillItem> most_wanted(const Scenario& scenario, const Plan& plan, const ClassMask& mask,
                                  Bytes room, std::uint64_t count) {
  const std::vector<double> rates = rates_by_class(scenario, plan.catalogue);
  struct Next {
    double rate;
    FillItem item;
    bool operator<(const Next& other) const {
      if (rate != other.rate) return rate < other.rate;
      return item.content > other.item.content;
    }
  };
  std::priority_queue<Next> next;
  const auto push = [&](std::uint16_t content, std::uint32_t object) {
    const Popularity& law = plan.catalogue[content].popularity;
    next.push(Next{rates[content] * law.probability(object), FillItem{object, content}});
  };
  for (std::size_t i = 0; i < mask.size(); ++i) {
    const ContentClass& content = plan.catalogue[i];
    const bool told = !content.formed && !content.spec.churn && !content.spec.regional;
    if (mask[i] && rates[i] > 0 && told) {
      push(static_cast<std::uint16_t>(i), 0);
    }
  }
  std::vector<FillItem> items;
  for (Bytes held{0}; !next.empty();) {
    const FillItem item = next.top().item;
    next.pop();
    held += plan.catalogue[item.content].size_of(item.object);
    if (held > room || items.size() == count) break;
    items.push_back(item);
    const std::uint64_t objects = plan.catalogue[item.content].spec.objects;
    if (item.object + 1 < objects) push(item.content, item.object + 1);
  }
  return items;
}

Bytes room_of(const TierSpec& tier, std::uint32_t servers) {
  const Bytes each =
      tier.memory + tier.storage.ssd.value_or(Bytes{0}) + tier.storage.hdd.value_or(Bytes{0});
  return each * servers;
}

std::optional<FillRules> fill_rules(const Scenario& scenario, const Plan& plan,
                                    const EmbeddedCache& cache) {
  const EmbeddedSpec& spec = scenario.network.embedded.at(plan.topology.place(cache.place).id);
  FillRules rules;
  rules.window = spec.fill_window;
  rules.rate = spec.fill_rate;
  rules.utc_offset = utc_offset_of(*plan.networks[cache.host].spec);
  rules.ahead = spec.fill == FillMode::ahead;
  if (!rules.ahead && !rules.window && !rules.rate) return std::nullopt;
  if (!rules.ahead) return rules;
  if (!rules.rate) rules.rate = BitRate{kFillRateOfServer.count() * spec.servers};
  rules.items = most_wanted(scenario, plan, served_classes(scenario, plan, spec),
                            room_of(tier_of(scenario.caching.embedded, spec.kit), spec.servers));
  return rules;
}

}  // namespace cdnsim::assembly
