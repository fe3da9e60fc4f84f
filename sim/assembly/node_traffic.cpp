#include <algorithm>
#include <map>

#include <cdnsim/assembly/node_traffic.hpp>

namespace cdnsim::assembly {

NodeTraffic::NodeTraffic(const Network& network) : bytes_(network.nodes.size()) {
  const Topology& topology = network.plan->topology;
  std::map<std::uint32_t, std::size_t> node_at;  // by place
  for (std::size_t n = 0; n < network.nodes.size(); ++n) {
    if (is_control(network.nodes[n]->role())) continue;
    node_at[*topology.find(network.nodes[n]->id())] = n;
  }
  const auto node = [&](std::uint32_t place) -> std::optional<std::size_t> {
    const auto found = node_at.find(place);
    return found == node_at.end() ? std::nullopt : std::optional(found->second);
  };
  for (std::uint32_t i = 0; i < topology.links().size(); ++i) {
    const Link& link = topology.links()[i];
    const auto kind = std::ranges::find(kKinds, link.spec.kind);
    if (kind == kKinds.end()) continue;
    for (const bool forward : {true, false}) {
      Port port{PortLoads::index_of({i, forward}), static_cast<std::size_t>(kind - kKinds.begin()),
                node(forward ? link.from : link.to), node(forward ? link.to : link.from)};
      if (port.sender || port.receiver) ports_.push_back(port);
    }
  }
}

void NodeTraffic::close_second(const PortLoads& loads) {
  for (const Port& port : ports_) {
    const std::int64_t carried = loads.carried(port.index);
    if (port.sender) bytes_[*port.sender].sent[port.kind] += carried;
    if (port.receiver) bytes_[*port.receiver].received[port.kind] += carried;
  }
}

}  // namespace cdnsim::assembly
