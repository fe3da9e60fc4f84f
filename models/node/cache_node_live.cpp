// Live events: what players make of the answers they get, and what is sent down unasked.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::tell_player(const Waiter& waiter, const Delivery& delivery, SimTime made_at) {
  const ContentClass& content = catalogue_[waiter.asked.content];
  if (!content.live || delivery.kind == Delivery::Kind::open) return;
  Players& players = *live_->players;
  const Asked& asked = waiter.asked;
  const ViewerAnswer answer{asked.asker, waiter.viewer, asked.new_connection, delivery.last,
                            egress().round_trip(askers_[asked.asker].route)};
  if (delivery.kind == Delivery::Kind::failed) {
    players.failed(content, answer);
  } else if (content.live->is_manifest()) {
    players.got_manifest(content, answer, made_at);
  } else {
    players.got_segment(content, waiter.object, answer);
  }
  next_ask_ = players.next_ask();
}

// A viewer's own line may carry less than its network's.
void CacheNode::slow_to_line(const Waiter& waiter, Answer& answer, SimTime ready) const {
  const ContentClass& content = catalogue_[waiter.asked.content];
  if (!content.live || answer.bytes == Bytes{0}) return;
  const BitRate line =
      live_->players->line_of(content.live->event(), waiter.asked.asker, waiter.viewer);
  answer.last_byte_at = std::max(answer.last_byte_at, ready + transfer_time(answer.bytes, line));
}

// A player's request for a segment, which follows from what it got before.
void CacheNode::serve_ask(Outbox& outbox) {
  const Arrival ask = live_->players->take_ask();
  next_ask_ = live_->players->next_ask();
  ++arrivals_served_;
  outbox.note_work(1);
  Asker& asker = askers_[ask.cell];
  const Phase phase = recorder().phase_at(ask.at());
  if (asker.stale && phase == Phase::measured) ++event(asker.stale_by).stale_requests;
  if (asker.cut) {
    asker.counts.requests += phase == Phase::measured;
    lose_request(asker, phase, ask.content);
    live_->players->failed(catalogue_[ask.content],
                           ViewerAnswer{ask.cell, ask.object, false, ask.at(), Duration{0}});
    return;
  }
  if (load_reports_) load_reports_->count(ask);
  serve_arrival(ask, place(ask.key, ask.content, ask.at()), outbox);
}

void CacheNode::push_to(NodeId node, std::size_t content) {
  if (!live_) live_ = std::make_unique<LiveWork>();
  live_->pushed_to.resize(rules_.size());
  live_->pushed_to[content].push_back(asker_of_node_[index_of(node)]);
}

// It serves who waits for it as well as an answer to their fetch would, and goes on down. The node
// only has to be there: no server is asked to do anything for it.
void CacheNode::on_push(const Message& message, Outbox& outbox) {
  auto push = message.as<Reply>();
  const SimTime now = message.at;
  MessageCounts& pushes = messages(MessageKind::push);
  ++pushes.received;
  pushes.bytes_received += static_cast<std::uint64_t>(push.bytes);
  counts_of(push, now).bytes_fetched += static_cast<std::uint64_t>(push.bytes);
  if (is_down()) return;
  const LiveObjects& event = *catalogue_[push.content].live;
  if (live_ && live_->players && !event.is_manifest()) {
    live_->players->note_push(event, push.object, push.last_byte_at);
  }
  const std::uint32_t index = home_of(push.key, owner_of(push.key));
  Server& server = servers_[index];
  push.token = FlightToken::of(push.key, FlightId{0}, index);
  push.token.renews = 1;
  if (server.down_causes == 0) {
    const Answer got = take_in(push, server, now);
    server.coalescer.release_waiting(push.key, [&](const Waiter& waiter) {
      answer(waiter, got, now, std::max(now, served_at(waiter.asked)), outbox);
    });
  }
  push_on(push, now, outbox);
}

void CacheNode::push_on(const Reply& reply, SimTime now, Outbox& outbox) {
  if (!live_ || live_->pushed_to.empty()) return;
  for (const std::uint16_t number : live_->pushed_to[reply.content]) {
    Asker& asker = askers_[number];
    MessageCounts& pushes = messages(MessageKind::push);
    ++pushes.sent;
    if (asker.cut) {
      ++pushes.dropped;
      ++event(asker.cut_by).messages_dropped;
      continue;
    }
    const Bytes bytes{reply.bytes};
    const Transfer transfer = egress().send(asker.route, bytes, now, now, reply.last_byte_at);
    Reply push = reply;
    const SimTime at = arrival(transfer.first, egress().delay(asker.route), config_.least_delay);
    push.last_byte_at = at + (transfer.last - transfer.first);
    push.passed = static_cast<std::uint8_t>(std::min(reply.passed + 1, 15)) & 15;
    outbox.send(asker.node, at, static_cast<std::uint32_t>(MessageKind::push), push);
    pushes.bytes_sent += count_of(bytes);
    const Phase phase = recorder().phase_at(now);
    ClassCounts& counts = recorder().counts(phase, reply.content);
    ++counts.pushed;
    counts.bytes_pushed += count_of(bytes);
    if (phase == Phase::measured) asker.counts.bytes += count_of(bytes);
  }
}

}  // namespace cdnsim
