#include <algorithm>
#include <bit>

#include <cdnsim/models/network/egress.hpp>

namespace cdnsim {
namespace {

// A transfer never gets less than this share of a port, however busy it is.
constexpr double kLeastShare = 0.02;

}  // namespace

std::uint32_t Egress::port_of(const Topology& topology, PortRef ref) {
  const auto known = std::find(refs_.begin(), refs_.end(), ref);
  if (known != refs_.end()) return static_cast<std::uint32_t>(known - refs_.begin());
  refs_.push_back(ref);
  ports_.emplace_back(topology.links()[ref.link].spec.capacity);
  ledger_ = ByteLedger(refs_.size());
  return static_cast<std::uint32_t>(refs_.size() - 1);
}

Egress::RouteId Egress::add_route(const Topology& topology, const Path& path, BitRate access_rate,
                                  Duration access_delay) {
  Route route;
  route.delay = path.delay;
  route.round_trip = 2 * (path.delay + access_delay);
  route.access_rate = access_rate;
  route.narrowest = path.narrowest;
  route.own_port = port_of(topology, path.ports.front());
  for (std::size_t i = 1; i < path.ports.size(); ++i) {
    route.further_ports.push_back(port_of(topology, path.ports[i]));
  }
  update(route);
  routes_.push_back(std::move(route));
  return static_cast<RouteId>(routes_.size() - 1);
}

void Egress::update(Route& route) const {
  const Port& own = ports_[route.own_port];
  const double share = std::max(1.0 - own.utilisation(), kLeastShare);
  const double rate = std::min({static_cast<double>(route.access_rate.count()),
                                static_cast<double>(route.narrowest.count()),
                                static_cast<double>(own.capacity().count()) * share});
  route.ns_per_byte = 8e9 / rate;
  if (route.access_rate == BitRate::max()) return;  // nodes keep warm connections to each other
  // The window fills the route once it exceeds what a round trip holds.
  const double held = rate / 8e9 * static_cast<double>(route.round_trip.count());
  const double windows = std::min(held / static_cast<double>(kInitialWindow), 1e15);
  route.most_rounds = static_cast<int>(std::bit_width(static_cast<std::uint64_t>(windows)));
}

void Egress::end_seconds_until(std::int64_t second) {
  for (Port& port : ports_) {
    port.end_second();
    if (second > second_ + 1) port.end_second();  // nothing was sent in the second before this one
  }
  second_ = second;
  for (Route& route : routes_) update(route);
}

}  // namespace cdnsim
