// Hot objects: requests for them go to several servers in turn, of which one fetches for all.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

// The batch is of one slot, and the list is made anew between slots only.
void CacheNode::count_batch() {
  const std::vector<Arrival>& batch = arrivals_.batch();
  if (batch.empty()) return;
  const SimTime now = batch.front().at();
  hot_->advance(now, placement_);
  for (const Arrival& arrival : batch) hot_->count(arrival.key, arrival.content, now);
}

// What was served stays where it was.
void CacheNode::spread_batch() {
  const std::vector<Arrival>& batch = arrivals_.batch();
  if (batch.empty()) return;
  const SimTime now = batch.front().at();
  std::visit(
      [&](auto& placement) {
        for (std::size_t i = arrivals_.position(); i < batch.size(); ++i) {
          std::uint32_t server = hot_->next_server(batch[i].key);
          if (server == kNobody) server = or_first(assign(placement, batch[i].key));
          hot_->note_load(server, now);
          batch_servers_[i] = static_cast<std::uint16_t>(server);
        }
      },
      placement_);
}

void CacheNode::take_batch_back() {
  const std::vector<Arrival>& batch = arrivals_.batch();
  for (std::size_t i = arrivals_.position(); i < batch.size(); ++i) {
    hot_->take_back(batch[i].key, batch_servers_[i]);
  }
}

std::uint32_t CacheNode::place_hot(std::uint64_t key, std::uint16_t content, SimTime now) {
  hot_->advance(now, placement_);
  hot_->count(key, content, now);
  std::uint32_t server = hot_->next_server(key);
  if (server == kNobody) {
    server = std::visit([&](auto& family) { return or_first(assign(family, key)); }, placement_);
  }
  hot_->note_load(server, now);
  return server;
}

// The first of its servers that works; `otherwise` when it is not hot.
std::uint32_t CacheNode::home_of(std::uint64_t key, std::uint32_t otherwise) const {
  if (!hot_) return otherwise;
  for (const std::uint32_t server : hot_->replicas_of(key)) {
    if (servers_[server].down_causes == 0) return server;
  }
  return otherwise;
}

// A server that has no copy in date takes one from another of the object's servers. Where there is
// none the object's first server goes on with the request, so that it is fetched once.
void CacheNode::serve_hot(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                          Outbox& outbox) {
  const SimTime now = request.asked.born;
  SimTime in_date = now;
  if (copy.state == Lookup::filling) return serve_placed(request, index, copy, outbox);
  if (copy.state == Lookup::fresh) {
    if (!is_due(request, index, copy)) return serve_placed(request, index, copy, outbox);
    in_date = servers_[index].cache->times(copy.slot).fresh_until;
  }
  for (const std::uint32_t other : hot_->replicas_of(request.key)) {
    if (other == index || servers_[other].down_causes > 0) continue;
    const ServerCache& cache = *servers_[other].cache;
    const ServerCache::Copy held = cache.peek(request.key);
    if (held.state == Lookup::absent || cache.times(held.slot).fresh_until <= in_date) continue;
    return fill_from(request, index, other, outbox);
  }
  const std::uint32_t home = home_of(request.key, index);
  if (copy.state == Lookup::fresh || home == index) {
    return serve_placed(request, index, copy, outbox);
  }
  serve_placed(request, home, servers_[home].cache->find(request.key, now), outbox);
}

void CacheNode::fill_from(const Request& request, std::uint32_t index, std::uint32_t other,
                          Outbox& outbox) {
  const Asked& asked = request.asked;
  ServerCache& cache = *servers_[other].cache;
  const ServerCache::Copy copy = cache.find(request.key, asked.born);
  const bool is_filling = copy.state == Lookup::filling;
  CDNSIM_ASSERT(is_filling || copy.state == Lookup::fresh, "a copy in date was found");
  servers_[index].cache->insert(request.key, copy.bytes, asked.content, cache.times(copy.slot),
                                asked.born);
  ++counts_of(asked).replica_fills;
  hot_->note_fill(request.key);
  serve_copy(request, copy, cache, is_filling ? Outcome::delayed_hit : Outcome::hit, outbox);
}

std::vector<HotListing> CacheNode::hot_listings() const {
  if (!hot_) return {};
  // Nobody may have asked for anything since the last ones cooled down.
  HotObjects all = *hot_;
  all.advance(recorder().end(), placement_);
  return all.listings();
}

}  // namespace cdnsim
