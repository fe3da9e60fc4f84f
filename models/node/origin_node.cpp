#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/lookup_log.hpp>
#include <cdnsim/models/node/origin_node.hpp>

namespace cdnsim {

OriginNode::OriginNode(std::string id, const OriginSpec& spec, const Catalogue& catalogue,
                       std::unique_ptr<Recorder> recorder, Duration least_delay, DrawKey lots,
                       DrawKey service, DrawKey faults)
    : ObservedNode(std::move(id), NodeRole::origin, std::move(recorder)),
      spec_(spec),
      catalogue_(catalogue),
      least_delay_(least_delay),
      lots_(lots),
      service_(service),
      degrading_(faults) {
  if (spec.capacity) {
    between_starts_ = Duration{static_cast<std::int64_t>(1e9 / spec.capacity->per_second())};
  }
  if (spec.rate_limit) {
    const double burst = std::max(1.0, spec.rate_limit->per_second());
    limit_.emplace(*spec.rate_limit, static_cast<std::uint32_t>(burst));
  }
}

void OriginNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  for (const Message& message : inbox) {
    CDNSIM_ASSERT(kind_of(message) == MessageKind::fetch, "an origin is only asked");
    work_before(message.at, outbox);
    lookup_log_ == nullptr ? on_fetch(message, outbox) : log_fetch(message, outbox);
  }
  work_before(horizon, outbox);
  outbox.note_work(inbox.size());
}

void OriginNode::log_fetch(const Message& message, Outbox& outbox) {
  const auto fetch = message.as<Fetch>();
  lookup_log_->note(recorder(), LoggedLookup{message.at, fetch.object, fetch.content},
                    [&] { on_fetch(message, outbox); });
}

void OriginNode::work_before(SimTime time, Outbox& outbox) {
  while (next_work() < time) {
    if (live_.next_out() == next_work()) {
      push_next(outbox);
    } else {
      answer_next(outbox);
    }
  }
}

void OriginNode::answer_next(Outbox& outbox) {
  const Answer answer = answering_.front();
  answering_.pop_front();
  ++answered_;
  const bool exists = catalogue_[answer.fetch.content].exists(answer.fetch.object);
  const Status status = answer.dies ? Status::error : exists ? Status::ok : Status::not_found;
  send(answer.to, answer.fetch, answer.born, answer.ready, status, outbox);
}

// All renditions of the segment, and behind them their manifests, which list it. While the origin
// is down nothing is sent, nor later.
void OriginNode::push_next(Outbox& outbox) {
  const SimTime now = live_.next_out();
  const LiveOrigin::Push next = live_.take_next();
  if (is_down(now)) return;
  const LiveObjects& event = *next.segments;
  for (std::uint32_t rendition = 0; rendition < event.renditions(); ++rendition) {
    for (const NodeId to : next.to) {
      push(to, catalogue_[event.own_class()], event.object_of(next.next, rendition), now, outbox);
    }
  }
  for (std::uint32_t rendition = 0; rendition < event.renditions(); ++rendition) {
    for (const NodeId to : next.to) {
      push(to, catalogue_[event.other_class()], rendition, now, outbox);
    }
  }
}

void OriginNode::push(NodeId to, const ContentClass& content, std::uint32_t object, SimTime now,
                      Outbox& outbox) {
  Way& way = ways_.at(index_of(to));
  MessageCounts& pushes = messages(MessageKind::push);
  ++pushes.sent;
  if (way.cut) {
    ++pushes.dropped;
    ++event(way.cut_by).messages_dropped;
    return;
  }
  const LiveObjects& live = *content.live;
  Reply push;
  push.key = content.key_of(object);
  push.object = object;
  push.content = live.own_class();
  push.made_at = now;
  const Bytes bytes = live.size_of(object);
  const Transfer transfer = egress().send(way.route, bytes, now, now, now);
  const SimTime at = arrival(transfer.first, egress().delay(way.route), least_delay_);
  push.last_byte_at = at + (transfer.last - transfer.first);
  push.bytes = bytes.count();
  outbox.send(to, at, static_cast<std::uint32_t>(MessageKind::push), push);
  const auto count = static_cast<std::uint64_t>(bytes.count());
  pushes.bytes_sent += count;
  const Phase phase = recorder().phase_at(now);
  ++recorder().counts(phase, push.content).pushed;
  recorder().counts(phase, push.content).bytes_pushed += count;
  if (phase == Phase::measured) way.bytes += count;
}

void OriginNode::on_fetch(const Message& message, Outbox& outbox) {
  const auto fetch = message.as<Fetch>();
  const SimTime now = message.at;
  ++messages(MessageKind::fetch).received;
  connections_at(now).taken_in += fetch.opens_connection;
  if (catalogue_[fetch.content].live) [[unlikely]]
    live_.count_fetch(fetch.content, fetch.object, message.from);
  const auto refuse = [&](Status status) {
    recorder().count_outcome(recorder().phase_at(now), fetch.content, Outcome::shed);
    send(message.from, fetch, now, now, status, outbox);
  };
  if (is_down(now) || degrading_.fails()) return refuse(Status::error);
  if (limit_ && !limit_->take(now)) return refuse(Status::rate_limited);
  if (egress().limits_queues() &&
      egress().is_full(ways_.at(index_of(message.from)).route, now, LimitPart{})) {
    return refuse(Status::error);
  }
  const SimTime start = start_at(now);
  if (start - now > spec_.max_wait) return refuse(Status::error);
  // What it has not answered when it goes down is lost, and takes no time once it is back.
  const SimTime off = off_at(now);
  if (start < off) next_start_ = start + degrading_.slowed(between_starts_);
  const Phase phase = recorder().phase_at(now);
  recorder().count_outcome(phase, fetch.content, Outcome::hit);
  ++accepted_;
  const SimTime ready = start + degrading_.slowed(next_service()) + degrading_.delay();
  const SimTime ends = std::min(ready, off);
  if (spec_.concurrency && start < off) {
    if (working_.size() == *spec_.concurrency) working_.pop();
    working_.push(ends);
  }
  if (phase == Phase::measured) {
    waits_.add(start - now);
    busy_ += std::max(ends - start, Duration{0});
  }
  queue(Answer{now, ends, message.from, fetch, off <= ready});
}

SimTime OriginNode::start_at(SimTime now) {
  const SimTime start = std::max(now, next_start_);
  if (!spec_.concurrency || working_.size() < *spec_.concurrency) return start;
  return std::max(start, working_.top());
}

Duration OriginNode::next_service() {
  if (spec_.service_time.is_fixed()) return spec_.service_time.mean();
  const std::uint64_t number = served_++;
  return spec_.service_time.draw(
      draw(service_, Counter{static_cast<std::uint32_t>(number),
                             static_cast<std::uint32_t>(number >> 32), 0, 0})
          .low64());
}

// With one service time for all it comes last.
void OriginNode::queue(const Answer& answer) {
  if (answering_.empty() || answering_.back().ready <= answer.ready) {
    return answering_.push_back(answer);
  }
  const auto later = std::ranges::upper_bound(answering_, answer.ready, {}, &Answer::ready);
  answering_.insert(later, answer);
}

ServerLoads OriginNode::server_loads() const {
  ServerLoads loads;
  loads.servers = spec_.concurrency.value_or(0);
  loads.busy = {busy_};
  loads.waits = waits_;
  return loads;
}

CacheFlows OriginNode::flows() const {
  CacheFlows flows;
  flows.waiters_joined = accepted_;
  flows.waiters_waiting = answering_.size();
  flows.waiters_released = answered_;
  flows.delays_raised = delays_raised();
  return flows;
}

void OriginNode::carry_out_until(SimTime now) {
  for (; next_action_ < actions_.size() && actions_[next_action_].at <= now; ++next_action_) {
    const Action& action = actions_[next_action_];
    if (const auto* change = std::get_if<NodeSwitch>(&action.what)) {
      down_causes_ += change->down ? 1u : ~0u;
    } else if (const auto* worse = std::get_if<Degrade>(&action.what)) {
      degrading_.carry_out(*worse, action.event);
    } else if (const auto* way = std::get_if<AskerWay>(&action.what)) {
      Way& present = ways_.at(index_of(way->node));
      note_way_before(SentOver{present.route, false, 0, way->node, present.bytes});
      present = Way{way->route, way->cut, action.event, way->noticed_after};
    }
  }
}

bool OriginNode::is_down(SimTime now) {
  carry_out_until(now);
  return down_causes_ > 0;
}

SimTime OriginNode::off_at(SimTime now) {
  if (is_down(now)) return now;
  for (std::size_t i = next_action_; i < actions_.size(); ++i) {
    const auto* change = std::get_if<NodeSwitch>(&actions_[i].what);
    if (change != nullptr && change->down) return actions_[i].at;
  }
  return SimTime::max();
}

Bytes OriginNode::breaks_after(const Fetch& fetch, Bytes bytes, SimTime now) const {
  const auto low = [](std::uint64_t word) { return static_cast<std::uint32_t>(word); };
  const auto when = static_cast<std::uint64_t>(now.time_since_epoch().count());
  // Times of a run leave the highest bits free.
  const DrawBlock lot =
      draw(lots_, Counter{low(fetch.key), low(fetch.key >> 32), low(when),
                          low(when >> 32) | static_cast<std::uint32_t>(fetch.token.attempt) << 28});
  if (unit(lot.low64()) >= spec_.abort_ratio.value()) return bytes;
  return Bytes{static_cast<std::int64_t>(unit(lot.high64()) * static_cast<double>(bytes.count()))};
}

CutTransfer OriginNode::transfer(const Fetch& fetch, Egress::RouteId route, Bytes bytes,
                                 SimTime now) {
  const bool may_break = spec_.abort_ratio.value() > 0 || !actions_.empty();
  if (bytes == Bytes{0} || !may_break) {
    return CutTransfer{egress().send(route, bytes, now, now, now), bytes, false};
  }
  return egress().send_until(route, bytes, breaks_after(fetch, bytes, now), now, now, now,
                             off_at(now));
}

// The whole object, or 304 where the asking node's copy is of the version that is current.
void OriginNode::send(NodeId to, const Fetch& fetch, SimTime born, SimTime now, Status status,
                      Outbox& outbox) {
  carry_out_until(now);
  Way& way = ways_.at(index_of(to));
  if (way.cut) return lose(to, way, fetch, born, now, outbox);
  const ContentClass& content = catalogue_[fetch.content];
  Reply reply;
  reply.not_modified =
      status == Status::ok && fetch.held_since != kNothingHeld &&
      content.version_of(fetch.object, fetch.held_since) == content.version_of(fetch.object, now);
  const bool has_body = status == Status::ok && !reply.not_modified;
  Bytes bytes{0};
  if (has_body)
    bytes = fetch.bytes != 0 ? Bytes{fetch.bytes} : content.size_of(fetch.key, fetch.object);
  const Egress::RouteId route = way.route;
  const CutTransfer transfer = this->transfer(fetch, route, bytes, now);
  const SimTime at = arrival(transfer.first, egress().delay(route), least_delay_);
  bytes = transfer.sent;
  reply.broken = transfer.is_cut && bytes > Bytes{0};
  if (transfer.is_cut && !reply.broken) status = Status::error;
  reply.key = fetch.key;
  reply.token = fetch.token;
  reply.last_byte_at = at + (transfer.last - transfer.first);
  reply.bytes = bytes.count();
  reply.made_at = now;
  reply.object = fetch.object;
  reply.object_bytes = fetch.bytes;
  reply.content = fetch.content;
  reply.status = status;
  outbox.send(to, at, static_cast<std::uint32_t>(MessageKind::reply), reply);
  ++messages(MessageKind::reply).sent;
  messages(MessageKind::reply).bytes_sent += static_cast<std::uint64_t>(bytes.count());
  messages(MessageKind::reply).broken_sent += reply.broken;
  const Phase phase = recorder().phase_at(born);
  if (transfer.first >= recorder().end()) {
    return recorder().count_status(phase, fetch.content, Status::in_flight);
  }
  recorder().count_status(phase, fetch.content, reply.broken ? Status::error : status);
  ClassCounts& counts = recorder().counts(phase, fetch.content);
  counts.bytes_served += static_cast<std::uint64_t>(bytes.count());
  counts.bytes_hit += static_cast<std::uint64_t>(bytes.count());
  counts.broken_off += reply.broken;
  if (phase == Phase::measured) way.bytes += static_cast<std::uint64_t>(bytes.count());
}

std::vector<SentOver> OriginNode::sent_over() const {
  std::vector<SentOver> all = ObservedNode::sent_over();
  for (const auto& [node, way] : ways_) {
    all.push_back(SentOver{way.route, false, 0, NodeId{node}, way.bytes});
  }
  return all;
}

void OriginNode::lose(NodeId to, const Way& way, const Fetch& fetch, SimTime born, SimTime now,
                      Outbox& outbox) {
  ++messages(MessageKind::reply).sent;
  ++messages(MessageKind::reply).dropped;
  ++event(way.cut_by).messages_dropped;
  recorder().count_status(recorder().phase_at(born), fetch.content, Status::timed_out);
  send_loss(to, now + way.noticed_after, lost_answer_to(fetch), outbox);
}

}  // namespace cdnsim
