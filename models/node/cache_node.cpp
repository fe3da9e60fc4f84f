#include <cdnsim/models/node/cache_node.hpp>

#include <algorithm>

#include <cdnsim/base/check.hpp>

namespace cdnsim {
namespace {

// Without coalescing nobody joins a flight, so its age does not matter.
constexpr Duration kNoWaitLimit = std::chrono::hours(24 * 366);
// How many arrivals ahead a batch asks memory for the index and then for the copy.
constexpr std::size_t kIndexAhead = 16;
constexpr std::size_t kCopyAhead = 8;

}  // namespace

CacheNode::CacheNode(CacheNodeConfig config, const Catalogue& catalogue,
                     std::unique_ptr<Recorder> recorder, ArrivalQueue arrivals)
    : ObservedNode(config.id, config.role, std::move(recorder)),
      config_(std::move(config)),
      catalogue_(catalogue),
      arrivals_(std::move(arrivals)),
      ring_(config_.ring),
      seen_(catalogue.size()) {
  const Duration limit =
      config_.tier.coalesce > Duration{0} ? config_.tier.coalesce : kNoWaitLimit;
  for (std::uint32_t i = 0; i < config_.servers; ++i) {
    servers_.push_back(Server{make_server_cache(config_.tier.policy, config_.tier.memory),
                              Coalescer<Waiter, SimClock>(limit), SimTime{}, false});
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
  for (const Message& message : inbox) {
    do_work_before(message.at, outbox);
    egress().tick(message.at);
    if (message.kind == static_cast<std::uint32_t>(MessageKind::fetch)) {
      on_fetch(message, outbox);
    } else {
      on_reply(message.as<Reply>(), message.at, outbox);
    }
  }
  do_work_before(horizon, outbox);
  outbox.note_work(inbox.size());
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
      if (i + kIndexAhead < batch.size()) {
        servers_[batch_servers_[i + kIndexAhead]].cache->prefetch(batch[i + kIndexAhead].key);
        servers_[batch_servers_[i + kCopyAhead]].cache->prefetch_copy(batch[i + kCopyAhead].key);
      }
      const Arrival& a = batch[i];
      askers_[a.cell].counts.requests += recorder().phase_at(a.at()) == Phase::measured;
      serve(Request{a.key, a.object, a.content, a.cell, a.new_connection != 0, false, {}, a.at(),
                    Duration{0}},
            batch_servers_[i], outbox);
    }
    arrivals_.advance_to(i);
    outbox.note_work(i - first);
  }
}

void CacheNode::refill_arrivals() {
  egress().tick(arrivals_.next_at());
  arrivals_.refill();
  const std::vector<Arrival>& batch = arrivals_.batch();
  batch_servers_.resize(batch.size());
  for (std::size_t i = 0; i < batch.size(); ++i) {
    batch_servers_[i] = static_cast<std::uint16_t>(ring_.owner(batch[i].key));
  }
}

void CacheNode::on_fetch(const Message& message, Outbox& outbox) {
  const auto fetch = message.as<Fetch>();
  ++messages(MessageKind::fetch).received;
  serve(Request{fetch.key, fetch.object, fetch.content, asker_of_node_[index_of(message.from)],
                false, fetch.must_be_fresh, fetch.token, message.at, Duration{0}},
        ring_.owner(fetch.key), outbox);
}

// The whole life of a request inside this node, but for what comes back from a parent.
void CacheNode::serve(Request request, std::uint32_t index, Outbox& outbox) {
  Server& server = servers_[index];
  request.queued = std::max(Duration{0}, server.busy_until - request.born);
  if (request.queued > config_.tier.max_wait) return shed(request, outbox);
  server.busy_until = request.born + request.queued + config_.tier.service_time;

  if (!catalogue_[request.content].storable) return pass(request, index, outbox);
  const ServerCache::Copy copy = server.cache->find(request.key, request.born);
  switch (copy.state) {
    case Lookup::fresh: return serve_copy(request, copy, *server.cache, Outcome::hit, outbox);
    case Lookup::filling:
      return serve_copy(request, copy, *server.cache, Outcome::delayed_hit, outbox);
    case Lookup::stale: return serve_stale(request, index, copy, outbox);
    case Lookup::absent: return miss(request, index, cause_of_absence(request), outbox);
  }
}

void CacheNode::serve_stale(const Request& request, std::uint32_t index, ServerCache::Copy copy,
                            Outbox& outbox) {
  const ServerCache& cache = *servers_[index].cache;
  const StaleWindows& windows = catalogue_[request.content].windows;
  const SimTime fresh_until = cache.times(copy.slot).fresh_until;
  const bool may_be_stale = config_.tier.serve_stale && !request.must_be_fresh;
  if (!may_be_stale || judge(fresh_until, request.born, windows) != Use::stale_while_revalidate) {
    return miss(request, index, MissCause::expired, outbox);
  }
  serve_copy(request, copy, cache, Outcome::stale_hit, outbox);
  refresh(request, index, outbox);
}

void CacheNode::serve_copy(const Request& request, ServerCache::Copy copy,
                           const ServerCache& cache, Outcome outcome, Outbox& outbox) {
  recorder().count_outcome(recorder().phase_at(request.born), request.content, outcome);
  Answer found{copy.bytes, Duration{0}, request.born, Status::ok};
  const bool is_cell = askers_[request.asker].is_cell;
  if (outcome == Outcome::delayed_hit || !is_cell) {
    const ServerCache::Times times = cache.times(copy.slot);
    found.age = request.born - times.generated_at;
    found.last_byte_at = times.last_byte_at;
  }
  const Waiter asker = waiter_of(request);
  const SimTime ready = request.born + request.queued + config_.tier.service_time;
  if (is_cell) {
    answer_cell(asker, found, request.born, ready, outcome != Outcome::delayed_hit);
  } else {
    answer_node(asker, found, request.born, ready, outcome != Outcome::delayed_hit, outbox);
  }
}

MissCause CacheNode::cause_of_absence(const Request& request) {
  if (!seen_.test_and_set(request.content, request.object)) return MissCause::first_request;
  return catalogue_[request.content].worth_storing() ? MissCause::evicted : MissCause::not_admitted;
}

CacheNode::Waiter CacheNode::waiter_of(const Request& request) {
  return Waiter{request.born,  request.queued,  request.key,           request.token,
                request.asker, request.content, request.new_connection};
}

void CacheNode::miss(const Request& request, std::uint32_t index, MissCause cause,
                     Outbox& outbox) {
  Server& server = servers_[index];
  const Phase phase = recorder().phase_at(request.born);
  const bool alone = config_.tier.coalesce == Duration{0};
  const std::uint64_t key = alone ? ++solo_flights_ : request.key;
  const auto joined = server.coalescer.join(key, waiter_of(request), request.born);
  arm_deadline(index);
  if (joined.role == Role::follower) {
    recorder().count_outcome(phase, request.content, Outcome::delayed_hit);
    return;
  }
  recorder().count_outcome(phase, request.content, Outcome::miss);
  recorder().count_cause(phase, request.content, cause);
  ++recorder().counts(phase, request.content).fetches;
  send_fetch(request, request.born + request.queued + config_.tier.service_time,
             FlightToken{key, joined.flight, index},
             request.must_be_fresh, outbox);
}

// Uncacheable: every request has a fetch of its own and waits for nobody else's.
void CacheNode::pass(const Request& request, std::uint32_t index, Outbox& outbox) {
  Server& server = servers_[index];
  const Phase phase = recorder().phase_at(request.born);
  const std::uint64_t key = ++solo_flights_;
  const auto joined = server.coalescer.join(key, waiter_of(request), request.born);
  arm_deadline(index);
  recorder().count_outcome(phase, request.content, Outcome::pass);
  ++recorder().counts(phase, request.content).fetches;
  send_fetch(request, request.born + request.queued + config_.tier.service_time,
             FlightToken{key, joined.flight, index}, true, outbox);
}

void CacheNode::shed(const Request& request, Outbox& outbox) {
  recorder().count_outcome(recorder().phase_at(request.born), request.content, Outcome::shed);
  answer(waiter_of(request), Answer{Bytes{0}, Duration{0}, request.born, Status::error}, request.born,
         outbox);
}

// One background fetch an object, whoever asks meanwhile.
void CacheNode::refresh(const Request& request, std::uint32_t index, Outbox& outbox) {
  const auto begun = servers_[index].coalescer.begin(request.key, request.born);
  if (begun.role == Role::follower) return;
  ++recorder().counts(recorder().phase_at(request.born), request.content).refreshes;
  send_fetch(request, request.born + request.queued + config_.tier.service_time,
             FlightToken{request.key, begun.flight, index}, true,
             outbox);
}

void CacheNode::send_fetch(const Request& request, SimTime leaves, const FlightToken& token,
                           bool must_be_fresh, Outbox& outbox) {
  const Parent& parent = parents_[request.content];
  const Fetch fetch{request.key, token, request.object, request.content, must_be_fresh};
  outbox.send(parent.node, arrival(leaves, parent.delay, config_.least_delay),
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
