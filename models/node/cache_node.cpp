#include <algorithm>
#include <array>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

// Without coalescing nobody joins a flight, so its age does not matter.
constexpr Duration kNoWaitLimit = std::chrono::hours(24 * 366);
// How long loads are counted where requests come one by one.
constexpr Duration kLoadWindow = std::chrono::seconds(1);
// How many requests ask memory together for what they will touch.
constexpr std::size_t kTogether = 16;

// How long anybody waits for an answer.
Duration wait_limit(const TierSpec& tier) {
  return tier.coalesce > Duration{0} ? tier.coalesce : kNoWaitLimit;
}

}  // namespace

CacheNode::CacheNode(CacheNodeConfig config, Placement placement, const Catalogue& catalogue,
                     std::unique_ptr<Recorder> recorder, ArrivalQueue arrivals)
    : ObservedNode(config.id, config.role, std::move(recorder)),
      config_(std::move(config)),
      service_time_(config_.tier.service_time.mean()),
      catalogue_(catalogue),
      rules_(copy_rules(config_.tier, catalogue)),
      arrivals_(std::move(arrivals)),
      placement_(std::move(placement)),
      seen_(catalogue.size()) {
  CDNSIM_ASSERT(config_.servers <= FlightToken::kMostServers,
                "a token names the servers of a node");
  const Duration limit = wait_limit(config_.tier);
  for (std::uint32_t i = 0; i < config_.servers; ++i) {
    servers_.push_back(Server{make_server_cache(config_.tier.policy, config_.tier.admission,
                                                config_.tier.memory, config_.tier.storage),
                              SimTime{},
                              false,
                              0,
                              0,
                              0,
                              Coalescer<Waiter, SimClock>(limit),
                              {},
                              {},
                              0,
                              0});
  }
  if (config_.tier.connections) {
    pool_ = std::make_unique<ConnectionPool>(*config_.tier.connections);
  }
  if (config_.fill) filling_ = std::make_unique<Filling>(*std::move(config_.fill));
  find_next_planned();
  purges_.resize(rules_.size());
  keep_made_at();  // of classes that change; a purge that is scheduled adds others
  if (config_.tier.hot) {
    hot_ = std::make_unique<HotObjects>(*config_.tier.hot, service_time_, config_.servers);
  }
  open_desk();
  if (serves_clients(config_.role) && !arrivals_.demand().live_events().empty()) {
    live_ = std::make_unique<LiveWork>();
    live_->players = std::make_unique<Players>(arrivals_.demand().live_events(), catalogue_,
                                               arrivals_.cells(), this->recorder().end());
  }
  if (hot_ || balances_ || std::holds_alternative<BoundedRing>(placement_)) keep_homes();
}

void CacheNode::add_cell(Egress::RouteId route, std::uint32_t region) {
  const std::uint32_t audience = arrivals_.cells()[askers_.size()].audience;
  askers_.push_back(Asker{.route = route, .region = region, .is_cell = true, .audience = audience});
}

void CacheNode::add_asker(NodeId node, Egress::RouteId route) {
  if (asker_of_node_.size() <= index_of(node)) asker_of_node_.resize(index_of(node) + 1);
  asker_of_node_[index_of(node)] = static_cast<std::uint16_t>(askers_.size());
  askers_.push_back(Asker{.route = route, .node = node});
}

void CacheNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  horizon_ = horizon;
  is_cold_ = true;
  for (std::size_t i = 0; i < inbox.size(); ++i) {
    const Message& message = inbox[i];
    if (i % kTogether == 0) prefetch(inbox.subspan(i, std::min(kTogether, inbox.size() - i)));
    do_work_before(message.at, outbox);
    switch (kind_of(message)) {
      case MessageKind::fetch: on_fetch(message, outbox); break;
      case MessageKind::reply: on_reply(message, outbox); break;
      case MessageKind::hot_alert: on_alert(message, outbox); break;
      case MessageKind::loss: on_loss(message, outbox); break;
      case MessageKind::cell_move: on_cell_move(message); break;
      case MessageKind::redirect: on_redirect(message, outbox); break;
      case MessageKind::push: on_push(message, outbox); break;
      case MessageKind::hot_report:
      case MessageKind::load_report:
      case MessageKind::cell_report:
      case MessageKind::launch_report:
      case MessageKind::latency_report:
      case MessageKind::kCount: break;
    }
  }
  do_work_before(horizon, outbox);
  recorder().settle();
  outbox.note_work(inbox.size());
}

void CacheNode::bring() const {
  const auto* first = reinterpret_cast<const std::byte*>(this);
  for (std::size_t at = 0; at < sizeof(*this); at += 64) cdnsim::prefetch(first + at);
}

void CacheNode::prefetch(std::span<const Message> messages) const {
  std::array<std::pair<std::uint32_t, std::uint64_t>, kTogether> wanted;  // servers and keys
  std::size_t count = 0;
  for (const Message& message : messages) {
    switch (kind_of(message)) {
      case MessageKind::fetch: {
        const auto fetch = message.as<Fetch>();
        wanted[count++] = {owner_of(fetch.key), fetch.key};
        break;
      }
      case MessageKind::loss:
      case MessageKind::push:
      case MessageKind::reply: {
        const auto reply = message.as<Reply>();
        wanted[count++] = {
            kind_of(message) == MessageKind::push ? owner_of(reply.key) : reply.token.server,
            reply.key};
        break;
      }
      case MessageKind::hot_report:
      case MessageKind::hot_alert:
      case MessageKind::load_report:
      case MessageKind::cell_report:
      case MessageKind::cell_move:
      case MessageKind::redirect:
      case MessageKind::launch_report:
      case MessageKind::latency_report:
      case MessageKind::kCount: break;
    }
  }
  const std::span touched(wanted.data(), count);
  for (const auto& [server, key] : touched) {
    cdnsim::prefetch(&servers_[server]);
    cdnsim::prefetch(&servers_[server].coalescer);
  }
  for (const auto& [server, key] : touched) {
    servers_[server].cache->bring();
    servers_[server].coalescer.prefetch(key);
  }
  for (const auto& [server, key] : touched) {
    servers_[server].cache->prefetch(key);
    servers_[server].coalescer.prefetch_flight(key);
  }
  for (const auto& [server, key] : touched) {
    servers_[server].cache->prefetch_copy(key);
    servers_[server].coalescer.prefetch_waiter(key);
  }
}

void CacheNode::do_work_before(SimTime time, Outbox& outbox) {
  while (true) {
    const SimTime due = std::min(next_interruption(), time);
    const SimTime first = arrivals_.next_at();
    if (next_ask_ < std::min(first, due)) {
      serve_ask(outbox);
    } else if (first < due) {
      // Whoever comes first may give up before the others come.
      serve_arrivals_before(std::min(due, first + wait_limit(config_.tier)), outbox);
    } else if (due == time) {
      return;
    } else if (next_planned_ <= next_deadline()) {
      do_planned(outbox);
    } else {
      pass_deadline(outbox);
    }
  }
}

SimTime CacheNode::next_action() const {
  return next_action_ == actions_.size() ? SimTime::max() : actions_[next_action_].at;
}

SimTime CacheNode::next_fill() const {
  return std::min(filling_ ? filling_->next() : SimTime::max(), arrivals_.next_mirrored());
}

void CacheNode::do_planned(Outbox& outbox) {
  if (next_report_ == next_planned_) {
    send_reports(outbox);
  } else if (next_fill() == next_planned_) {
    fill_ahead(outbox);
  } else {
    carry_out(actions_[next_action_++]);
  }
  find_next_planned();
}

void CacheNode::serve_arrivals_before(SimTime time, Outbox& outbox) {
  // What players ask for in between comes in its turn.
  while (arrivals_.next_at() < time && arrivals_.next_at() <= next_ask_) {
    if (arrivals_.needs_refill()) {
      refill_arrivals(outbox);
      time = std::min(time, arrivals_.next_mirrored());
      continue;
    }
    const std::vector<Arrival>& batch = arrivals_.batch();
    const std::size_t first = arrivals_.position();
    std::size_t i = first;
    for (; i < batch.size() && batch[i].at() < time && batch[i].at() <= next_ask_; ++i) {
      if (i == prefetched_) prefetch_arrivals();
      if (balances_) [[unlikely]]
        batch_servers_[i] = static_cast<std::uint16_t>(balance(batch[i].key, batch[i].at()));
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
  while (prefetched_ < most && batch[prefetched_].at() < horizon_) ++prefetched_;
  if (is_cold_) prefetch_ends(first, prefetched_);
  for (std::size_t i = first; i < prefetched_; ++i) {
    servers_[batch_servers_[i]].cache->prefetch(batch[i].key);
  }
  for (std::size_t i = first; i < prefetched_; ++i) {
    const Server& server = servers_[batch_servers_[i]];
    if (server.cache->prefetch_copy(batch[i].key)) continue;
    server.coalescer.prefetch(batch[i].key);
    seen_.prefetch(batch[i].content, batch[i].object);
  }
}

// Other nodes had the processor since the last visit: what requests have in common is to be
// brought again, step by step as one thing names the next.
void CacheNode::prefetch_ends(std::size_t first, std::size_t end) {
  is_cold_ = false;
  const std::vector<Arrival>& batch = arrivals_.batch();
  for (std::size_t i = first; i < end; ++i) {
    cdnsim::prefetch(&servers_[batch_servers_[i]]);
    cdnsim::prefetch(&askers_[batch[i].cell]);
  }
  for (std::size_t i = first; i < end; ++i) {
    servers_[batch_servers_[i]].cache->bring();
    egress().prefetch_route(askers_[batch[i].cell].route);
  }
  for (std::size_t i = first; i < end; ++i) {
    egress().prefetch_port(askers_[batch[i].cell].route);
  }
}

void CacheNode::refill_arrivals(Outbox& outbox) {
  arrivals_.refill();
  prefetched_ = 0;
  if (!arrivals_.lost().empty()) count_lost_arrivals(outbox);
  if (arrivals_.next_mirrored() != SimTime::max()) find_next_planned();
  if (stale_cells_ > 0) {
    count_stale(arrivals_.batch());
    count_stale(arrivals_.lost());
  }
  // A slot in which nobody came is none: which of them are visited may depend on other nodes.
  if (arrivals_.batch().empty()) return;
  if (hot_) count_batch();
  if (reports_) count_for_report();
  if (load_reports_) load_reports_->count(arrivals_.batch());
  place_batch();
}

void CacheNode::place_batch() {
  const std::vector<Arrival>& batch = arrivals_.batch();
  batch_servers_.resize(batch.size());
  const std::size_t first = arrivals_.position();  // what was served stays where it was
  start_window(placement_, batch.size() - first);
  if (hot_) return spread_batch();
  std::visit(
      [&](auto& placement) {
        for (std::size_t i = first; i < batch.size(); ++i) {
          batch_servers_[i] = static_cast<std::uint16_t>(or_first(assign(placement, batch[i].key)));
        }
      },
      placement_);
}

std::uint32_t CacheNode::place(std::uint64_t key, std::uint16_t content, SimTime now) {
  if (now >= next_window_) {
    if (!serves_clients(role())) start_window(placement_);
    next_window_ = now + kLoadWindow;
  }
  if (hot_) return place_hot(key, content, now);
  if (balances_) return balance(key, now);
  return std::visit([&](auto& placement) { return or_first(assign(placement, key)); }, placement_);
}

void CacheNode::arm_deadline(std::uint32_t index) {
  Server& server = servers_[index];
  if (server.deadline_armed) return;
  const SimTime deadline = server.coalescer.next_deadline();
  if (deadline == SimTime::max()) return;
  server.deadline_armed = true;
  deadlines_.push(Deadline{deadline, index});
}

// Who waited too long gets an error, or fetches by himself.
void CacheNode::pass_deadline(Outbox& outbox) {
  const Deadline deadline = deadlines_.top();
  deadlines_.pop();
  Server& server = servers_[deadline.server];
  server.deadline_armed = false;
  server.coalescer.expire(deadline.at, [&](const Waiter& waiter) {
    if (config_.tier.on_timeout == OnTimeout::go_alone) {
      if (waiter.leads != 0) {  // his own fetch is under way already
        patient_.emplace(std::pair(deadline.server, waiter.leads), waiter);
        ++lone_joined_;
        return;
      }
      // A stale copy from further up would be no better than the one that is here.
      const bool holds_one = server.cache->peek(waiter.key).state != Lookup::absent;
      return send_fetch(fetch_alone(waiter, deadline.server, 0, waiter.must_be_fresh || holds_one),
                        std::max(deadline.at, served_at(waiter.asked)), outbox);
    }
    Answer late;
    late.last_byte_at = deadline.at;
    late.status = Status::timed_out;
    // To the waiter a gateway's time-out is an error like any other (RFC 5861).
    const std::optional<Answer> stale =
        waiter.must_be_fresh
            ? std::nullopt
            : stale_on_error(waiter.key, waiter.asked.content, server, deadline.at);
    const Answer& his = stale ? *stale : late;
    counts_of(waiter.asked).stale_on_error += stale.has_value();
    // He may still be waiting for the server.
    const SimTime ready = std::max(deadline.at, served_at(waiter.asked)) + his.storage;
    answer(waiter, his, deadline.at, ready, outbox);
  });
  arm_deadline(deadline.server);
}

void CacheNode::add_client_counts(std::vector<ClientCounts>& counts) const {
  for (const Asker& asker : askers_) {
    if (!asker.is_cell) continue;
    counts[asker.audience].requests += asker.counts.requests;
    counts[asker.audience].bytes += asker.counts.bytes;
  }
}

ServerLoads CacheNode::server_loads() const {
  ServerLoads loads;
  for (const Server& server : servers_) loads.requests.push_back(server.requests);
  if (const BoundedRing* bounded = std::get_if<BoundedRing>(&placement_)) {
    loads.assigned = bounded->counters().assigned;
    loads.spilled = bounded->counters().spilled;
  }
  loads.servers = servers_.size();
  if (desk_) {
    desk_->add_to(loads);
  } else {
    for (const Server& server : servers_) {
      loads.busy.push_back(service_time_ * static_cast<std::int64_t>(server.requests));
    }
  }
  return loads;
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
    flows.storage += server.cache->storage(recorder().end());
    flows.waiters_joined += server.coalescer.counters().joined;
    flows.waiters_released += server.coalescer.counters().released;
    flows.waiters_timed_out += server.coalescer.counters().timed_out;
    flows.waiters_waiting += server.coalescer.counters().waiting;
  }
  flows.waiters_joined += lone_joined_;
  flows.waiters_released += lone_released_;
  flows.waiters_waiting += lone_.size() + patient_.size();
  const MessageCounts& redirects = messages()[static_cast<std::size_t>(MessageKind::redirect)];
  flows.arrivals = arrivals_served_ + redirects.received - redirects.sent;
  flows.delays_raised = delays_raised();
  return flows;
}

}  // namespace cdnsim
