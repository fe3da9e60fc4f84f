// Who did the work: the server that a request belongs to and the parent that a fetch does, or
// another one, and why. Does not know what is done about it.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::keep_homes() {
  if (!homes_) homes_ = std::make_unique<const Placement>(placement_);
}

// REQUIRES: homes_.
void CacheNode::note_server(const Request& request, std::uint32_t server) {
  if (request.asked.born < moves_counted_until_) count_move(request.key);
  const Served by = served_by(request.key, server);
  ++counts_of(request.asked).served[static_cast<std::size_t>(by)];
}

Served CacheNode::served_by(std::uint64_t key, std::uint32_t server) const {
  const std::uint32_t home = owner_in(*homes_, key);
  if (server == home) return Served::home;
  if (hot_ && std::ranges::count(hot_->replicas_of(key), server) > 0) return Served::content;
  return servers_[home].noticed_causes > 0 ? Served::health : Served::overflow;
}

// The last answer to a fetch, whatever it says.
void CacheNode::note_answer(const Reply& reply, SimTime now) {
  const FlightToken& token = reply.token;
  Served by = token.found_full ? Served::overflow : Served::health;
  if (upstreams_.at(reply.content, token.step).is_peer) by = Served::content;
  if (upstreams_.is_first_parent(reply.content, token.step)) by = Served::home;
  ClassCounts& counts = recorder().counts(recorder().phase_at(now), reply.content);
  ++counts.answered[static_cast<std::size_t>(by)];
}

}  // namespace cdnsim
