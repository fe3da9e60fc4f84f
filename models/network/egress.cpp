#include <algorithm>
#include <bit>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/network/egress.hpp>

namespace cdnsim {

// What is sent through the own port queues there, so that no second of it holds more than its
// capacity, unless its transfers share it; to the ports of others it is charged as it comes.
std::uint32_t Egress::port_of(const Topology& topology, PortRef ref, bool own) {
  const auto known = std::find(refs_.begin(), refs_.end(), ref);
  if (known != refs_.end()) return static_cast<std::uint32_t>(known - refs_.begin());
  const BitRate capacity = topology.capacity_of(ref);
  const bool is_line = own && topology.sharing_of(ref) == Sharing::fifo;
  refs_.push_back(ref);
  ports_.emplace_back(is_line ? capacity : BitRate::max());
  heard_.push_back(Heard{is_line ? PortUse::line : PortUse::shared, capacity, Duration{0},
                         topology.max_queue_of(ref).value_or(Duration::max())});
  limits_queues_ = limits_queues_ || topology.max_queue_of(ref);
  ledger_.add_port(is_line ? Bytes{capacity.count() / 8} : ByteLedger::kNoLimit);
  return static_cast<std::uint32_t>(refs_.size() - 1);
}

Egress::RouteId Egress::add_route(const Topology& topology, const Path& path, BitRate access_rate,
                                  Duration access_delay, std::optional<Duration> back) {
  Route route;
  route.delay = path.delay;
  route.round_trip = path.delay + back.value_or(path.delay) + 2 * access_delay;
  route.access_rate = access_rate;
  route.own_port = port_of(topology, path.ports.front(), true);
  route.further_first = static_cast<std::uint32_t>(further_ports_.size());
  for (std::size_t i = 1; i < path.ports.size(); ++i) {
    if (const auto fabric = topology.fabric_before(path.ports[i])) {
      further_ports_.push_back(port_of(topology, *fabric, false));
    }
    further_ports_.push_back(port_of(topology, path.ports[i], false));
  }
  route.further_count = static_cast<std::uint32_t>(further_ports_.size()) - route.further_first;
  set_rate(route);
  if (access_rate != BitRate::max()) {  // nodes keep warm connections to each other
    // The window fills the route once it exceeds what a round trip holds.
    const double held = static_cast<double>(route.round_trip.count()) / route.ns_per_byte;
    const double windows = std::min(held / static_cast<double>(kInitialWindow), 1e15);
    route.most_rounds = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(windows)));
  }
  routes_.push_back(std::move(route));
  return static_cast<RouteId>(routes_.size() - 1);
}

// The slowest of the access line and of what there is of each port.
void Egress::set_rate(Route& route) const {
  BitRate rate = std::min(route.access_rate, heard_[route.own_port].left);
  for (const std::uint32_t port : further_ports(route)) rate = std::min(rate, heard_[port].left);
  route.ns_per_byte = 8e9 / static_cast<double>(rate.count());
}

void Egress::hear(std::size_t port, BitRate left, Duration queue) {
  Heard& heard = heard_[port];
  if (heard.left == left && heard.queue == queue) return;
  has_news_ = true;
  heard.left = left;
  heard.queue = queue;
  if (heard.use == PortUse::shared) return;
  ports_[port].set_capacity(left);
  ledger_.set_most(port, Bytes{left.count() / 8});
}

void Egress::follow_what_was_heard() {
  if (!has_news_) return;
  has_news_ = false;
  for (Route& route : routes_) {
    set_rate(route);
    const Heard& own = heard_[route.own_port];
    route.shared_queue = own.use == PortUse::shared ? own.queue : Duration{0};
    for (const std::uint32_t port : further_ports(route)) route.shared_queue += heard_[port].queue;
  }
}

CutTransfer Egress::send_until(RouteId id, Bytes bytes, Bytes most, SimTime now, SimTime ready,
                               SimTime not_before, SimTime off_at) {
  const Route& route = routes_[id];
  CutTransfer cut;
  cut.wait = ports_[route.own_port].charge(now, Bytes{0});
  cut.first = ready + cut.wait;
  if (off_at <= cut.first) {
    cut.first = cut.last = std::max(now, off_at);
    cut.is_cut = true;
    return cut;
  }
  cut.last = std::max(cut.first + duration_of(route, bytes), not_before);
  cut.sent = bytes;
  const Duration whole = cut.last - cut.first;
  const auto part = [](std::int64_t of, std::int64_t share, std::int64_t all) {
    return static_cast<std::int64_t>(static_cast<Int128>(of) * share / all);
  };
  if (cut.last > off_at) {
    cut.sent = Bytes{part(bytes.count(), (off_at - cut.first).count(), whole.count())};
    cut.last = off_at;
    cut.is_cut = true;
  }
  if (most < cut.sent) {
    cut.sent = most;
    cut.last = cut.first + Duration{part(whole.count(), most.count(), bytes.count())};
    cut.is_cut = true;
  }
  ports_[route.own_port].charge(now, cut.sent);
  cut.last = ledger_.charge(route.own_port, cut.sent, cut.first, cut.last);
  for (const std::uint32_t port : further_ports(route)) {
    ledger_.charge(port, cut.sent, cut.first, cut.last);
  }
  cut.delay(route.shared_queue);
  return cut;
}

}  // namespace cdnsim
