// A PoP that is launched, or loses clients to one: it is filled before they come, and reports.
// Does not know who decides, nor by what.
#include <algorithm>

#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::report_launch_to(NodeId controller, Duration delay, Duration every) {
  launch_reports_.emplace_back(controller, delay, every);
  set_next_report();
}

void CacheNode::warm(std::optional<FillRules> rules, const std::optional<Upstream>& source) {
  warming_ = std::make_unique<Warming>();
  if (rules) filling_ = std::make_unique<Filling>(*std::move(rules));
  if (source) upstreams_.set_source(*source);
  find_next_planned();
}

// Who is down says nothing.
void CacheNode::send_launch_report(LaunchReports& reports, Outbox& outbox) {
  const SimTime now = reports.next();
  LaunchReport report;
  recorder().settle();  // a report is about all of its interval
  const std::vector<LatencyReport> latencies = reports.close(recorder(), report);
  if (is_down()) return;
  report.servers_down = static_cast<std::uint32_t>(std::ranges::count_if(
      servers_, [](const Server& server) { return server.noticed_causes > 0; }));
  if (warming_) {
    report.warmed_objects = warming_->objects();
    report.warmed_bytes = warming_->bytes();
    report.is_warming = warming_->waits() || (filling_ && filling_->next() != SimTime::max());
  }
  const SimTime at = arrival(now, reports.delay(), config_.least_delay);
  const auto send = [&](MessageKind kind, const auto& what) {
    outbox.send(reports.controller(), at, static_cast<std::uint32_t>(kind), what);
    ++messages(kind).sent;
  };
  send(MessageKind::launch_report, report);
  for (const LatencyReport& some : latencies) send(MessageKind::latency_report, some);
}

// A copy of a request that another PoP answers: here it only touches the copy, or fetches it.
void CacheNode::mirror_next(Outbox& outbox) {
  const Arrival arrival = arrivals_.take_mirrored();
  if (catalogue_[arrival.content].traced || !rules_[arrival.content].worth_storing()) return;
  const Waiter nobody = request_of(arrival, home_of(arrival.key, owner_of(arrival.key)));
  Server& server = servers_[nobody.asked.server];
  if (server.down_causes > 0) return;
  const ServerCache::Copy copy = server.cache->find(nobody.key, nobody.asked.born);
  if (copy.state == Lookup::fresh || copy.state == Lookup::filling) return;
  fetch_unasked(nobody, nobody.asked.server, upstreams_.first_parent(arrival.content), outbox);
}

// A fetch that nobody waits for; false where one is under way already.
bool CacheNode::fetch_unasked(const Waiter& nobody, std::uint32_t index, std::size_t step,
                              Outbox& outbox) {
  const SimTime now = nobody.asked.born;
  const auto begun = servers_[index].coalescer.begin(nobody.key, now);
  if (begun.role == Role::follower) return false;
  ++recorder().counts(recorder().phase_at(now), nobody.asked.content).refreshes;
  Fetch fetch = fetch_for(nobody, nobody.key, begun.flight, index, true);
  fetch.token.renews = 1;
  fetch.token.send_to(step);
  if (warming_) warming_->sent_for(nobody.key);
  send_fetch(fetch, now, outbox);
  return true;
}

// The PoP that gives what it has did not have it: clients who have asked meanwhile go on to where
// their requests would have gone.
void CacheNode::leave_source(const Reply& reply, Server& server, SimTime now, Outbox& outbox) {
  warming_->over(reply.key);
  if (server.coalescer.is_awaited(reply.token.key)) {
    return send_again(reply, 0, reply.token.attempt, now, outbox);
  }
  note_answer(reply, now);
  server.coalescer.complete(reply.token.key, reply.token.id(), [](const Waiter&) {});
}

}  // namespace cdnsim
