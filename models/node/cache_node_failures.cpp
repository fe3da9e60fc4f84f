// Fetches that bring nothing: what is remembered of them, and what stands in for an answer.
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

// A failure that is remembered answers in the place of a fetch: with a stale copy where the class
// allows that on errors, else with the failure. False when none is remembered.
bool CacheNode::serve_remembered(const Request& request, std::uint32_t index, Outbox& outbox) {
  Server& server = servers_[index];
  const Asked& asked = request.asked;
  const Status failure = server.failures.find(request.key, asked.born);
  if (failure == Status::ok) return false;
  const ServerCache::Copy copy = server.cache->peek(request.key);
  if (copy.state != Lookup::absent && failure != Status::not_found) {
    const SimTime fresh_until = server.cache->times(copy.slot).fresh_until;
    const Use use = judge(fresh_until, asked.born, rules_[asked.content].windows);
    if (use != Use::expired && !request.must_be_fresh) {
      serve_copy(request, copy, *server.cache, Outcome::stale_hit, outbox);
      return true;
    }
  }
  recorder().count_outcome(phase_of(asked), asked.content, Outcome::negative_hit);
  counts_of(asked).remembered_errors += failure != Status::not_found;
  if (failure == Status::not_found) {  // still known to be missing
    seen_.exchange(asked.content, catalogue_[asked.content].number_of(request.key, request.object),
                   SeenObjects::State::missing);
  }
  Answer negative;
  negative.last_byte_at = asked.born;
  negative.status = failure;
  answer(request, negative, asked.born, served_at(asked), outbox);
  return true;
}

void CacheNode::remember_failure(const Reply& reply, Server& server, SimTime now) {
  const CopyRules& rules = rules_[reply.content];
  const bool is_absence = reply.status == Status::not_found;
  if (is_absence && !has_passed_through(reply)) {
    seen_.exchange(reply.content, catalogue_[reply.content].number_of(reply.key, reply.object),
                   SeenObjects::State::missing);
  }
  const Duration ttl = is_absence ? rules.not_found_ttl : rules.error_ttl;
  // Who could not be asked at all will perhaps answer the next one.
  if (ttl == Duration{0} || reply.refused) return;
  server.failures.remember(reply.key, reply.status, now, ttl);
}

std::optional<CacheNode::Answer> CacheNode::stale_on_error(std::uint64_t key, std::uint16_t content,
                                                           Server& server, SimTime now) const {
  ServerCache::Copy copy = server.cache->peek(key);
  if (copy.state == Lookup::absent) return std::nullopt;
  const ServerCache::Times times = server.cache->times(copy.slot);
  if (judge(times.fresh_until, now, rules_[content].windows) == Use::expired) return std::nullopt;
  Answer stale = found(times, copy.bytes, content, key, now);
  const Reading reading = server.cache->read(copy, now);
  stale.last_byte_at = std::max(times.last_byte_at, reading.last);
  stale.storage = reading.first - now;
  return stale;
}

}  // namespace cdnsim
