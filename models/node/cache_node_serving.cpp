// How a request is served: what the look-up finds decides, and what is not there is fetched.
#include <algorithm>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>
#include <cdnsim/models/node/lookup_log.hpp>

namespace cdnsim {
namespace {

// What other nodes ask of a PoP whose copies are its own clients' goes through without a look-up.
bool is_for_clients_alone(NodeRole role, const CopyRules& rules) {
  return serves_clients(role) && rules.places.kind == CopyPlaces::Kind::edge;
}

}  // namespace

void CacheNode::on_fetch(const Message& message, Outbox& outbox) {
  const auto fetch = message.as<Fetch>();
  ++messages(MessageKind::fetch).received;
  connections_at(message.at).taken_in += fetch.opens_connection;
  Request request;
  const std::uint32_t server = place(fetch.key, fetch.content, message.at);
  request.asked.born = message.at;
  request.asked.asker = asker_of_node_[index_of(message.from)];
  request.asked.content = fetch.content;
  request.asked.server = static_cast<std::uint16_t>(server);
  request.key = fetch.key;
  request.object = fetch.object;
  request.bytes = fetch.bytes;
  request.token = fetch.token;
  request.held_since = fetch.held_since;
  request.must_be_fresh = fetch.must_be_fresh;
  request.only_if_cached = fetch.only_if_cached;
  if (homes_) note_server(request.asked, fetch.key);
  serve(std::move(request), server, outbox);
}

bool CacheNode::take_up(std::uint32_t index, Asked& asked, Phase phase) {
  Server& server = servers_[index];
  const SimTime now = asked.born;
  asked.queued = std::max(Duration{0}, server.busy_until - now);
  if (asked.queued > rules_[asked.content].max_wait || server.down_causes > 0) return false;
  if (desk_) [[unlikely]]
    return take_up_at_desk(index, asked);
  asked.service = service_time_;
  server.busy_until = now + asked.queued + asked.service;
  server.requests += phase == Phase::measured;
  return true;
}

// A client's request. Nearly all of them find a fresh copy and end here.
void CacheNode::serve_arrival(const Arrival& arrival, std::uint32_t index, Outbox& outbox) {
  const SimTime now = arrival.at();
  const Phase phase = recorder().phase_at(now);
  askers_[arrival.cell].counts.requests += phase == Phase::measured;
  Asked asked = asked_of(arrival, index);
  if (homes_) [[unlikely]]
    note_server(asked, arrival.key);
  if (!rules_[arrival.content].is_plain()) [[unlikely]]
    return serve(request_of(arrival, index), index, outbox);
  Server& server = servers_[index];
  if (!take_up(index, asked, phase)) [[unlikely]]
    return refuse(request_of(arrival, index), Outcome::shed, outbox);
  ServerCache::Copy copy = server.cache->find(arrival.key, now);
  if (copy.state != Lookup::fresh) [[unlikely]] {
    Request request = request_of(arrival, index);
    request.asked.queued = asked.queued;
    request.asked.service = asked.service;
    return serve_found(request, index, copy, outbox);
  }
  recorder().count_outcome(phase, arrival.content, Outcome::hit);
  if (moves_) [[unlikely]]
    note_found(request_of(arrival, index));
  const Reading reading = server.cache->read(copy, now);
  Answer hit;
  hit.bytes = copy.bytes;
  hit.last_byte_at = reading.last;
  hit.storage = reading.first - now;
  answer_cell(asked, hit, now, served_at(asked) + hit.storage, true);
}

CacheNode::Asked CacheNode::asked_of(const Arrival& arrival, std::uint32_t index) {
  Asked asked;
  asked.born = arrival.at();
  asked.asker = arrival.cell;
  asked.content = arrival.content;
  asked.new_connection = arrival.new_connection != 0;
  asked.server = static_cast<std::uint16_t>(index);
  return asked;
}

CacheNode::Request CacheNode::request_of(const Arrival& arrival, std::uint32_t index) const {
  Request request;
  request.asked = asked_of(arrival, index);
  request.key = arrival.key;
  request.object = arrival.object;
  const ContentClass& content = catalogue_[arrival.content];
  if (!content.numbers_elsewhere) return request;
  if (content.traced) {
    const ArrivalQueue::Traced& traced = arrivals_.traced(arrival);
    request.object = traced.object;
    request.bytes = traced.bytes;
  } else if (content.live) {
    request.object = content.object_of(arrival.key);
    request.viewer = arrival.object;
  } else {
    request.object = content.object_of(arrival.key);
    request.asked.part = content.forms.part_of(arrival.object, content.size_of(request.object));
  }
  return request;
}

// No class is plain any more, so that every request comes to serve().
void CacheNode::log_lookups(LookupLog& log) {
  lookup_log_ = &log;
  for (CopyRules& rules : rules_) rules.in_parts = true;
}

void CacheNode::serve(Request&& request, std::uint32_t index, Outbox& outbox) {
  if (lookup_log_ == nullptr) [[likely]]
    return serve_unlogged(std::move(request), index, outbox);
  const Asked& asked = request.asked;
  const LoggedLookup lookup{asked.born, request.object, asked.content, is_clients(asked)};
  lookup_log_->note(recorder(), lookup, [&] { serve_unlogged(std::move(request), index, outbox); });
}

void CacheNode::serve_unlogged(Request&& request, std::uint32_t index, Outbox& outbox) {
  Server& server = servers_[index];
  const Phase phase = recorder().phase_at(request.asked.born);
  if (!take_up(index, request.asked, phase)) return refuse(request, Outcome::shed, outbox);
  const CopyRules& rules = rules_[request.asked.content];
  const bool is_storable = may_store(request.asked.content, request.key);
  if (!is_storable && request.only_if_cached) return refuse(request, Outcome::pass, outbox);
  if (!is_storable || (is_for_clients_alone(role(), rules) && !is_clients(request.asked) &&
                       !request.only_if_cached)) {
    return pass(request, index, outbox);
  }
  serve_found(request, index, server.cache->find(request.key, request.asked.born), outbox);
}

void CacheNode::serve_found(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  if (hot_ && !hot_->replicas_of(request.key).empty()) {
    return serve_hot(request, index, copy, outbox);
  }
  serve_placed(request, index, copy, outbox);
}

void CacheNode::serve_placed(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                             Outbox& outbox) {
  ServerCache& cache = *servers_[index].cache;
  if (copy.state == Lookup::fresh) return serve_fresh(request, index, copy, outbox);
  if (copy.state == Lookup::filling) {
    return serve_copy(request, copy, cache, Outcome::delayed_hit, outbox);
  }
  if (request.only_if_cached) return refuse(request, Outcome::pass, outbox);
  if (copy.state == Lookup::stale) return serve_stale(request, index, copy, outbox);
  miss(request, index, cause_of_absence(request, index), outbox);
}

bool CacheNode::is_due(const Request& request, std::uint32_t index, ServerCache::Copy copy) const {
  const Duration within = rules_[request.asked.content].refresh_within;
  return within > Duration{0} &&
         servers_[index].cache->times(copy.slot).fresh_until - request.asked.born <= within;
}

void CacheNode::serve_fresh(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  const bool renew = is_due(request, index, copy);
  serve_copy(request, copy, *servers_[index].cache, Outcome::hit, outbox);
  if (renew) refresh(request, home_of(request.key, index), outbox);
}

void CacheNode::serve_stale(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  ServerCache& cache = *servers_[index].cache;
  const StaleWindows& windows = rules_[request.asked.content].windows;
  const SimTime fresh_until = cache.times(copy.slot).fresh_until;
  const Use use = judge(fresh_until, request.asked.born, windows);
  if (request.must_be_fresh || use != Use::stale_while_revalidate) {
    return miss(request, index, MissCause::expired, outbox);
  }
  serve_copy(request, copy, cache, Outcome::stale_hit, outbox);
  refresh(request, index, outbox);
}

void CacheNode::serve_copy(const Request& request, ServerCache::Copy copy, ServerCache& cache,
                           Outcome outcome, Outbox& outbox) {
  const bool from_cache = outcome != Outcome::delayed_hit;
  Asked asked = request.asked;
  asked.follows = !from_cache;
  recorder().count_outcome(phase_of(asked), asked.content, outcome);
  if (moves_) note_found(request);
  const ServerCache::Times times = cache.times(copy.slot);
  if (measures_) [[unlikely]]
    measures_->note_answered(request.key, outcome, times.fresh_until, asked.born);
  if (from_cache) copy.bytes = std::min(copy.bytes, asked.part.bytes);
  const Reading reading = cache.read(copy, asked.born);
  Answer answer = found(times, copy.bytes, asked.content, request.key, asked.born);
  answer.last_byte_at = std::max(times.last_byte_at, reading.last);
  answer.storage = reading.first - asked.born;
  const SimTime ready = served_at(asked) + answer.storage;
  if (!is_clients(asked)) {
    return answer_node(request, answer, asked.born, ready, from_cache, outbox);
  }
  if (rules_[asked.content].watched) note_outdated(request, times.generated_at, asked.born);
  if (from_cache || asked.part.is_all()) {
    if (live_) [[unlikely]]
      slow_to_line(request, answer, ready);
    const Delivery delivery = answer_cell(asked, answer, asked.born, ready, from_cache);
    if (live_) [[unlikely]]
      tell_player(request, delivery, answer.made_at);
    return;
  }
  const CutAnswer range = cut(asked.part, answer, asked.born);
  answer_cell(asked, range.answer, asked.born, std::max(ready, range.first_byte_at), from_cache);
}

void CacheNode::miss(const Request& request, std::uint32_t index, MissCause cause, Outbox& outbox) {
  if (!fills_.empty() && read_fill(request, index, outbox)) return;
  if (rules_[request.asked.content].remembers_failures() &&
      serve_remembered(request, index, outbox)) {
    return;
  }
  Server& server = servers_[index];
  const Phase phase = phase_of(request.asked);
  const bool alone = config_.tier.coalesce == Duration{0};
  const std::uint64_t key = alone ? ++solo_flights_ : request.key;
  const auto joined = server.coalescer.begin(key, request.asked.born);
  const bool follows = joined.role == Role::follower;
  Waiter& waiter = server.coalescer.wait(joined, request.asked.born);
  waiter = request;
  waiter.asked.follows = follows;
  if (!follows) waiter.leads = joined.flight.value;
  if (!server.deadline_armed) arm_deadline(index);
  if (measures_) [[unlikely]]
    measures_->note_missed(request.key, follows);
  if (follows) {
    recorder().count_outcome(phase, request.asked.content, Outcome::delayed_hit);
    return;
  }
  recorder().count_outcome(phase, request.asked.content, Outcome::miss);
  recorder().count_cause(phase, request.asked.content, cause);
  ++recorder().counts(phase, request.asked.content).fetches;
  // A stale copy further up would be no better than the one that has expired here.
  const bool must_be_fresh = request.must_be_fresh || cause == MissCause::expired;
  send_fetch(fetch_for(request, key, joined.flight, index, must_be_fresh), served_at(request.asked),
             outbox);
}

// Uncacheable, or not for this node to look at: every request has a fetch of its own and waits for
// nobody else's.
void CacheNode::pass(const Request& request, std::uint32_t index, Outbox& outbox) {
  const bool is_storable = may_store(request.asked.content, request.key);
  recorder().count_outcome(phase_of(request.asked), request.asked.content, Outcome::pass);
  Fetch fetch = fetch_alone(request, index, is_storable ? kPassedThrough : 0, true);
  if (is_storable) {
    fetch.must_be_fresh = request.must_be_fresh;
    fetch.held_since = kNothingHeld;  // whatever is held here is no matter of this request's
  }
  send_fetch(fetch, served_at(request.asked), outbox);
}

// Its answer is for this waiter alone, who waits for it however long it takes.
Fetch CacheNode::fetch_alone(const Waiter& waiter, std::uint32_t index, std::uint64_t mark,
                             bool must_be_fresh) {
  const std::uint64_t key = ++solo_flights_ | mark;
  lone_.emplace(key, waiter);
  ++lone_joined_;
  ++counts_of(waiter.asked).fetches;
  return fetch_for(waiter, key, FlightId{0}, index, must_be_fresh);
}

void CacheNode::refuse(const Request& request, Outcome outcome, Outbox& outbox) {
  const bool fails = std::exchange(fails_, false);
  const bool is_redirected =
      overflow_ && !fails && outcome == Outcome::shed && redirect(request, outbox);
  if (desk_) desk_->close_refusal(!is_redirected);
  if (is_redirected) return;
  const SimTime now = request.asked.born;
  recorder().count_outcome(phase_of(request.asked), request.asked.content, outcome);
  Answer refusal;
  refusal.last_byte_at = now;
  refusal.status = Status::error;
  refusal.refused = !fails;
  refusal.full =
      !fails && outcome == Outcome::shed && servers_[request.asked.server].down_causes == 0;
  if (load_reports_ && refusal.full && is_clients(request.asked)) load_reports_->count_full();
  answer(request, refusal, now, now, outbox);
}

// One background fetch an object, whoever asks meanwhile.
void CacheNode::refresh(const Request& request, std::uint32_t index, Outbox& outbox) {
  if (!fills_.empty() && fills_.find(index, request.key, request.asked.born) != nullptr) return;
  // What failed a moment ago is not tried again before its time.
  if (rules_[request.asked.content].remembers_failures() &&
      servers_[index].failures.find(request.key, request.asked.born) != Status::ok) {
    return;
  }
  const auto begun = servers_[index].coalescer.begin(request.key, request.asked.born);
  if (begun.role == Role::follower) return;
  ++counts_of(request.asked).refreshes;
  Fetch fetch = fetch_for(request, request.key, begun.flight, index, true);
  fetch.token.renews = 1;
  fetch.token.send_to(upstreams_.first_parent(fetch.content));  // a peer's copy is no younger
  send_fetch(fetch, served_at(request.asked), outbox);
}

Fetch CacheNode::fetch_for(const Waiter& waiter, std::uint64_t flight_key, FlightId flight,
                           std::uint32_t server, bool must_be_fresh) const {
  Fetch fetch;
  fetch.key = waiter.key;
  fetch.token = FlightToken::of(flight_key, flight, server);
  fetch.object = waiter.object;
  fetch.bytes = waiter.bytes;
  fetch.content = waiter.asked.content;
  fetch.must_be_fresh = must_be_fresh;
  fetch.held_since = held_since(*servers_[server].cache, waiter.key, waiter.asked.content);
  fetch.token.relayed = serves_clients(role()) && !is_clients(waiter.asked);
  return fetch;
}

SimTime CacheNode::held_since(const ServerCache& cache, std::uint64_t key,
                              std::uint16_t content) const {
  if (!rules_[content].revalidates || !rules_[content].storable) return kNothingHeld;
  const ServerCache::Copy copy = cache.peek(key);
  return copy.state == Lookup::absent ? kNothingHeld : cache.times(copy.slot).generated_at;
}

// Opening a connection takes round trips along the ways of the fetch and of its answer.
SimTime CacheNode::connect(Fetch& fetch, const Upstream& to, SimTime leaves) {
  fetch.opens_connection = !pool_->take(to.node, leaves);
  ConnectionCounts& counts = connections_at(leaves);
  ++(fetch.opens_connection ? counts.opened : counts.reused);
  if (!fetch.opens_connection) return leaves;
  return leaves + config_.tier.connections->round_trips * (to.delay + to.back);
}

void CacheNode::send_fetch(Fetch fetch, SimTime leaves, Outbox& outbox) {
  const std::size_t step = upstreams_.next(fetch.content, fetch.token.step, leaves);
  const Upstream& to = upstreams_.at(fetch.content, step);
  if (step != fetch.token.step)
    fetch.token.found_full = upstreams_.is_full(fetch.content, step - 1);
  fetch.token.send_to(step);
  fetch.token.must_be_fresh = fetch.must_be_fresh;
  fetch.only_if_cached = to.is_peer;
  if (to.cut) [[unlikely]]
    return lose_fetch(fetch, to, leaves, outbox);
  if (pool_) leaves = connect(fetch, to, leaves);
  outbox.send(to.node, arrival(leaves, to.delay, config_.least_delay),
              static_cast<std::uint32_t>(MessageKind::fetch), fetch);
  ++messages(MessageKind::fetch).sent;
}

}  // namespace cdnsim
