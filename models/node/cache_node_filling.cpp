// What an embedded cache fetches before it is asked for.
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::fill_ahead(Outbox& outbox) {
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
  if (is_there || server.down_causes > 0) return filling_->skip();
  const auto begun = server.coalescer.begin(nobody.key, now);
  if (begun.role == Role::follower) {
    filling_->keep(nobody.key);
    return filling_->sent_for(now, content.size_of(item.object));
  }
  ++recorder().counts(recorder().phase_at(now), item.content).refreshes;
  Fetch fetch = fetch_for(nobody, nobody.key, begun.flight, index, true);
  fetch.token.renews = 1;
  send_fetch(fetch, now, outbox);
  filling_->sent_for(now, content.size_of(item.object));
}

}  // namespace cdnsim
