#include <algorithm>

#include <cdnsim/assembly/way_changes.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim::assembly {
namespace {

// Both ways between two places in one epoch.
struct Ways {
  std::optional<Path> there;
  std::optional<Path> back;
  bool cut_there = false;
  bool cut_back = false;
  std::uint32_t cut_by = 0;  // event
  bool passed_over = false;  // by who asks, for others

  bool is_reached() const { return there && back; }
  bool is_like(const Ways& other) const {
    const auto same = [](const std::optional<Path>& a, const std::optional<Path>& b) {
      return a.has_value() == b.has_value() && (!a || a->ports == b->ports);
    };
    return same(there, other.there) && same(back, other.back) && cut_there == other.cut_there &&
           cut_back == other.cut_back && passed_over == other.passed_over;
  }
};

// The routes that a node has to another place, by their ports and the delay back.
class KnownRoutes {
 public:
  template <class Add>
  Egress::RouteId find(const Path& path, Duration back, const Add& add) {
    for (const Known& known : known_) {
      if (known.ports == path.ports && known.back == back) return known.route;
    }
    known_.push_back(Known{path.ports, back, add()});
    return known_.back().route;
  }

 private:
  struct Known {
    std::vector<PortRef> ports;
    Duration back{0};
    Egress::RouteId route = 0;
  };
  std::vector<Known> known_;
};

class WayWatcher {
 public:
  WayWatcher(const Plan& plan, ActionsByPlace& actions, const MayReceive& may_receive)
      : plan_(plan), actions_(actions), may_receive_(may_receive) {}

  void add_cells(const std::vector<CellUser>& pops) {
    for (const CellUser& pop : pops) {
      for (std::uint16_t name = 0; name < pop.cells.size(); ++name) {
        const HeldCell& cell = pop.cells[name];
        if (plan_.topology.place(pop.place).kind == PlaceKind::pop) {
          switch_cell(pop.place, name, cell);
        } else {
          switch_cache(pop.place, name, cell.audience);
        }
        if (name == 0 || pop.cells[name - 1].audience != cell.audience) {
          clients_.push_back(
              ClientsOfPop{&pop, cell.audience, name, name, {}, {}, pop.routes[name]});
        }
        ++clients_.back().past_name;
      }
      for (const GuestUser& guest : pop.guests) {
        const auto past = static_cast<std::uint16_t>(guest.first + guest.count);
        clients_.push_back(
            ClientsOfPop{&pop, guest.audience, guest.first, past, {}, {}, guest.route});
      }
    }
  }
  void add_pairs(const std::vector<WayUser>& pairs) {
    for (const WayUser& pair : pairs) pairs_.push_back(Pair{&pair, {}, {}, pair.route});
  }

  void watch() {
    for (ClientsOfPop& each : clients_) each.ways = ways(each, nullptr);
    for (Pair& each : pairs_) each.ways = ways(each, nullptr);
    for (ClientsOfPop& each : clients_) {
      each.known.find(*each.ways.there, each.ways.back->delay, [&] { return each.route; });
    }
    for (Pair& each : pairs_) {
      each.known.find(*each.ways.back, Duration{0}, [&] { return each.route; });
    }
    for (const Epoch& epoch : plan_.epochs) {
      set_links(*plan_.routing, &epoch);
      for (ClientsOfPop& each : clients_) look(each, epoch);
      for (Pair& each : pairs_) look(each, epoch);
    }
    set_links(*plan_.routing, nullptr);
  }

 private:
  // The cells of one client network at one PoP, or guests.
  struct ClientsOfPop {
    const CellUser* pop;
    std::uint32_t audience;
    std::uint16_t first_name;
    std::uint16_t past_name;
    Ways ways;
    KnownRoutes known;
    Egress::RouteId route;
  };
  struct Pair {
    const WayUser* user;
    Ways ways;
    KnownRoutes known;
    Egress::RouteId route;
  };

  const ClientNetwork& client_of(const ClientsOfPop& each) const {
    return plan_.networks[each.audience];
  }
  Ways ways(const ClientsOfPop& each, const Epoch* epoch) const {
    return ways(each.pop->place, client_of(each).place, epoch);
  }
  Ways ways(const Pair& each, const Epoch* epoch) const {
    Ways now = ways(each.user->child, each.user->parent, epoch);
    const std::vector<bool>& passed_over = each.user->passed_over;
    if (epoch == nullptr || passed_over.empty()) return now;
    now.passed_over = passed_over[static_cast<std::size_t>(epoch - plan_.epochs.data())];
    return now;
  }
  Ways ways(std::uint32_t from, std::uint32_t to, const Epoch* epoch) const {
    Ways now{plan_.routing->best_path(from, to), plan_.routing->best_path(to, from)};
    if (epoch == nullptr) return now;
    now.cut_by = epoch->event;
    now.cut_there = is_cut(now.there, *epoch, now.cut_by);
    now.cut_back = is_cut(now.back, *epoch, now.cut_by);
    return now;
  }
  static bool is_cut(const std::optional<Path>& path, const Epoch& epoch, std::uint32_t& cut_by) {
    if (!path) return true;
    for (const PortRef port : path->ports) {
      const auto failed = std::ranges::find(epoch.failed, port.link, &FailedLink::link);
      if (failed == epoch.failed.end()) continue;
      cut_by = failed->event;
      return true;
    }
    return false;
  }

  template <class What>
  void put(std::uint32_t place, SimTime at, std::uint32_t event, const What& what) {
    actions_[place].push_back(Action{at, event, what});
  }

  // Comes and goes as the cell is steered, and with what caches inside leave of it; it is nowhere
  // else before. Who has a cache inside asks it, wherever else he is steered to. An engine or a
  // launch moves a cell whatever is left of it, and what is left, nothing at times, goes with it:
  // who holds the cell then is known during the run only.
  void switch_cell(std::uint32_t place, std::uint16_t name, const HeldCell& cell) {
    const std::vector<CellHold>& holds = plan_.holds[cell.audience][cell.cell];
    const auto changes = changes_of_left(plan_, cell.audience, cell.cell);
    LeftOver left = left_for_pops(plan_, cell.audience, cell.cell);
    const bool by_engine =
        !plan_.candidates.empty() || plan_.launched_cells.contains({cell.audience, cell.cell});
    bool held = true;
    bool stale = false;
    auto hold = holds.begin();
    auto change = changes.begin();
    for (const CellHold* present = nullptr; hold != holds.end() || change != changes.end();) {
      const bool is_hold =
          hold != holds.end() && (change == changes.end() || hold->from <= change->from);
      const SimTime now = is_hold ? hold->from : change->from;
      const std::uint32_t event = is_hold ? hold->event : change->event;
      if (is_hold) {
        present = &*hold++;
      } else {
        ++change;
        LeftOver next = left_for_pops(plan_, cell.audience, cell.cell, now);
        if ((by_engine || !next.none) && next.classes != left.classes) {
          put(place, now, event, CellClasses{name, next.classes});
        }
        left = std::move(next);
      }
      const bool is_here = present->pop == place && (by_engine || !left.none);
      const bool is_stale = is_here && present->stale;
      if (is_here != held || is_stale != stale) {
        put(place, now, event, CellSwitch{name, is_here, is_stale});
      }
      held = is_here;
      stale = is_stale;
    }
  }

  void switch_cache(std::uint32_t place, std::uint16_t name, std::uint32_t audience) {
    const auto cache = std::ranges::find(plan_.embedded, place, &EmbeddedCache::place);
    const auto switches = cache->switches.find(audience);
    if (switches == cache->switches.end()) return;
    for (const CacheSwitch& change : switches->second) {
      put(place, change.from, change.event, CellSwitch{name, !change.out, false});
    }
  }

  Egress::RouteId route(ClientsOfPop& each) {
    const Path& path = *each.ways.there;
    const Duration back = each.ways.back->delay;
    return each.known.find(path, back, [&] {
      return add_client_route(plan_, client_of(each), path, back, *each.pop->egress);
    });
  }

  void look(ClientsOfPop& each, const Epoch& epoch) {
    Ways now = ways(each, &epoch);
    if (now.is_like(each.ways)) return;
    each.ways = std::move(now);
    if (each.ways.is_reached()) each.route = route(each);
    const bool cut = each.ways.cut_there || each.ways.cut_back;
    for (std::uint16_t name = each.first_name; name < each.past_name; ++name) {
      put(each.pop->place, epoch.from, each.ways.cut_by, CellWay{name, each.route, cut});
    }
  }

  void look(Pair& each, const Epoch& epoch) {
    Ways now = ways(each, &epoch);
    if (now.is_like(each.ways)) return;
    each.ways = std::move(now);
    const WayUser& user = *each.user;
    const auto& [up, down, cut_up, cut_down, cut_by, passed_over] = each.ways;
    if (down) {
      each.route = each.known.find(*down, Duration{0}, [&] {
        return user.parent_egress->add_route(plan_.topology, *down, BitRate::max(), Duration{0});
      });
      may_receive_(user.child, down->delay);
    }
    if (up) may_receive_(user.parent, up->delay);
    if (cut_up || cut_down) may_receive_(user.child, user.fetch_timeout);
    put(user.child, epoch.from, cut_by,
        UpstreamWay{user.parent_node, up ? up->delay : Duration{0},
                    down ? down->delay : Duration{0}, cut_up,
                    passed_over || !each.ways.is_reached()});
    put(user.parent, epoch.from, cut_by,
        AskerWay{user.child_node, each.route, cut_down, user.fetch_timeout});
  }

  const Plan& plan_;
  ActionsByPlace& actions_;
  const MayReceive& may_receive_;
  std::vector<ClientsOfPop> clients_;
  std::vector<Pair> pairs_;
};

}  // namespace

Egress::RouteId add_client_route(const Plan& plan, const ClientNetwork& client, const Path& path,
                                 Duration back, Egress& egress) {
  return egress.add_route(plan.topology, path, access_rate_of(*client.spec),
                          access_delay_of(*client.spec), back);
}

void add_way_changes(const Plan& plan, const std::vector<CellUser>& pops,
                     const std::vector<WayUser>& pairs, ActionsByPlace& actions,
                     const MayReceive& may_receive) {
  if (plan.epochs.empty() && plan.candidates.empty() && plan.launches.empty()) return;
  WayWatcher watcher(plan, actions, may_receive);
  watcher.add_cells(pops);
  watcher.add_pairs(pairs);
  watcher.watch();
  for (auto& [place, list] : actions) {
    std::ranges::stable_sort(list, {}, &Action::at);
  }
}

}  // namespace cdnsim::assembly
