// Whether an answer leaves a copy, where, and what a 304 does to the copy that is here.
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

bool CacheNode::store(const Reply& reply, Server& server, SimTime now) {
  if (!leaves_copies(reply.content, reply.key) || is_condemned(reply)) return false;
  // Of several answers to fetches that were not coalesced the first fills the cache.
  const ServerCache::Copy held = server.cache->peek(reply.key);
  if (held.state != Lookup::absent) {
    const SimTime good_until = server.cache->times(held.slot).fresh_until;
    const bool is_better = reply.token.renews && times_of(reply, now).fresh_until > good_until;
    if (now < good_until && !is_better) return true;
  } else if (!leaves_copy(reply, now)) {
    return false;
  }
  const ServerCache::Times times = times_of(reply, now);
  const Slot slot = server.cache->insert(reply.key, Bytes{reply.bytes}, reply.content, times, now,
                                         store_on(reply));
  if (measures_ && slot != kNoSlot) measures_->note_stored(reply, times.fresh_until, now);
  return slot != kNoSlot;
}

StoreOn CacheNode::store_on(const Reply& reply) const {
  const ContentClass& content = catalogue_[reply.content];
  if (!content.formed) return StoreOn::any;
  const std::optional<Duration> start = content.forms.starts_at(content.form_of(reply.key));
  return start ? config_.tier.storage.store_on(*start) : StoreOn::any;
}

// Whether an answer on its way back leaves a copy here where there is none.
bool CacheNode::leaves_copy(const Reply& reply, SimTime now) {
  // What a node fetches unasked is to stay.
  if (filling_ && !reply.token.renews && !filling_->takes(reply.key, now, Bytes{reply.bytes})) {
    return false;
  }
  const CopyPlaces& places = rules_[reply.content].places;
  switch (places.kind) {
    case CopyPlaces::Kind::everywhere: return true;
    case CopyPlaces::Kind::down: return reply.passed == 0;
    case CopyPlaces::Kind::edge: return serves_clients(role());
    case CopyPlaces::Kind::prob: break;
  }
  const DrawBlock lot = draw(config_.lots, Counter{lots_drawn_++, 0, 0, 0});
  return unit(lot.low64()) < places.probability;
}

std::optional<CacheNode::Answer> CacheNode::renew(const Reply& reply, Server& server, SimTime now) {
  const ServerCache::Copy copy = server.cache->peek(reply.key);
  if (copy.state == Lookup::absent) return std::nullopt;
  const ServerCache::Times before = server.cache->times(copy.slot);
  if (is_condemned(reply))
    return found(before, copy.bytes, reply.content, reply.key, now);  // served, not kept
  ServerCache::Times times = times_of(reply, now);
  times.last_byte_at = before.last_byte_at;
  // As in store(), the first of several answers counts.
  const bool is_better = reply.token.renews && times.fresh_until > before.fresh_until;
  if (now < before.fresh_until && !is_better) {
    times = before;
  } else {
    server.cache->refresh(copy.slot, times);
    if (measures_) measures_->note_stored(reply, times.fresh_until, now);
  }
  ++counts_of(reply, now).not_modified;
  Answer answer = found(times, copy.bytes, reply.content, reply.key, now);
  answer.last_byte_at = std::max(now, before.last_byte_at);
  return answer;
}

}  // namespace cdnsim
