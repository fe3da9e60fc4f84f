// Ways that fail and change, and cells that come and go: what is lost of it and what a node makes
// of a loss. Does not know links, nor why a way is another one.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {
namespace {

SentOver sent_over_present_way(const Asker& asker) {
  return SentOver{asker.route, asker.is_cell, asker.audience, asker.node,
                  asker.counts.bytes - asker.sent_before};
}

}  // namespace

// False when the action is about something else.
bool CacheNode::carry_out_way(const Action& action) {
  if (const CellSwitch* cell = std::get_if<CellSwitch>(&action.what)) {
    switch_cell(*cell, action);
  } else if (const CellMirror* mirror = std::get_if<CellMirror>(&action.what)) {
    arrivals_.mirror(mirror->cell, mirror->on, arrivals_.slot_at(action.at));
  } else if (const CellClasses* classes = std::get_if<CellClasses>(&action.what)) {
    arrivals_.take_now(classes->cell, classes->classes, arrivals_.slot_at(action.at));
    if (live_) live_->players->hold(classes->cell, true, action.at);
  } else if (const CellWay* way = std::get_if<CellWay>(&action.what)) {
    change_way(askers_[way->cell], way->route, way->cut, action.event);
    if (!askers_[way->cell].is_guest) arrivals_.lose(way->cell, way->cut);
  } else if (const AskerWay* back = std::get_if<AskerWay>(&action.what)) {
    Asker& asker = askers_[asker_of_node_[index_of(back->node)]];
    change_way(asker, back->route, back->cut, action.event);
    asker.noticed_after = back->noticed_after;
  } else if (const UpstreamWay* up = std::get_if<UpstreamWay>(&action.what)) {
    upstreams_.change_way(*up, action.event);
  } else {
    return false;
  }
  return true;
}

void CacheNode::switch_cell(const CellSwitch& cell, const Action& action) {
  Asker& asker = askers_[cell.cell];
  stale_cells_ += static_cast<std::uint32_t>(cell.stale) - static_cast<std::uint32_t>(asker.stale);
  asker.stale = cell.stale;
  asker.stale_by = action.event;
  arrivals_.hold(cell.cell, cell.held, arrivals_.slot_at(action.at));
  if (live_) live_->players->hold(cell.cell, cell.held, action.at);
}

void CacheNode::count_stale(const std::vector<Arrival>& arrivals) {
  for (const Arrival& arrival : arrivals) {
    const Asker& asker = askers_[arrival.cell];
    if (!asker.stale || recorder().phase_at(arrival.at()) == Phase::warmup) continue;
    ++event(asker.stale_by).stale_requests;
  }
}

std::vector<SentOver> CacheNode::sent_over() const {
  std::vector<SentOver> all = ObservedNode::sent_over();
  for (const Asker& asker : askers_) all.push_back(sent_over_present_way(asker));
  return all;
}

void CacheNode::change_way(Asker& asker, Egress::RouteId route, bool cut, std::uint32_t event) {
  if (route != asker.route) {
    note_way_before(sent_over_present_way(asker));
    asker.sent_before = asker.counts.bytes;
  }
  asker.route = route;
  asker.cut = cut;
  asker.cut_by = event;
}

// Requests of clients that do not come here. They are counted when their slot begins.
void CacheNode::count_lost_arrivals(Outbox& outbox) {
  for (const Arrival& arrival : arrivals_.lost()) {
    const Phase phase = recorder().phase_at(arrival.at());
    Asker& asker = askers_[arrival.cell];
    asker.counts.requests += phase == Phase::measured;
    lose_request(asker, phase, arrival.content);
  }
  arrivals_served_ += arrivals_.lost().size();
  outbox.note_work(arrivals_.lost().size());
}

void CacheNode::lose_request(const Asker& asker, Phase phase, std::uint16_t content) {
  recorder().count_outcome(phase, content, Outcome::dropped);
  recorder().count_status(phase, content, Status::timed_out);
  event(asker.cut_by).requests_dropped += phase == Phase::measured;
}

// An answer to a client that waited when its way failed.
void CacheNode::lose_answer(const Asked& asked) {
  const Phase phase = recorder().phase_at(asked.born);
  recorder().count_status(phase, asked.content, Status::timed_out);
  counts_of(asked).failed_waits += asked.follows;
  event(askers_[asked.asker].cut_by).answers_dropped += phase == Phase::measured;
}

// An answer to a node, which finds out later.
void CacheNode::lose_reply(const Waiter& waiter, SimTime ready, Outbox& outbox) {
  const Asker& asker = askers_[waiter.asked.asker];
  Reply loss;
  loss.key = waiter.key;
  loss.token = waiter.token;
  loss.object = waiter.object;
  loss.object_bytes = waiter.bytes;
  loss.content = waiter.asked.content;
  ++messages(MessageKind::reply).sent;
  ++messages(MessageKind::reply).dropped;
  ++event(asker.cut_by).messages_dropped;
  const Phase phase = phase_of(waiter.asked);
  recorder().count_status(phase, loss.content, Status::timed_out);
  recorder().counts(phase, loss.content).failed_waits += waiter.asked.follows;
  send_loss(asker.node, ready + asker.noticed_after, loss, outbox);
}

void CacheNode::lose_fetch(const Fetch& fetch, const Upstream& to, SimTime leaves, Outbox& outbox) {
  ++messages(MessageKind::fetch).sent;
  ++messages(MessageKind::fetch).dropped;
  ++event(to.cut_by).messages_dropped;
  send_loss(outbox.from(), leaves + config_.tier.fetch_timeout, lost_answer_to(fetch), outbox);
}

// Nobody answered: like a refusal, it sends the fetch on to the next place that can be asked.
void CacheNode::on_loss(const Message& message, Outbox& outbox) {
  auto loss = message.as<Reply>();
  ++messages(MessageKind::loss).received;
  take_reply(loss, upstreams_.at(loss.content, loss.token.step).node, message.at, outbox);
}

}  // namespace cdnsim
