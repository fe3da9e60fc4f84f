#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/routing/phases.hpp>

namespace cdnsim {
namespace {

class Unfolding {
 public:
  Unfolding(const NetworkMap& map, Rules rules) : map_(map), rules_(rules) {}

  Phases unfold() {
    for (std::uint32_t place = 0; place < map_.places.size(); ++place) {
      for (const WayPhase phase : {WayPhase::start, WayPhase::up, WayPhase::down}) {
        add_node(place, phase == WayPhase::start);
      }
    }
    if (rules_ == Rules::valley_free) add_fabrics();
    for (std::uint32_t link = 0; link < map_.links.size(); ++link) add_link(link);
    std::sort(phases_.steps.begin(), phases_.steps.end(), [](const Step& a, const Step& b) {
      return std::tie(a.from, a.link, a.to) < std::tie(b.from, b.link, b.to);
    });
    return std::move(phases_);
  }

 private:
  using AtExchange = std::pair<std::uint32_t, std::uint32_t>;  // exchange, member

  std::uint32_t add_node(std::uint32_t place, bool is_start) {
    phases_.place_of.push_back(place);
    phases_.is_start.push_back(is_start);
    phases_.passes.push_back(rules_ == Rules::none || !is_host(map_.places[place].kind));
    return static_cast<std::uint32_t>(phases_.place_of.size() - 1);
  }

  // An exchange's fabric is a node for its route server, and one for each member with sessions of
  // its own: what can be reached over it depends on who comes in.
  void add_fabrics() {
    for (std::uint32_t place = 0; place < map_.places.size(); ++place) {
      if (is_exchange(place)) route_server_[place] = add_node(place, false);
    }
    for (const Session& session : map_.sessions) {
      CDNSIM_ASSERT(is_exchange(session.exchange), "sessions are held at exchanges");
      for (const auto& [one, other] :
           {std::pair(session.one, session.other), std::pair(session.other, session.one)}) {
        const auto [known, is_new] = entry_.try_emplace(AtExchange(session.exchange, one));
        if (is_new) known->second = add_node(session.exchange, false);
        exits_[{session.exchange, other}].push_back(known->second);
      }
    }
  }

  bool is_exchange(std::uint32_t place) const { return map_.places[place].kind == PlaceKind::ixp; }

  void add_link(std::uint32_t index) {
    const Link& link = map_.links[index].link;
    CDNSIM_ASSERT(link.from < map_.places.size() && link.to < map_.places.size(),
                  "links join places of the map");
    if (link.from == link.to) return;  // a loop is on no way
    for (const bool forward : {true, false}) {
      const std::uint32_t tail = forward ? link.from : link.to;
      const std::uint32_t head = forward ? link.to : link.from;
      if (rules_ == Rules::none) {
        add(node_of(tail, WayPhase::start), node_of(head, WayPhase::start), index,
            Preference::inside, forward);
      } else if (is_exchange(head)) {
        CDNSIM_ASSERT(!is_exchange(tail), "exchanges have members, not links to each other");
        enter(tail, head, index, forward);
      } else if (is_exchange(tail)) {
        leave(tail, head, index, forward);
      } else {
        cross(tail, head, index, forward);
      }
    }
  }

  void enter(std::uint32_t member, std::uint32_t exchange, std::uint32_t link, bool forward) {
    std::vector<std::uint32_t> fabrics;
    if (map_.links[link].route_server) fabrics.push_back(route_server_.at(exchange));
    const auto own = entry_.find({exchange, member});
    if (own != entry_.end()) fabrics.push_back(own->second);
    for (const std::uint32_t fabric : fabrics) {
      add(node_of(member, WayPhase::start), fabric, link, Preference::ixp, forward);
      add(node_of(member, WayPhase::up), fabric, link, Preference::ixp, forward);
    }
  }

  void leave(std::uint32_t exchange, std::uint32_t member, std::uint32_t link, bool forward) {
    std::vector<std::uint32_t> fabrics;
    if (map_.links[link].route_server) fabrics.push_back(route_server_.at(exchange));
    const auto own = exits_.find({exchange, member});
    if (own != exits_.end()) {
      for (const std::uint32_t fabric : own->second) fabrics.push_back(fabric);
    }
    for (const std::uint32_t fabric : fabrics) {
      add(fabric, node_of(member, WayPhase::down), link, Preference::ixp, forward);
    }
  }

  void cross(std::uint32_t tail, std::uint32_t head, std::uint32_t link, bool forward) {
    const MapLink& crossed = map_.links[link];
    const Preference liked = preference_of(crossed.link.spec.kind, crossed.relation, forward);
    if (crossed.relation == Relation::siblings) {
      for (const WayPhase phase : {WayPhase::start, WayPhase::up, WayPhase::down}) {
        add(node_of(tail, phase), node_of(head, phase), link, liked, forward);
      }
      return;
    }
    const bool climbs = crossed.relation == (forward ? Relation::from_buys : Relation::to_buys);
    const std::uint32_t end = node_of(head, climbs ? WayPhase::up : WayPhase::down);
    add(node_of(tail, WayPhase::start), end, link, liked, forward);
    add(node_of(tail, WayPhase::up), end, link, liked, forward);
    if (liked == Preference::customer) {
      add(node_of(tail, WayPhase::down), end, link, liked, forward);
    }
  }

  void add(std::uint32_t from, std::uint32_t to, std::uint32_t link, Preference preference,
           bool forward) {
    phases_.steps.push_back(Step{from, to, link, preference, forward});
  }

  const NetworkMap& map_;
  const Rules rules_;
  Phases phases_;
  std::map<std::uint32_t, std::uint32_t> route_server_;     // fabric node by exchange
  std::map<AtExchange, std::uint32_t> entry_;               // where a member's sessions start
  std::map<AtExchange, std::vector<std::uint32_t>> exits_;  // fabric nodes that lead to it
};

}  // namespace

Phases unfold(const NetworkMap& map, Rules rules) { return Unfolding(map, rules).unfold(); }

}  // namespace cdnsim
