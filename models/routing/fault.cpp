#include <string_view>

#include <fmt/format.h>

#include <cdnsim/models/routing/fault.hpp>

namespace cdnsim {
namespace {

enum class Move { up, peers, down, inside };

Move move_of(const MapLink& link, bool forward) {
  switch (preference_of(link.link.spec.kind, link.relation, forward)) {
    case Preference::inside: return Move::inside;
    case Preference::customer: return Move::down;
    case Preference::on_net:
    case Preference::pni:
    case Preference::ixp:
    case Preference::transit: break;
  }
  const bool buys = link.relation == Relation::from_buys || link.relation == Relation::to_buys;
  return buys ? Move::up : Move::peers;
}

// A link over transit that is not drawn climbs and descends at once, which ends all climbing as a
// peering does.
std::string_view words_of(Move move) {
  switch (move) {
    case Move::up: return "goes up";
    case Move::down: return "goes down";
    case Move::peers: return "peers";
    case Move::inside: break;
  }
  return "stays inside";
}

class Walk {
 public:
  Walk(const NetworkMap& map, const PhaseGraph& graph, const std::vector<PortRef>& ports)
      : map_(map), graph_(graph), ports_(ports) {}

  std::optional<Fault> run(std::uint32_t from) {
    std::uint32_t place = from;
    std::vector<std::uint32_t> nodes = {node_of(from, WayPhase::start)};
    for (std::size_t i = 0; i < ports_.size(); ++i) {
      if (i > 0 && is_host(map_.places[place].kind)) {
        return Fault{Verdict::host, fmt::format("host: nothing passes through {}", id(place))};
      }
      nodes = after(nodes, ports_[i]);
      if (nodes.empty()) return fault_at(i, place);
      place = end_of(ports_[i]);
    }
    if (map_.places[place].kind == PlaceKind::ixp && place != from) {
      return Fault{Verdict::no_session, fmt::format("no session: {} is a fabric", id(place))};
    }
    return std::nullopt;
  }

 private:
  const std::string& id(std::uint32_t place) const { return map_.places[place].id; }

  std::uint32_t end_of(PortRef port) const {
    const Link& link = map_.links[port.link].link;
    return port.forward ? link.to : link.from;
  }
  std::uint32_t beginning_of(PortRef port) const {
    return end_of(PortRef{port.link, !port.forward});
  }

  // More than one only on the fabric of an exchange.
  std::vector<std::uint32_t> after(const std::vector<std::uint32_t>& nodes, PortRef port) const {
    std::vector<std::uint32_t> reached;
    for (const std::uint32_t node : nodes) {
      for (std::uint32_t i = graph_.first_step(node); i < graph_.end_of_steps(node); ++i) {
        const Step& step = graph_.step(i);
        if (step.link == port.link && step.forward == port.forward) reached.push_back(step.to);
      }
    }
    return reached;
  }

  Fault fault_at(std::size_t index, std::uint32_t place) const {
    if (map_.places[place].kind == PlaceKind::ixp) return no_session(index, place);
    const Move goes = move(index);
    for (std::size_t i = index; i-- > 0;) {
      const Move came = move(i);
      if (came == Move::inside || came == Move::up) continue;
      return Fault{Verdict::valley, fmt::format("valley: {} then {} at {}", words_of(came),
                                                words_of(goes), id(place))};
    }
    // A port without any session, so that not even its own fabric is reached.
    return Fault{Verdict::no_session, fmt::format("no session: {} peers with nobody at {}",
                                                  id(place), id(end_of(ports_[index])))};
  }

  Fault no_session(std::size_t index, std::uint32_t place) const {
    if (index == 0)
      return Fault{Verdict::no_session, fmt::format("no session: {} is a fabric", id(place))};
    return Fault{Verdict::no_session, fmt::format("no session: {} and {} do not peer at {}",
                                                  id(beginning_of(ports_[index - 1])),
                                                  id(end_of(ports_[index])), id(place))};
  }

  Move move(std::size_t index) const {
    return move_of(map_.links[ports_[index].link], ports_[index].forward);
  }

  const NetworkMap& map_;
  const PhaseGraph& graph_;
  const std::vector<PortRef>& ports_;
};

}  // namespace

std::optional<Fault> fault_of(const NetworkMap& map, const PhaseGraph& graph, std::uint32_t from,
                              const std::vector<PortRef>& ports) {
  return Walk(map, graph, ports).run(from);
}

}  // namespace cdnsim
