// What a node does with the answers to its fetches, and how it answers those who asked it.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

constexpr std::uint8_t kMostPassed = 15;

}  // namespace

bool CacheNode::has_passed_through(const Reply& reply) {
  return reply.token.key != reply.key && (reply.token.key & kPassedThrough) != 0;
}

ClassCounts& CacheNode::counts_of(const Reply& reply, SimTime now) {
  const Phase phase = recorder().phase_at(now);
  return recorder().counts(reply.token.relayed ? relayed(phase) : phase, reply.content);
}

void CacheNode::on_reply(const Message& message, Outbox& outbox) {
  auto reply = message.as<Reply>();
  MessageCounts& replies = messages(MessageKind::reply);
  ++replies.received;
  replies.broken_received += reply.broken;
  replies.bytes_received += static_cast<std::uint64_t>(reply.bytes);
  counts_of(reply, message.at).bytes_fetched += static_cast<std::uint64_t>(reply.bytes);
  take_reply(reply, message.from, message.at, outbox);
}

void CacheNode::take_reply(Reply& reply, NodeId from, SimTime now, Outbox& outbox) {
  Server& server = servers_[reply.token.server];
  const auto is_error = [&] {
    return reply.status != Status::ok && reply.status != Status::not_found;
  };
  const bool works = now < server.off.next() && !(goes_down_ && is_forgotten(reply.token, server));
  if (pool_ && works && stays_open(reply)) pool_->give_back(from, reply.last_byte_at);
  if (goes_down_) break_with_server(reply, server, now);
  const bool failed = is_error();
  if (failed && works && reply.token.step == Upstreams::kSource) {
    return leave_source(reply, server, now, outbox);
  }
  if (failed && works &&
      (try_elsewhere(reply, from, now, outbox) || try_again(reply, now, outbox))) {
    return;
  }
  Answer got;
  if (reply.not_modified) {
    const std::optional<Answer> renewed = renew(reply, server, now);
    if (!renewed) return send_again(reply, 0, reply.token.attempt, now, outbox);
    got = *renewed;
  } else if (reply.status == Status::ok) {
    got = reply.broken ? take_in_part(reply, now) : take_in(reply, server, now);
  } else {
    got.last_byte_at = now;
    got.status = reply.status;
    got.refused = !works;  // somebody else may be able to
    remember_failure(reply, server, now);
  }
  note_answer(reply, now);
  if (warming_) warming_->over(reply.key);
  std::optional<Answer> stale;  // read from its disk only if somebody gets it
  const auto release = [&](const Waiter& waiter) {
    // Who has a stale copy of his own is told the failure rather than given another.
    const bool takes_stale = failed && !waiter.must_be_fresh;
    if (takes_stale && !stale) {
      stale = stale_on_error(reply.key, reply.content, server, now).value_or(got);
    }
    counts_of(waiter.asked).stale_on_error += takes_stale && stale->status == Status::ok;
    const Answer& his = takes_stale ? *stale : got;
    // Who joined may still be waiting for the server.
    answer(waiter, his, now, std::max(now, served_at(waiter.asked)) + his.storage, outbox);
  };
  release_waiters(reply, server, !failed && !reply.broken, release);
}

// Those who wait for the flight; and when a later one has taken its place, for that one, whom a
// good answer serves as well.
template <class Release>
void CacheNode::release_waiters(const Reply& reply, Server& server, bool is_good,
                                const Release& release) {
  const FlightToken& token = reply.token;
  const std::uint64_t released = server.coalescer.complete(token.key, token.id(), release);
  if (released == 0 && is_good && !is_condemned(reply)) {
    server.coalescer.release_waiting(token.key, release);
  }
  const auto release_from = [&](auto& waiting, const auto& key) {
    const auto found = waiting.find(key);
    if (found == waiting.end()) return;
    const Waiter waiter = found->second;
    waiting.erase(found);
    ++lone_released_;
    release(waiter);
  };
  if (token.flight == 0) return release_from(lone_, token.key);
  if (!patient_.empty())
    release_from(patient_, std::pair<std::uint32_t, std::uint64_t>(token.server, token.flight));
}

// A connection on which something failed is closed. That a peer has no copy is no failure.
bool CacheNode::stays_open(const Reply& reply) const {
  if (reply.status == Status::ok || reply.status == Status::not_found) return !reply.broken;
  return reply.refused && reply.status != Status::timed_out &&
         upstreams_.at(reply.content, reply.token.step).is_peer;
}

// Who refused did not try: the next place may have it, or be able to fetch it.
bool CacheNode::try_elsewhere(const Reply& reply, NodeId from, SimTime now, Outbox& outbox) {
  const std::size_t next = reply.token.step + 1;
  if (!reply.refused) return false;
  if (!upstreams_.has(reply.content, next)) {
    // Nobody is left. Those that were passed over may be well again: the next fetch asks them.
    upstreams_.avoid_nobody();
    return false;
  }
  // That a peer has nothing does not matter to the next fetch; that nothing comes from it does.
  const bool is_lost = reply.status == Status::timed_out;
  if (is_lost || !upstreams_.at(reply.content, reply.token.step).is_peer) {
    upstreams_.avoid(from, now + config_.tier.avoid_refusing, reply.full);
  }
  send_again(reply, next, reply.token.attempt, now, outbox);
  return true;
}

bool CacheNode::try_again(const Reply& reply, SimTime now, Outbox& outbox) {
  if (reply.token.attempt >= config_.tier.retries) return false;
  send_again(reply, 0, reply.token.attempt + 1, now, outbox);
  return true;
}

// Those who wait for the flight go on waiting, each no longer than before.
void CacheNode::send_again(const Reply& reply, std::size_t step, unsigned attempt, SimTime now,
                           Outbox& outbox) {
  Fetch fetch;
  fetch.key = reply.key;
  fetch.token = reply.token;
  fetch.token.send_to(step);
  fetch.token.try_number(attempt);
  fetch.token.found_full = step > 0 && reply.full;
  fetch.object = reply.object;
  fetch.bytes = reply.object_bytes;
  fetch.content = reply.content;
  fetch.must_be_fresh = reply.token.must_be_fresh;
  if (!has_passed_through(reply)) {
    fetch.held_since = held_since(*servers_[reply.token.server].cache, reply.key, reply.content);
  }
  ++counts_of(reply, now).resent;
  send_fetch(fetch, now, outbox);
}

Duration CacheNode::age_of(const Reply& reply) const {
  return rules_[reply.content].honours_age ? Duration{reply.age_ns} : Duration{0};
}

// Where copies keep the time they were made at the origin, their age follows from their lifetime.
Duration CacheNode::age_of(const ServerCache::Times& times, std::uint16_t content,
                           SimTime now) const {
  const CopyRules& rules = rules_[content];
  if (!rules.keeps_made_at) return now - times.generated_at;
  // A soft purge has cut the lifetime short; no age is above the time since the copy was made.
  const Duration by_lifetime = std::max(Duration{0}, now - (times.fresh_until - rules.lifetime));
  return std::min(by_lifetime, now - times.generated_at);
}

CacheNode::Answer CacheNode::found(const ServerCache::Times& times, Bytes bytes,
                                   std::uint16_t content, std::uint64_t key, SimTime now) const {
  Answer answer;
  answer.bytes = bytes;
  answer.age = age_of(times, content, now);
  if (measures_) [[unlikely]] {  // its lifetime, by which ages are told, may be a longer one
    const Duration longer = measures_->longer_of(key, times.fresh_until);
    answer.age = std::min(answer.age + longer, now - times.generated_at);
  }
  answer.last_byte_at = times.last_byte_at;
  answer.made_at = times.generated_at;
  return answer;
}

ServerCache::Times CacheNode::times_of(const Reply& reply, SimTime now) const {
  const CopyRules& rules = rules_[reply.content];
  const SimTime age_zero = now - age_of(reply);
  const Duration longer = measures_ ? measures_->longer(reply.key) : Duration{0};
  return ServerCache::Times{rules.keeps_made_at ? reply.made_at : age_zero,
                            age_zero + rules.lifetime + longer, reply.last_byte_at};
}

CacheNode::Answer CacheNode::take_in(const Reply& reply, Server& server, SimTime now) {
  using State = SeenObjects::State;
  if (!has_passed_through(reply)) {
    const bool stored = store(reply, server, now);
    seen_.exchange(reply.content, catalogue_[reply.content].number_of(reply.key, reply.object),
                   stored ? State::stored : State::refused);
    if (warming_ && stored) warming_->got(reply.key, static_cast<std::uint64_t>(reply.bytes));
  }
  if (rules_[reply.content].remembers_failures()) server.failures.forget(reply.key);
  return answer_of(reply);
}

CacheNode::Answer CacheNode::answer_of(const Reply& reply) const {
  Answer got;
  got.bytes = Bytes{reply.bytes};
  got.age = age_of(reply);
  got.last_byte_at = reply.last_byte_at;
  got.passed = static_cast<std::uint8_t>(std::min<int>(reply.passed + 1, kMostPassed));
  got.made_at = reply.made_at;
  return got;
}

void CacheNode::answer(const Waiter& waiter, const Answer& answer, SimTime now, SimTime ready,
                       Outbox& outbox) {
  if (!is_clients(waiter.asked)) {
    return answer_node(waiter, answer, now, ready, false, outbox);
  }
  if (answer.status == Status::ok && rules_[waiter.asked.content].watched) {
    note_outdated(waiter, answer.made_at, now);
  }
  if (waiter.asked.part.is_all()) {
    if (!live_) [[likely]] {
      answer_cell(waiter.asked, answer, now, ready, false);
      return;
    }
    Answer his = answer;
    slow_to_line(waiter, his, ready);
    return tell_player(waiter, answer_cell(waiter.asked, his, now, ready, false), answer.made_at);
  }
  const CutAnswer range = cut(waiter.asked.part, answer, now);
  answer_cell(waiter.asked, range.answer, now, std::max(ready, range.first_byte_at), false);
}

// A range of what is still coming in: it is there when all before it is.
CacheNode::CutAnswer CacheNode::cut(const BytePart& part, Answer answer, SimTime now) {
  if (answer.bytes == Bytes{0}) return {answer, now};  // a failure
  if (answer.broken && part.from >= answer.bytes) {    // it breaks off before the range begins
    answer.bytes = Bytes{0};
    answer.status = Status::error;
    return {answer, now};
  }
  const Duration coming = std::max(Duration{0}, answer.last_byte_at - now);
  const auto when = [&](Bytes byte) {
    const auto whole = static_cast<Int128>(coming.count()) * byte.count();
    return now + Duration{static_cast<std::int64_t>(whole / answer.bytes.count())};
  };
  const SimTime first = when(part.from);
  const bool has_all = !answer.broken || part.from + part.bytes <= answer.bytes;
  if (has_all) {
    answer.last_byte_at = when(part.from + part.bytes);
    answer.bytes = part.bytes;
    answer.broken = false;
  } else {
    answer.bytes -= part.from;
  }
  return {answer, first};
}

Delivery CacheNode::answer_cell(const Asked& asked, const Answer& answer, SimTime now,
                                SimTime ready, bool from_cache) {
  const Phase phase = recorder().phase_at(asked.born);
  if (answer.status != Status::ok && answer.status != Status::not_found) [[unlikely]] {
    counts_of(asked).failed_waits += asked.follows;
    recorder().count_status(phase, asked.content, answer.status);
    return {Delivery::Kind::failed, now};
  }
  Asker& asker = askers_[asked.asker];
  if (goes_down_ && asker.cut) [[unlikely]] {
    lose_answer(asked);
    return {Delivery::Kind::failed, now};
  }
  std::optional<Answer> cut;
  const Transfer transfer =
      goes_down_ || desk_
          ? send_carefully(asker.route, asked, cut.emplace(answer), now, ready)
          : egress().send(asker.route, answer.bytes, now, ready, answer.last_byte_at);
  if (transfer.first >= recorder().end()) [[unlikely]] {
    recorder().count_status(phase, asked.content, Status::in_flight);
    return {};
  }
  const Answer& sent = cut ? *cut : answer;
  if (sent.broken || sent.status == Status::error) [[unlikely]] {
    count_broken(asked, sent, from_cache);
    return {Delivery::Kind::failed, transfer.last};
  }
  recorder().count_status(phase, asked.content, sent.status);
  ClassCounts& counts = recorder().counts(phase, asked.content);
  counts.bytes_served += static_cast<std::uint64_t>(sent.bytes.count());
  if (from_cache) counts.bytes_hit += static_cast<std::uint64_t>(sent.bytes.count());

  const Duration network = egress().round_trip(asker.route);
  const Duration setup = asked.new_connection ? 2 * network + asker.detour : Duration{0};
  const Duration inside = ready - asked.born;
  const Duration service = asked.service;
  const auto spend = [&](TimePart part, Duration time) {
    counts.time_ns[static_cast<std::size_t>(part)] += static_cast<std::uint64_t>(time.count());
  };
  spend(TimePart::network, network);
  spend(TimePart::setup, setup);
  spend(TimePart::queue, asked.queued + transfer.wait);
  spend(TimePart::service, service);
  spend(TimePart::storage, sent.storage);
  spend(TimePart::upstream, inside - asked.queued - service - sent.storage);
  const Delivery delivery{Delivery::Kind::whole, transfer.last};
  if (phase == Phase::warmup) return delivery;
  asker.counts.bytes += static_cast<std::uint64_t>(sent.bytes.count());
  const Duration first = network + setup + inside + transfer.wait;
  recorder().add_latency(asker.region, asked.content, first,
                         first + (transfer.last - transfer.first));
  return delivery;
}

void CacheNode::answer_node(const Waiter& waiter, const Answer& whole, SimTime now, SimTime ready,
                            bool from_cache, Outbox& outbox) {
  if (askers_[waiter.asked.asker].cut) [[unlikely]]
    return lose_reply(waiter, ready, outbox);
  Answer answer = whole;
  const Phase phase = phase_of(waiter.asked);
  Asker& asker = askers_[waiter.asked.asker];
  const std::uint16_t content = waiter.asked.content;
  Reply reply;
  reply.not_modified = answer.status == Status::ok && waiter.held_since != kNothingHeld &&
                       catalogue_[content].version_of(waiter.object, waiter.held_since) ==
                           catalogue_[content].version_of(waiter.object, answer.made_at);
  if (reply.not_modified) {
    answer.bytes = Bytes{0};
    answer.last_byte_at = now;
    answer.broken = false;
  }
  const Transfer transfer =
      goes_down_ || desk_
          ? send_carefully(asker.route, waiter.asked, answer, now, ready)
          : egress().send(asker.route, answer.bytes, now, ready, answer.last_byte_at);
  if (answer.refused) reply.not_modified = 0;
  const Bytes bytes = answer.bytes;
  const SimTime at = arrival(transfer.first, egress().delay(asker.route), config_.least_delay);
  reply.token = waiter.token;
  reply.key = waiter.key;
  reply.last_byte_at = at + (transfer.last - transfer.first);
  reply.bytes = bytes.count();
  reply.age_ns = answer.age.count();
  reply.made_at = answer.made_at;
  reply.object = waiter.object;
  reply.object_bytes = waiter.bytes;
  reply.content = content;
  reply.status = answer.status;
  reply.passed = answer.passed & kMostPassed;
  reply.refused = answer.refused;
  reply.full = answer.full;
  reply.broken = answer.broken;
  outbox.send(asker.node, at, static_cast<std::uint32_t>(MessageKind::reply), reply);
  ++messages(MessageKind::reply).sent;
  messages(MessageKind::reply).bytes_sent += count_of(bytes);
  messages(MessageKind::reply).broken_sent += answer.broken;
  if (transfer.first >= recorder().end()) {
    return recorder().count_status(phase, content, Status::in_flight);
  }
  const Status status = answer.broken ? Status::error : answer.status;
  recorder().count_status(phase, content, status);
  ClassCounts& counts = recorder().counts(phase, content);
  counts.failed_waits +=
      waiter.asked.follows && status != Status::ok && status != Status::not_found;
  counts.broken_off += answer.broken;
  counts.bytes_served += count_of(bytes);
  if (from_cache) counts.bytes_hit += count_of(bytes);
  if (recorder().phase_at(waiter.asked.born) == Phase::measured) {
    asker.counts.bytes += count_of(bytes);
  }
}

}  // namespace cdnsim
