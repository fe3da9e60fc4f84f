// Everything one node sends: its ports, the routes that use them, and the bytes charged to links.
// Does not know what is sent or why. README.md says what queues, what is shared and by which rule.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/network/port.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <cdnsim/observe/byte_ledger.hpp>

namespace cdnsim {

// One transfer as the sending end sees it.
struct Transfer {
  Duration wait{0};  // in queues of ports
  SimTime first{};   // when its first byte leaves
  SimTime last{};    // when its last byte leaves

  void delay(Duration queue) {
    wait += queue;
    first += queue;
    last += queue;
  }
};

// A transfer that may break off.
struct CutTransfer : Transfer {
  Bytes sent{0};
  bool is_cut = false;
};

// How a port is used: a line in which the answers of its own node queue one after the other, or a
// capacity that transfers share, perhaps with those of other nodes.
enum class PortUse : std::uint8_t { line, shared };

class Egress {
 public:
  using RouteId = std::uint32_t;

  // What is sent at `end` or later is charged together.
  explicit Egress(SimTime end = SimTime::max()) : ledger_(end) {}

  // A route along `path`. `access_rate` is what the receiver's own line carries and `access_delay`
  // the one-way delay beyond the path; both are nothing between nodes. What the receiver
  // sends may come another way, which takes `back`.
  RouteId add_route(const Topology& topology, const Path& path, BitRate access_rate,
                    Duration access_delay, std::optional<Duration> back = {});

  // Sends what is ready at `ready`. The port is charged at the moment of decision, `now`: charging
  // it later would reserve the future and block what is sent in between. The last byte leaves no
  // earlier than `not_before` (an entry may still be filling).
  // REQUIRES: `now` does not go back; ready >= now.
  Transfer send(RouteId id, Bytes bytes, SimTime now, SimTime ready, SimTime not_before) {
    const Route& route = routes_[id];
    Transfer transfer;
    transfer.wait = ports_[route.own_port].charge(now, bytes);
    transfer.first = ready + transfer.wait;
    const SimTime planned = std::max(transfer.first + duration_of(route, bytes), not_before);
    transfer.last = ledger_.charge(route.own_port, bytes, transfer.first, planned);
    for (const std::uint32_t port : further_ports(route)) {
      ledger_.charge(port, bytes, transfer.first, transfer.last);
    }
    transfer.delay(route.shared_queue);
    return transfer;
  }

  // The same, but it breaks off after `most` bytes, and nothing leaves from `off_at` on. What does
  // not leave is not charged. `last` is the moment of the break, which is `first` too when nothing
  // leaves at all. Where a second of the port has no room left, bytes may follow a little later.
  CutTransfer send_until(RouteId id, Bytes bytes, Bytes most, SimTime now, SimTime ready,
                         SimTime not_before, SimTime off_at);

  // Hints that something will soon be sent along a route: the second needs what the first brings.
  void prefetch_route(RouteId id) const { prefetch(&routes_[id]); }
  void prefetch_port(RouteId id) const {
    const Route& route = routes_[id];
    prefetch(&ports_[route.own_port]);
    ledger_.prefetch_port(route.own_port);
    if (route.further_count == 0) return;
    for (const std::uint32_t port : further_ports(route)) ledger_.prefetch_port(port);
  }

  // All ports that a route crosses, as indices of port_refs().
  std::vector<std::uint32_t> ports_of(RouteId id) const {
    const std::span<const std::uint32_t> further = further_ports(routes_[id]);
    std::vector<std::uint32_t> ports(further.begin(), further.end());
    ports.push_back(routes_[id].own_port);
    return ports;
  }
  Duration delay(RouteId route) const { return routes_[route].delay; }
  Duration round_trip(RouteId route) const { return routes_[route].round_trip; }

  // Over all routes, when nothing else is sent.
  Duration longest_transfer(Bytes bytes) const {
    Duration longest{0};
    for (const Route& route : routes_) longest = std::max(longest, duration_of(route, bytes));
    return longest;
  }
  Duration longest_round_trip() const {
    Duration longest{0};
    for (const Route& route : routes_) longest = std::max(longest, route.round_trip);
    return longest;
  }

  // How long the port's queue is. REQUIRES: nothing was sent after `now`.
  Duration queue_at(std::size_t port, SimTime now) const { return ports_[port].queue_at(now); }

  // Whether the link of some port limits its queue.
  bool limits_queues() const { return limits_queues_; }
  // Whether what is sent along the route would wait in some port for longer than `part` says of the
  // most that its link allows. REQUIRES: as above.
  template <class Part>
  bool is_full(RouteId id, SimTime now, const Part& part) const {
    const auto too_long = [&](std::uint32_t port, Duration queue) {
      return heard_[port].most_queued != Duration::max() && queue > part(heard_[port].most_queued);
    };
    const Route& route = routes_[id];
    if (too_long(route.own_port, own_queue(route, now))) return true;
    return std::ranges::any_of(further_ports(route), [&](std::uint32_t port) {
      return too_long(port, heard_[port].queue);
    });
  }

  // Who reads all ledgers tells, every second, what that second left of each port's capacity and
  // how long its shared queue is; after the last of them routes follow.
  PortUse use_of(std::size_t port) const { return heard_[port].use; }
  void hear(std::size_t port, BitRate left, Duration queue);
  void follow_what_was_heard();

  ByteLedger& ledger() { return ledger_; }
  const ByteLedger& ledger() const { return ledger_; }
  const std::vector<PortRef>& port_refs() const { return refs_; }

 private:
  // One line of memory.
  struct alignas(64) Route {
    Duration delay{0};       // along the path
    Duration round_trip{0};  // access included
    double ns_per_byte = 0.0;
    Duration shared_queue{0};         // of all shared ports, as last heard
    int most_rounds = 0;              // of slow start until the window fills the route
    std::uint32_t own_port = 0;       // into ports_ and the ledger
    std::uint32_t further_first = 0;  // into further_ports_
    std::uint32_t further_count = 0;
    BitRate access_rate{0};
  };
  static_assert(sizeof(Route) == 64);
  // What is known of a port beyond what this node sends through it.
  struct Heard {
    PortUse use = PortUse::shared;
    BitRate left{0};  // of a line, what others leave of it; of a shared one, what one may have
    Duration queue{0};
    Duration most_queued = Duration::max();
  };

  std::span<const std::uint32_t> further_ports(const Route& route) const {
    return {further_ports_.data() + route.further_first, route.further_count};
  }
  std::uint32_t port_of(const Topology& topology, PortRef ref, bool own);
  void set_rate(Route& route) const;
  Duration own_queue(const Route& route, SimTime now) const {
    const Heard& heard = heard_[route.own_port];
    return heard.use == PortUse::line ? ports_[route.own_port].queue_at(now) : heard.queue;
  }

  // TCP's window is ten segments at first, and k doublings of it have sent 2^(k+1) - 1 times that.
  static constexpr std::int64_t kInitialWindow = 14'600;
  static constexpr double kLongest = 1e18;  // 31 years, so that times do not overflow
  static int rounds_for(std::int64_t bytes) {
    const auto windows = static_cast<std::uint64_t>((bytes + kInitialWindow - 1) / kInitialWindow);
    return static_cast<int>(std::bit_width(windows | 1)) - 1;
  }
  static Duration duration_of(const Route& route, Bytes bytes) {
    const int rounds = std::min(rounds_for(bytes.count()), route.most_rounds);
    const double ns = std::min(static_cast<double>(bytes.count()) * route.ns_per_byte, kLongest);
    return Duration{static_cast<std::int64_t>(ns)} + rounds * route.round_trip;
  }

  std::vector<PortRef> refs_;
  std::vector<Port> ports_;
  std::vector<Heard> heard_;  // by port
  bool has_news_ = false;
  bool limits_queues_ = false;
  std::vector<Route> routes_;
  std::vector<std::uint32_t> further_ports_;  // of all routes: likewise into ports_ and the ledger
  ByteLedger ledger_;
};

}  // namespace cdnsim
