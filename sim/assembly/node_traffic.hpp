// What each node sent and received over links of each kind, for rows of the series.
// Does not know who uses the links, nor prices.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/port_loads.hpp>

namespace cdnsim::assembly {

class NodeTraffic {
 public:
  // The kinds of link that somebody may pay for.
  static constexpr std::array<LinkKind, 4> kKinds = {LinkKind::pni, LinkKind::ixp,
                                                     LinkKind::transit, LinkKind::backbone};
  struct Bytes {
    std::array<std::int64_t, kKinds.size()> sent{}, received{};
  };

  explicit NodeTraffic(const Network& network);

  // What the ports carried in the last second: of each link, at the nodes at its two ends.
  void close_second(const PortLoads& loads);
  // Of a node since this was last asked.
  Bytes take(std::size_t node) { return std::exchange(bytes_[node], Bytes{}); }

 private:
  struct Port {
    std::size_t index = 0;
    std::size_t kind = 0;
    std::optional<std::size_t> sender, receiver;
  };
  std::vector<Port> ports_;
  std::vector<Bytes> bytes_;
};

}  // namespace cdnsim::assembly
