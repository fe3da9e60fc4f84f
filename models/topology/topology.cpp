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

std::uint32_t Topology::add_place(PlaceKind kind, std::string id) {
  const auto index = static_cast<std::uint32_t>(places_.size());
  by_id_.emplace(id, index);
  places_.push_back(Place{kind, std::move(id)});
  return index;
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
