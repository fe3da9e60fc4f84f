// The network as a typed graph: who there is and what joins them.
// Does not know which ways lead through it (routing/), traffic or caches.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/models/topology/spec.hpp>

namespace cdnsim {

enum class PlaceKind : std::uint8_t {
  client_network,
  pop,
  shield,
  origin,
  embedded_cache,
  ixp,
  transit_provider
};

std::string_view name_of(PlaceKind kind);

struct Place {
  PlaceKind kind;
  std::string id;
  std::optional<BitRate> capacity = {};  // of an exchange's fabric
};

struct Link {
  std::string id;
  LinkSpec spec;
  std::uint32_t from;  // places
  std::uint32_t to;
};

// One direction of a link: the port that its sending end owns. Numbers after the last link's are
// fabrics of exchanges, which have one direction.
struct PortRef {
  std::uint32_t link;
  bool forward;  // from -> to
  friend bool operator==(const PortRef&, const PortRef&) = default;
};

struct Path {
  Duration delay{0};
  BitRate narrowest = BitRate::max();
  std::vector<PortRef> ports;  // in the order in which a message crosses them
};

class Topology {
 public:
  std::uint32_t add_place(PlaceKind kind, std::string id, std::optional<BitRate> capacity = {});
  // REQUIRES: both ends were added.
  void add_link(std::string id, const LinkSpec& spec);

  std::size_t size() const { return places_.size(); }
  const Place& place(std::uint32_t index) const { return places_[index]; }
  const std::vector<Link>& links() const { return links_; }
  std::optional<std::uint32_t> find(const std::string& id) const;

  // Exchanges whose fabric has a capacity.
  const std::vector<std::uint32_t>& fabrics() const { return fabrics_; }
  // Of links and fabrics.
  std::size_t port_pairs() const { return links_.size() + fabrics_.size(); }
  // The fabric that is crossed before the port is.
  std::optional<PortRef> fabric_before(PortRef port) const;
  BitRate capacity_of(PortRef port) const;
  Sharing sharing_of(PortRef port) const;
  std::optional<Duration> max_queue_of(PortRef port) const;

 private:
  std::vector<Place> places_;
  std::vector<Link> links_;
  std::vector<std::uint32_t> fabrics_;  // places
  std::map<std::string, std::uint32_t> by_id_;
};

}  // namespace cdnsim
