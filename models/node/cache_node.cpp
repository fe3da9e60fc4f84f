#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

// Without coalescing nobody joins a flight, so its age does not matter.
constexpr Duration kNoWaitLimit = std::chrono::hours(24 * 366);
// How many requests ask memory together for what they will touch.
constexpr std::size_t kTogether = 16;

}  // namespace

CacheNode::CacheNode(CacheNodeConfig config, const Catalogue& catalogue,
                     std::unique_ptr<Recorder> recorder, ArrivalQueue arrivals)
    : ObservedNode(config.id, config.role, std::move(recorder)),
      config_(std::move(config)),
      catalogue_(catalogue),
      arrivals_(std::move(arrivals)),
      ring_(config_.ring),
      seen_(catalogue.size()) {
  const Duration limit = config_.tier.coalesce > Duration{0} ? config_.tier.coalesce : kNoWaitLimit;
  for (std::uint32_t i = 0; i < config_.servers; ++i) {
    servers_.push_back(
        Server{make_server_cache(config_.tier.policy, config_.tier.admission, config_.tier.memory),
               SimTime{}, false, Coalescer<Waiter, SimClock>(limit)});
  }
}

void CacheNode::add_cell(Egress::RouteId route, std::uint32_t region) {
  askers_.push_back(Asker{route, region, NodeId{}, true});
}

void CacheNode::add_asker(NodeId node, Egress::RouteId route) {
  if (asker_of_node_.size() <= index_of(node)) asker_of_node_.resize(index_of(node) + 1);
  asker_of_node_[index_of(node)] = static_cast<std::uint16_t>(askers_.size());
  askers_.push_back(Asker{route, 0, node, false});
}

void CacheNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  horizon_ = horizon;
  for (std::size_t i = 0; i < inbox.size(); ++i) {
    const Message& message = inbox[i];
    if (i % kTogether == 0) prefetch(inbox.subspan(i, std::min(kTogether, inbox.size() - i)));
    do_work_before(message.at, outbox);
    switch (kind_of(message)) {
      case MessageKind::fetch: on_fetch(message, outbox); break;
      case MessageKind::reply: on_reply(message.as<Reply>(), message.at, outbox); break;
      case MessageKind::kCount: break;
    }
  }
  do_work_before(horizon, outbox);
  outbox.note_work(inbox.size());
}

void CacheNode::prefetch(std::span<const Message> messages) const {
  const auto each = [&](auto touch) {
    for (const Message& message : messages) {
      switch (kind_of(message)) {
        case MessageKind::fetch: {
          const auto fetch = message.as<Fetch>();
          touch(servers_[ring_.owner(fetch.key)], fetch.key);
          break;
        }
        case MessageKind::reply: {
          const auto reply = message.as<Reply>();
          touch(servers_[reply.token.server], reply.key);
          break;
        }
        case MessageKind::kCount: break;
      }
    }
  };
  each([](const Server& server, std::uint64_t key) {
    server.cache->prefetch(key);
    server.coalescer.prefetch(key);
  });
  each([](const Server& server, std::uint64_t key) { server.cache->prefetch_copy(key); });
}

void CacheNode::do_work_before(SimTime time, Outbox& outbox) {
  while (next_deadline() < time) {
    serve_arrivals_before(next_deadline(), outbox);
    pass_deadline(outbox);
  }
  serve_arrivals_before(time, outbox);
}

void CacheNode::serve_arrivals_before(SimTime time, Outbox& outbox) {
  while (arrivals_.next_at() < time) {
    if (arrivals_.needs_refill()) {
      refill_arrivals();
      continue;
    }
    const std::vector<Arrival>& batch = arrivals_.batch();
    const std::size_t first = arrivals_.position();
    std::size_t i = first;
    for (; i < batch.size() && batch[i].at() < time; ++i) {
      if (i == prefetched_) prefetch_arrivals();
      serve_arrival(batch[i], batch_servers_[i], outbox);
    }
    arrivals_.advance_to(i);
    arrivals_served_ += i - first;
    outbox.note_work(i - first);
  }
}

// The next arrivals of this window: all of their index lines are on their way before the first is
// read, and then all of their copies.
void CacheNode::prefetch_arrivals() {
  const std::vector<Arrival>& batch = arrivals_.batch();
  const std::size_t first = prefetched_;
  const std::size_t most = std::min(first + kTogether, batch.size());
  for (; prefetched_ < most && batch[prefetched_].at() < horizon_; ++prefetched_) {
    servers_[batch_servers_[prefetched_]].cache->prefetch(batch[prefetched_].key);
  }
  for (std::size_t i = first; i < prefetched_; ++i) {
    const Server& server = servers_[batch_servers_[i]];
    if (server.cache->prefetch_copy(batch[i].key)) continue;
    server.coalescer.prefetch(batch[i].key);
    seen_.prefetch(batch[i].content, batch[i].object);
  }
}

void CacheNode::refill_arrivals() {
  arrivals_.refill();
  prefetched_ = 0;
  const std::vector<Arrival>& batch = arrivals_.batch();
  batch_servers_.resize(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch_servers_[i] = static_cast<std::uint16_t>(ring_.owner(batch[i].key));
  }
}

void CacheNode::on_fetch(const Message& message, Outbox& outbox) {
  const auto fetch = message.as<Fetch>();
  ++messages(MessageKind::fetch).received;
  serve(Request{Asked{message.at, Duration{0}, asker_of_node_[index_of(message.from)],
                      fetch.content, false},
                fetch.key, fetch.object, fetch.must_be_fresh, fetch.token, fetch.bytes},
        ring_.owner(fetch.key), outbox);
}

std::optional<Duration> CacheNode::queue_for(Server& server, SimTime now) {
  const Duration queued = std::max(Duration{0}, server.busy_until - now);
  if (queued > config_.tier.max_wait) return std::nullopt;
  server.busy_until = now + queued + config_.tier.service_time;
  return queued;
}

// A client's request. Nearly all of them find a fresh copy and end here.
void CacheNode::serve_arrival(const Arrival& arrival, std::uint32_t index, Outbox& outbox) {
  const SimTime now = arrival.at();
  const Phase phase = recorder().phase_at(now);
  askers_[arrival.cell].counts.requests += phase == Phase::measured;
  Request request{
      Asked{now, Duration{0}, arrival.cell, arrival.content, arrival.new_connection != 0},
      arrival.key,
      arrival.object,
      false,
      {}};
  if (catalogue_[arrival.content].traced) [[unlikely]] {
    const ArrivalQueue::Traced& traced = arrivals_.traced(arrival);
    request.object = traced.object;
    request.bytes = traced.bytes;
  }
  Server& server = servers_[index];
  const std::optional<Duration> queued = queue_for(server, now);
  if (!queued) return shed(request, outbox);
  request.asked.queued = *queued;
  if (!catalogue_[arrival.content].storable) return pass(request, index, outbox);
  const ServerCache::Copy copy = server.cache->find(arrival.key, now);
  if (copy.state != Lookup::fresh) return serve_found(request, index, copy, outbox);
  recorder().count_outcome(phase, arrival.content, Outcome::hit);
  answer_cell(request.asked, Answer{copy.bytes, Duration{0}, now, Status::ok}, now,
              served_at(request.asked), true);
}

void CacheNode::answer_cell(const Asked& asked, const Answer& answer, SimTime now, SimTime ready,
                            bool from_cache) {
  const Phase phase = recorder().phase_at(asked.born);
  if (answer.status != Status::ok) {
    return recorder().count_status(phase, asked.content, answer.status);
  }
  Asker& asker = askers_[asked.asker];
  const Transfer transfer =
      egress().send(asker.route, answer.bytes, now, ready, answer.last_byte_at);
  if (transfer.first >= recorder().end()) [[unlikely]] {
    return recorder().count_status(phase, asked.content, Status::in_flight);
  }
  recorder().count_status(phase, asked.content, Status::ok);
  ClassCounts& counts = recorder().counts(phase, asked.content);
  counts.bytes_served += static_cast<std::uint64_t>(answer.bytes.count());
  if (from_cache) counts.bytes_hit += static_cast<std::uint64_t>(answer.bytes.count());

  const Duration network = egress().round_trip(asker.route);
  const Duration setup = asked.new_connection ? 2 * network : Duration{0};
  const Duration inside = ready - asked.born;
  const Duration service = config_.tier.service_time;
  const auto spend = [&](TimePart part, Duration time) {
    counts.time_ns[static_cast<std::size_t>(part)] += static_cast<std::uint64_t>(time.count());
  };
  spend(TimePart::network, network);
  spend(TimePart::setup, setup);
  spend(TimePart::queue, asked.queued + transfer.wait);
  spend(TimePart::service, service);
  spend(TimePart::upstream, inside - asked.queued - service);
  if (phase == Phase::warmup) return;
  asker.counts.bytes += static_cast<std::uint64_t>(answer.bytes.count());
  const Duration first = network + setup + inside + transfer.wait;
  recorder().add_latency(asker.region, asked.content, first,
                         first + (transfer.last - transfer.first));
}

// A request of a node further down.
void CacheNode::serve(const Request& asking, std::uint32_t index, Outbox& outbox) {
  Request request = asking;
  Server& server = servers_[index];
  const std::optional<Duration> queued = queue_for(server, request.asked.born);
  if (!queued) return shed(request, outbox);
  request.asked.queued = *queued;
  if (!catalogue_[request.asked.content].storable) return pass(request, index, outbox);
  serve_found(request, index, server.cache->find(request.key, request.asked.born), outbox);
}

void CacheNode::serve_found(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  const ServerCache& cache = *servers_[index].cache;
  switch (copy.state) {
    case Lookup::fresh: return serve_copy(request, copy, cache, Outcome::hit, outbox);
    case Lookup::filling: return serve_copy(request, copy, cache, Outcome::delayed_hit, outbox);
    case Lookup::stale: return serve_stale(request, index, copy, outbox);
    case Lookup::absent: return miss(request, index, cause_of_absence(request), outbox);
  }
}

void CacheNode::serve_stale(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  const ServerCache& cache = *servers_[index].cache;
  const StaleWindows& windows = catalogue_[request.asked.content].windows;
  const SimTime fresh_until = cache.times(copy.slot).fresh_until;
  const bool may_be_stale = config_.tier.serve_stale && !request.must_be_fresh;
  if (!may_be_stale ||
      judge(fresh_until, request.asked.born, windows) != Use::stale_while_revalidate) {
    return miss(request, index, MissCause::expired, outbox);
  }
  serve_copy(request, copy, cache, Outcome::stale_hit, outbox);
  refresh(request, index, outbox);
}

void CacheNode::serve_copy(const Request& request, ServerCache::Copy copy, const ServerCache& cache,
                           Outcome outcome, Outbox& outbox) {
  recorder().count_outcome(recorder().phase_at(request.asked.born), request.asked.content, outcome);
  const Asked& asked = request.asked;
  const ServerCache::Times times = cache.times(copy.slot);
  const Answer found{copy.bytes, asked.born - times.generated_at,
                     std::max(times.last_byte_at, asked.born), Status::ok};
  const SimTime ready = served_at(asked);
  const bool from_cache = outcome != Outcome::delayed_hit;
  if (askers_[asked.asker].is_cell) {
    answer_cell(asked, found, asked.born, ready, from_cache);
  } else {
    answer_node(waiter_of(request), found, asked.born, ready, from_cache, outbox);
  }
}

MissCause CacheNode::cause_of_absence(const Request& request) {
  using State = SeenObjects::State;
  const Asked& asked = request.asked;
  switch (seen_.exchange(asked.content, request.object, State::asked_for)) {
    case State::never: return MissCause::first_request;
    case State::stored: return MissCause::evicted;
    case State::refused: return MissCause::not_admitted;
    case State::asked_for: break;
  }
  return catalogue_[asked.content].worth_storing() ? MissCause::not_fetched
                                                   : MissCause::not_admitted;
}

CacheNode::Waiter CacheNode::waiter_of(const Request& request) {
  return Waiter{request.asked, request.key, request.object, request.token};
}

void CacheNode::miss(const Request& request, std::uint32_t index, MissCause cause, Outbox& outbox) {
  Server& server = servers_[index];
  const Phase phase = recorder().phase_at(request.asked.born);
  const bool alone = config_.tier.coalesce == Duration{0};
  const std::uint64_t key = alone ? ++solo_flights_ : request.key;
  const auto joined = server.coalescer.join(key, waiter_of(request), request.asked.born);
  arm_deadline(index);
  if (joined.role == Role::follower) {
    recorder().count_outcome(phase, request.asked.content, Outcome::delayed_hit);
    return;
  }
  recorder().count_outcome(phase, request.asked.content, Outcome::miss);
  recorder().count_cause(phase, request.asked.content, cause);
  ++recorder().counts(phase, request.asked.content).fetches;
  // A stale copy further up would be no better than the one that has expired here.
  send_fetch(request, FlightToken{key, joined.flight, index},
             request.must_be_fresh || cause == MissCause::expired, outbox);
}

// Uncacheable: every request has a fetch of its own and waits for nobody else's.
void CacheNode::pass(const Request& request, std::uint32_t index, Outbox& outbox) {
  Server& server = servers_[index];
  const Phase phase = recorder().phase_at(request.asked.born);
  const std::uint64_t key = ++solo_flights_;
  const auto joined = server.coalescer.join(key, waiter_of(request), request.asked.born);
  arm_deadline(index);
  recorder().count_outcome(phase, request.asked.content, Outcome::pass);
  ++recorder().counts(phase, request.asked.content).fetches;
  send_fetch(request, FlightToken{key, joined.flight, index}, true, outbox);
}

void CacheNode::shed(const Request& request, Outbox& outbox) {
  const SimTime now = request.asked.born;
  recorder().count_outcome(recorder().phase_at(now), request.asked.content, Outcome::shed);
  answer(waiter_of(request), Answer{Bytes{0}, Duration{0}, now, Status::error}, now, now, outbox);
}

// One background fetch an object, whoever asks meanwhile.
void CacheNode::refresh(const Request& request, std::uint32_t index, Outbox& outbox) {
  const auto begun = servers_[index].coalescer.begin(request.key, request.asked.born);
  if (begun.role == Role::follower) return;
  ++recorder().counts(recorder().phase_at(request.asked.born), request.asked.content).refreshes;
  send_fetch(request, FlightToken{request.key, begun.flight, index}, true, outbox);
}

void CacheNode::send_fetch(const Request& request, const FlightToken& token, bool must_be_fresh,
                           Outbox& outbox) {
  const Parent& parent = parents_[request.asked.content];
  const Fetch fetch{request.key,           token,        request.bytes, request.object,
                    request.asked.content, must_be_fresh};
  outbox.send(parent.node, arrival(served_at(request.asked), parent.delay, config_.least_delay),
              static_cast<std::uint32_t>(MessageKind::fetch), fetch);
  ++messages(MessageKind::fetch).sent;
}

void CacheNode::arm_deadline(std::uint32_t index) {
  Server& server = servers_[index];
  if (server.deadline_armed) return;
  const SimTime deadline = server.coalescer.next_deadline();
  if (deadline == SimTime::max()) return;
  server.deadline_armed = true;
  deadlines_.push(Deadline{deadline, index});
}

}  // namespace cdnsim
