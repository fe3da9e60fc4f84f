// Who did the work: the server that a request belongs to and the parent that a fetch does, or
// another one, and why. Does not know what is done about it.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::keep_homes() {
  if (!homes_) homes_ = std::make_unique<const Placement>(placement_);
}

// REQUIRES: homes_.
void CacheNode::note_server(const Asked& asked, std::uint64_t key) {
  if (asked.born < moves_counted_until_) count_move(key);
  ++counts_of(asked).served[static_cast<std::size_t>(served_by(key, asked.server))];
}

Served CacheNode::served_by(std::uint64_t key, std::uint32_t server) const {
  const bool is_bounded = std::holds_alternative<BoundedRing>(placement_);
  if (!hot_ && !is_bounded && !balances_ && !moves_)
    return Served::home;  // no server was ever away
  const std::uint32_t home = owner_in(*homes_, key);
  if (server == home) return Served::home;
  if (servers_[home].noticed_causes > 0) return Served::health;
  if (hot_ && std::ranges::count(hot_->replicas_of(key), server) > 0) return Served::content;
  // Where loads do not count, some keys move since another server is down.
  return is_bounded || balances_ ? Served::overflow : Served::health;
}

// The last answer to a fetch, whatever it says.
void CacheNode::note_answer(const Reply& reply, SimTime now) {
  const FlightToken& token = reply.token;
  Served by = token.found_full ? Served::overflow : Served::health;
  if (upstreams_.at(reply.content, token.step).is_peer) by = Served::content;
  if (token.step == upstreams_.first_parent(reply.content)) by = Served::home;
  ++counts_of(reply, now).answered[static_cast<std::size_t>(by)];
}

}  // namespace cdnsim
