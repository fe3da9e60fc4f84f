#include <algorithm>
#include <set>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/checks_parents.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

template <class Specs>
std::vector<std::string> ids_of(const Specs& specs) {
  std::vector<std::string> ids;
  for (const auto& [id, spec] : specs) ids.push_back(id);
  return ids;
}

class ParentChecker {
 public:
  ParentChecker(const NetworkSpec& network, Problems& problems)
      : network_(network), problems_(problems) {}

  void check_words() {
    for (const std::string_view word : {kNearest, kNone}) {
      if (!network_.shields.contains(std::string(word))) continue;
      problems_.add(
          pointer_to({"network", "shields", word}),
          fmt::format("{} means something else in a PoP's \"shield\"", cdnsim::quoted(word)));
    }
  }

  void check_pops() {
    std::vector<std::string> known = ids_of(network_.shields);
    known.insert(known.begin(), {std::string(kNearest), std::string(kNone)});
    for (const auto& [id, pop] : network_.pops) {
      check_names("pops", id, pop, known);
      const std::set<std::string> different(pop.peers.begin(), pop.peers.end());
      if (different.size() < pop.peers.size()) {
        add(pointer_to({"network", "pops", id, "peers"}), "names a PoP twice");
      }
      if (!different.contains(id)) continue;
      add(pointer_to({"network", "pops", id, "peers"}), "a PoP is no peer of its own");
    }
  }

  void check_shields() {
    std::vector<std::string> known = ids_of(network_.shields);
    known.insert(known.begin(), std::string(kNone));
    for (const auto& [id, shield] : network_.shields) {
      check_names("shields", id, shield, known);
      if (shield.failover.empty()) continue;
      const std::string place = pointer_to({"network", "shields", id, "failover"});
      if (shield.failover == id) {
        add(place, "a shield cannot stand in for itself");
      } else if (!network_.shields.contains(shield.failover)) {
        const std::vector<std::string> shields = ids_of(network_.shields);
        add(place, fmt::format("{} is not in /network/shields{}", cdnsim::quoted(shield.failover),
                               hint(shield.failover, shields)));
      }
    }
  }

  // Following parents from anywhere must end at the origin.
  void check_loops() {
    for (const auto& [id, shield] : network_.shields) check_stand_in(id, shield.failover);
    for (const auto& [origin, unused] : network_.origins) {
      for (const auto& [id, pop] : network_.pops) check_loop("pops", id, origin);
      for (const auto& [id, shield] : network_.shields) check_loop("shields", id, origin);
    }
  }

 private:
  void add(const std::string& place, std::string message) {
    if (!problems_.touches(place)) problems_.add(place, std::move(message));
  }

  template <class Spec>
  void check_names(std::string_view collection, const std::string& id, const Spec& spec,
                   const std::vector<std::string>& known) {
    check_name(pointer_to({"network", collection, id, "shield"}), spec.shield, known);
    for (const auto& [origin, shield] : spec.shields) {
      check_name(pointer_to({"network", collection, id, "shields", origin}), shield, known);
    }
  }

  // A PoP that relays may be named too, but is not what one who mistyped is likely to mean.
  void check_name(const std::string& place, const std::string& name,
                  const std::vector<std::string>& known) {
    if (std::ranges::find(known, name) != known.end() || network_.pops.contains(name)) return;
    add(place,
        fmt::format("{} is not in /network/shields{}", cdnsim::quoted(name), hint(name, known)));
  }

  template <class Spec>
  static const std::string& wanted(const Spec& spec, const std::string& origin) {
    const auto special = spec.shields.find(origin);
    return special == spec.shields.end() ? spec.shield : special->second;
  }
  const std::string* parent_of(const std::string& id, const std::string& origin) const {
    const std::string* name = nullptr;
    if (const auto pop = network_.pops.find(id); pop != network_.pops.end()) {
      name = &wanted(pop->second, origin);
    } else if (const auto shield = network_.shields.find(id); shield != network_.shields.end()) {
      name = &wanted(shield->second, origin);
    }
    return name && *name != kNone && *name != kNearest ? name : nullptr;
  }

  // Who fetches through a shield is of no help when that is down.
  void check_stand_in(const std::string& id, const std::string& stand_in) {
    if (stand_in == id) return;
    for (const auto& [origin, unused] : network_.origins) {
      std::set<std::string> met = {stand_in};
      const std::string* next = parent_of(stand_in, origin);
      while (next && *next != id && met.insert(*next).second) next = parent_of(*next, origin);
      if (!next || *next != id) continue;
      return add(pointer_to({"network", "shields", id, "failover"}),
                 fmt::format("{} fetches through {} itself, so it cannot stand in for it",
                             cdnsim::quoted(stand_in), cdnsim::quoted(id)));
    }
  }

  void check_loop(std::string_view collection, const std::string& id, const std::string& origin) {
    std::set<std::string> met = {id};
    std::string way = id;
    for (const std::string* next = parent_of(id, origin); next; next = parent_of(*next, origin)) {
      way += " -> " + *next;
      if (met.insert(*next).second) continue;
      // Told where the way closes, once.
      if (*next == id) {
        add(pointer_to({"network", collection, id, "shield"}),
            fmt::format("fetches for the origin {} go round in a circle: {}",
                        cdnsim::quoted(origin), way));
      }
      return;
    }
    std::set<std::string> asked;
    if (!leads_to(id, id, origin, asked)) return;
    add(pointer_to({"network", collection, id, "shield"}),
        fmt::format("where stand-ins take over, fetches for the origin {} can come back to {}",
                    cdnsim::quoted(origin), cdnsim::quoted(id)));
  }

  // Whether a fetch that `from` sends can reach `target`, by way of stand-ins too.
  bool leads_to(const std::string& from, const std::string& target, const std::string& origin,
                std::set<std::string>& asked) const {
    const std::string* parent = parent_of(from, origin);
    if (!parent) return false;
    std::vector<std::string> next = {*parent};
    if (const auto shield = network_.shields.find(*parent); shield != network_.shields.end() &&
                                                            !shield->second.failover.empty() &&
                                                            shield->second.failover != from) {
      next.push_back(shield->second.failover);
    }
    for (const std::string& place : next) {
      if (place == target) return true;
      if (asked.insert(place).second && leads_to(place, target, origin, asked)) return true;
    }
    return false;
  }

  const NetworkSpec& network_;
  Problems& problems_;
};

}  // namespace

void check_shields(const NetworkSpec& network, Problems& problems) {
  if (problems.told_at("/network") || problems.told_at("/network/shields")) return;
  ParentChecker checker(network, problems);
  checker.check_words();
  checker.check_pops();
  checker.check_shields();
  checker.check_loops();
}

}  // namespace cdnsim::config
