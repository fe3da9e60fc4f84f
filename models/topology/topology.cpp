#include <algorithm>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/topology/topology.hpp>

namespace cdnsim {

std::string_view name_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::client_network: return "client_network";
    case PlaceKind::pop: return "pop";
    case PlaceKind::shield: return "shield";
    case PlaceKind::origin: return "origin";
    case PlaceKind::embedded_cache: return "embedded_cache";
    case PlaceKind::ixp: return "ixp";
    case PlaceKind::transit_provider: return "transit_provider";
  }
  return "";
}

std::uint32_t Topology::add_place(PlaceKind kind, std::string id, std::optional<BitRate> capacity) {
  const auto index = static_cast<std::uint32_t>(places_.size());
  by_id_.emplace(id, index);
  places_.push_back(Place{kind, std::move(id), capacity});
  if (capacity) fabrics_.push_back(index);
  return index;
}

std::optional<PortRef> Topology::fabric_before(PortRef port) const {
  if (fabrics_.empty()) return std::nullopt;
  const Link& link = links_[port.link];
  const auto at = std::find(fabrics_.begin(), fabrics_.end(), port.forward ? link.from : link.to);
  if (at == fabrics_.end()) return std::nullopt;
  return PortRef{static_cast<std::uint32_t>(links_.size() + (at - fabrics_.begin())), true};
}

BitRate Topology::capacity_of(PortRef port) const {
  if (port.link < links_.size()) return links_[port.link].spec.capacity;
  return *places_[fabrics_[port.link - links_.size()]].capacity;
}

Sharing Topology::sharing_of(PortRef port) const {
  return port.link < links_.size() ? links_[port.link].spec.sharing : Sharing::fair;
}

std::optional<Duration> Topology::max_queue_of(PortRef port) const {
  return port.link < links_.size() ? links_[port.link].spec.max_queue : std::nullopt;
}

void Topology::add_link(std::string id, const LinkSpec& spec) {
  const auto from = find(spec.from);
  const auto to = find(spec.to);
  CDNSIM_ASSERT(from && to, "links are checked when the scenario is read");
  links_.push_back(Link{std::move(id), spec, *from, *to});
}

std::optional<std::uint32_t> Topology::find(const std::string& id) const {
  const auto found = by_id_.find(id);
  if (found == by_id_.end()) return std::nullopt;
  return found->second;
}

}  // namespace cdnsim
