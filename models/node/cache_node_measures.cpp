// What a node does about an object that went viral, until it hears that it has cooled down.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::take_measures(const MitigationSpec& spec, bool prepositions) {
  measures_ = std::make_unique<ViralMeasures>(spec, prepositions);
}

void CacheNode::begin_measures(const HotAlert& alert, SimTime now, Outbox& outbox) {
  CopyRules& rules = rules_[alert.content];
  const bool is_private = catalogue_[alert.content].spec.cache_control.is_private;
  if (!measures_->begin(alert, rules, is_private)) return;
  rules.watched = true;  // until then its hits are looked at, which costs time and nothing else
  if (measures_->prepositions()) preposition(alert, now, outbox);
}

// Copies that are here stay good until their time is up.
void CacheNode::end_measures(std::uint64_t key) {
  if (!measures_) return;
  measures_->end(key, rules_);
  if (hot_ && measures_->replicate()) hot_->let_go(key, placement_);
}

// What a trace brings has a size that only its requests know.
void CacheNode::preposition(const HotAlert& alert, SimTime now, Outbox& outbox) {
  const ContentClass& content = catalogue_[alert.content];
  if (content.traced || !leaves_copies(alert.content, alert.key)) return;
  Waiter nobody;
  nobody.asked.born = now;
  nobody.asked.content = alert.content;
  nobody.key = alert.key;
  nobody.object = content.object_of(alert.key);
  const std::uint32_t index = home_of(nobody.key, owner_of(nobody.key));
  nobody.asked.server = static_cast<std::uint16_t>(index);
  const Server& server = servers_[index];
  if (server.down_causes > 0) return;
  const ServerCache::Copy held = server.cache->peek(nobody.key);
  if (held.state != Lookup::absent && now < server.cache->times(held.slot).fresh_until) return;
  if (!fetch_unasked(nobody, index, upstreams_.first_parent(alert.content), outbox)) return;
  measures_->note_sent(
      alert.key, FlightToken::of(alert.key, FlightId{server.coalescer.counters().flights}, index));
}

// Whether an answer for it may stay here, by its class or because it is viral.
bool CacheNode::may_store(std::uint16_t content, std::uint64_t key) const {
  return rules_[content].storable || (measures_ && measures_->keeps(key));
}
bool CacheNode::leaves_copies(std::uint16_t content, std::uint64_t key) const {
  return rules_[content].worth_storing() || (measures_ && measures_->keeps(key));
}

}  // namespace cdnsim
