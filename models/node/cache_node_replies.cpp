#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

std::uint64_t count_of(Bytes bytes) { return static_cast<std::uint64_t>(bytes.count()); }

}  // namespace

void CacheNode::on_reply(const Reply& reply, SimTime now, Outbox& outbox) {
  MessageCounts& replies = messages(MessageKind::reply);
  ++replies.received;
  replies.bytes_received += static_cast<std::uint64_t>(reply.bytes);
  recorder().counts(recorder().phase_at(now), reply.content).bytes_fetched +=
      static_cast<std::uint64_t>(reply.bytes);

  Server& server = servers_[reply.token.server];
  Answer got{Bytes{reply.bytes}, age_of(reply), reply.last_byte_at, reply.status};
  if (reply.status == Status::ok) {
    using State = SeenObjects::State;
    const bool stored = store(reply, server, now);
    seen_.exchange(reply.content, reply.object, stored ? State::stored : State::refused);
  } else {
    got = answer_to_failure(reply, server, now);
  }
  server.coalescer.complete(reply.token.key, reply.token.flight, [&](const Waiter& waiter) {
    // Who joined may still be waiting for the server.
    answer(waiter, got, now, std::max(now, served_at(waiter.asked)), outbox);
  });
}

Duration CacheNode::age_of(const Reply& reply) const {
  return config_.tier.age == AgeRule::honour ? Duration{reply.age_ns} : Duration{0};
}

bool CacheNode::store(const Reply& reply, Server& server, SimTime now) {
  const ContentClass& content = catalogue_[reply.content];
  if (!content.worth_storing()) return false;
  // Of several answers to fetches that were not coalesced the first fills the cache.
  const ServerCache::Copy held = server.cache->peek(reply.key);
  if (held.state != Lookup::absent && now < server.cache->times(held.slot).fresh_until) return true;
  ServerCache::Times times;
  times.generated_at = now - age_of(reply);
  times.fresh_until = times.generated_at + content.lifetime;
  times.last_byte_at = reply.last_byte_at;
  return server.cache->insert(reply.key, Bytes{reply.bytes}, reply.content, times, now);
}

CacheNode::Answer CacheNode::answer_to_failure(const Reply& reply, const Server& server,
                                               SimTime now) const {
  const Answer failure{Bytes{0}, Duration{0}, now, reply.status};
  const ServerCache::Copy copy = server.cache->peek(reply.key);
  if (!config_.tier.serve_stale || copy.state == Lookup::absent) return failure;
  const ServerCache::Times times = server.cache->times(copy.slot);
  if (judge(times.fresh_until, now, catalogue_[reply.content].windows) == Use::expired)
    return failure;
  return Answer{copy.bytes, now - times.generated_at, times.last_byte_at, Status::ok};
}

void CacheNode::answer(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
                       Outbox& outbox) {
  if (askers_[waiter.asked.asker].is_cell) {
    answer_cell(waiter.asked, answer, now, ready, false);
  } else {
    answer_node(waiter, answer, now, ready, false, outbox);
  }
}

void CacheNode::answer_node(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
                            bool from_cache, Outbox& outbox) {
  const Phase phase = recorder().phase_at(waiter.asked.born);
  const Asker& asker = askers_[waiter.asked.asker];
  const Transfer transfer =
      egress().send(asker.route, answer.bytes, now, ready, answer.last_byte_at);
  const SimTime at = arrival(transfer.first, egress().delay(asker.route), config_.least_delay);
  Reply reply;
  reply.token = waiter.token;
  reply.key = waiter.key;
  reply.last_byte_at = at + (transfer.last - transfer.first);
  reply.bytes = answer.bytes.count();
  reply.age_ns = answer.age.count();
  reply.object = waiter.object;
  reply.content = waiter.asked.content;
  reply.status = answer.status;
  outbox.send(asker.node, at, static_cast<std::uint32_t>(MessageKind::reply), reply);
  ++messages(MessageKind::reply).sent;
  messages(MessageKind::reply).bytes_sent += count_of(answer.bytes);
  if (transfer.first >= recorder().end()) {
    return recorder().count_status(phase, waiter.asked.content, Status::in_flight);
  }
  recorder().count_status(phase, waiter.asked.content, answer.status);
  ClassCounts& counts = recorder().counts(phase, waiter.asked.content);
  counts.bytes_served += count_of(answer.bytes);
  if (from_cache) counts.bytes_hit += count_of(answer.bytes);
}

void CacheNode::pass_deadline(Outbox& outbox) {
  const Deadline deadline = deadlines_.top();
  deadlines_.pop();
  Server& server = servers_[deadline.server];
  server.deadline_armed = false;
  server.coalescer.expire(deadline.at, [&](const Waiter& waiter) {
    answer(waiter, Answer{Bytes{0}, Duration{0}, deadline.at, Status::timed_out}, deadline.at,
           deadline.at, outbox);
  });
  arm_deadline(deadline.server);
}

void CacheNode::add_client_counts(std::vector<ClientCounts>& counts) const {
  for (std::size_t i = 0; i < arrivals_.cells().size(); ++i) {
    ClientCounts& client = counts[arrivals_.cells()[i].audience];
    client.requests += askers_[i].counts.requests;
    client.bytes += askers_[i].counts.bytes;
  }
}

CacheFlows CacheNode::flows() const {
  CacheFlows flows;
  for (const Server& server : servers_) {
    const CacheCounters& cache = server.cache->counters();
    flows.bytes_in += count_of(cache.in);
    flows.bytes_evicted += count_of(cache.evicted);
    flows.bytes_expired += count_of(cache.expired);
    flows.bytes_purged += count_of(cache.purged);
    flows.bytes_held += count_of(cache.held);
    flows.objects_held += cache.copies;
    flows.waiters_joined += server.coalescer.counters().joined;
    flows.waiters_released += server.coalescer.counters().released;
    flows.waiters_timed_out += server.coalescer.counters().timed_out;
    flows.waiters_waiting += server.coalescer.counters().waiting;
  }
  flows.arrivals = arrivals_served_;
  flows.delays_raised = delays_raised();
  return flows;
}

}  // namespace cdnsim
