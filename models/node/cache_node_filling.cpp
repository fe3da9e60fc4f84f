// What an embedded cache, or a PoP that is launched, fetches before it is asked for.
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::fill_ahead(Outbox& outbox) {
  if (!filling_ || arrivals_.next_mirrored() < filling_->next()) return mirror_next(outbox);
  const SimTime now = filling_->next();
  const FillItem item = filling_->item();
  const ContentClass& content = catalogue_[item.content];
  Waiter nobody;
  nobody.asked.born = now;
  nobody.asked.content = item.content;
  nobody.key = content.key_of(item.object);
  nobody.object = item.object;
  const std::uint32_t index = home_of(nobody.key, owner_of(nobody.key));
  Server& server = servers_[index];
  const ServerCache::Copy held = server.cache->peek(nobody.key);
  const bool is_there =
      held.state != Lookup::absent && now < server.cache->times(held.slot).fresh_until;
  if (is_there) return filling_->skip();
  if (server.down_causes > 0) return filling_->wait();
  const std::size_t from =
      upstreams_.has_source() ? Upstreams::kSource : upstreams_.first_parent(item.content);
  const std::size_t step = upstreams_.next(item.content, from, now);
  if (upstreams_.at(item.content, step).cut) return filling_->wait();
  if (!fetch_unasked(nobody, index, from, outbox)) filling_->keep(nobody.key);
  filling_->sent_for(now, content.size_of(item.object));
}

}  // namespace cdnsim
