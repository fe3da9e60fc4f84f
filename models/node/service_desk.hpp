// What a node's servers do of more than a fixed time of service: times that are drawn, lengths of
// queues, network cards, and limits of which classes that are shed first reach only a part.
// Does not know caches or routes. A node that asks for none of this has no desk.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/network/port.hpp>
#include <cdnsim/models/node/balancer.hpp>
#include <cdnsim/models/node/degrading.hpp>
#include <cdnsim/models/node/server_loads.hpp>
#include <cdnsim/models/node/service_law.hpp>

namespace cdnsim {

struct DeskSettings {
  ServiceLaw service_time;
  Balancer balancer;
  std::optional<BitRate> nic;
  std::optional<Rate> max_rate;  // of the node
  Duration max_wait{0};          // at a network card, as at a server
  bool watches_ports = false;    // some link of its routes limits its queue
  DrawKey draws;

  bool wants_desk() const {
    return !service_time.is_fixed() || balancer.choices > 1 || nic || max_rate || watches_ports;
  }
};

class ServiceDesk {
 public:
  // `parts` says by class how much of a limit it reaches.
  ServiceDesk(const DeskSettings& settings, std::size_t servers, std::vector<LimitPart> parts);

  const LimitPart& part_of(std::uint16_t content) const { return parts_[content]; }
  std::uint32_t choices() const { return settings_.balancer.choices; }
  std::uint32_t shortest_of(std::span<const std::uint32_t> servers, SimTime now) {
    return lengths_.shortest_of(servers, now);
  }

  // Whether the server's card or the node is too busy for one more request of the class.
  // `is_port_full` says the same of its way out. What refuses it is counted if `counts` says so,
  // once it is known that the request is shed.
  bool refuses(std::uint32_t server, std::uint16_t content, SimTime now, bool is_port_full,
               bool counts);
  // What became of the request that was refused last: shed, or sent elsewhere.
  void close_refusal(bool is_shed) {
    if (refused_by_ != nullptr) refusals_.*refused_by_ += is_shed;
    refused_by_ = nullptr;
  }
  // The server takes the request up after `queued`; returns how long it works on it, which may be
  // longer than it should.
  Duration take_up(std::uint32_t server, SimTime now, Duration queued, bool counts,
                   const Degrading* degrading = nullptr);
  // An answer leaves through the server's card: how long it waits there.
  Duration send(std::uint32_t server, SimTime now, Bytes bytes, bool counts);

  void add_to(ServerLoads& loads) const;

 private:
  DeskSettings settings_;
  std::vector<LimitPart> parts_;  // by content
  QueueLengths lengths_;
  std::vector<Port> nics_;        // by server
  std::vector<Bytes> nic_bytes_;  // likewise, of what counts
  std::vector<Duration> busy_;    // likewise
  Duration between_{0};           // requests of the node at its max_rate
  SimTime gate_free_at_{};        // a queue in which nobody waits: how far it is ahead of that
  std::uint64_t drawn_ = 0;
  WaitCounts waits_;
  Refusals refusals_;
  std::uint64_t Refusals::* refused_by_ = nullptr;
};

}  // namespace cdnsim
