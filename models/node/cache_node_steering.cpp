// Steering during the run: a PoP reports its load, cells come and go as it is told, and a request
// for which it has no room goes to another PoP. Does not know who decides, nor by what.
#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/cache_node.hpp>

namespace cdnsim {

void CacheNode::report_load_to(NodeId controller, Duration delay, Duration every) {
  load_reports_ = std::make_unique<LoadReports>(controller, delay, every, arrivals_.cells().size());
  set_next_report();
}

void CacheNode::set_next_report() {
  next_report_ = std::min(reports_ ? reports_->next() : SimTime::max(),
                          load_reports_ ? load_reports_->next() : SimTime::max());
  for (const LaunchReports& reports : launch_reports_) {
    next_report_ = std::min(next_report_, reports.next());
  }
  find_next_planned();
}

void CacheNode::send_reports(Outbox& outbox) {
  const SimTime now = next_report_;
  if (reports_ && reports_->next() == now) send_hot_reports(outbox);
  if (load_reports_ && load_reports_->next() == now) send_load_report(outbox);
  for (LaunchReports& reports : launch_reports_) {
    if (reports.next() == now) send_launch_report(reports, outbox);
  }
  set_next_report();
}

// Who is down says nothing.
void CacheNode::send_load_report(Outbox& outbox) {
  const SimTime now = load_reports_->next();
  LoadReport report;
  ClassCounts counts = recorder().total(Phase::warmup);
  counts += recorder().total(Phase::measured);
  const std::vector<CellReport> cells = load_reports_->close(
      counts, [this](std::uint16_t cell) { return arrivals_.is_held(cell); }, report);
  if (is_down()) return;
  const auto up = static_cast<double>(std::max<std::ptrdiff_t>(
      std::ranges::count(servers_, std::uint16_t{0}, &Server::noticed_causes), 1));
  report.most_requests = service_time_ == Duration{0} ? std::numeric_limits<double>::infinity()
                                                      : up / seconds(service_time_);
  if (config_.max_rate) {
    report.most_requests = std::min(report.most_requests, config_.max_rate->per_second());
  }
  report.most_bytes = config_.tier.nic ? up * static_cast<double>(config_.tier.nic->count()) / 8
                                       : std::numeric_limits<double>::infinity();
  const SimTime at = arrival(now, load_reports_->delay(), config_.least_delay);
  const auto send = [&](MessageKind kind, const auto& what) {
    outbox.send(load_reports_->controller(), at, static_cast<std::uint32_t>(kind), what);
    ++messages(kind).sent;
  };
  send(MessageKind::load_report, report);
  for (const CellReport& some : cells) send(MessageKind::cell_report, some);
}

// It is told early enough: the slot has not begun.
void CacheNode::on_cell_move(const Message& message) {
  const auto move = message.as<CellMove>();
  ++messages(MessageKind::cell_move).received;
  CDNSIM_ASSERT(move.at >= message.at, "cells move after those who hold them have heard of it");
  const auto later =
      std::upper_bound(actions_.begin() + static_cast<std::ptrdiff_t>(next_action_), actions_.end(),
                       move.at, [](SimTime at, const Action& action) { return at < action.at; });
  actions_.insert(later, Action{move.at, 0, CellSwitch{move.cell, move.held, false}});
  find_next_planned();
}

std::uint16_t CacheNode::add_guest(Egress::RouteId route, std::uint32_t region,
                                   std::uint32_t audience, Duration detour) {
  Asker guest{route, region, NodeId{}, true};
  guest.is_guest = true;
  guest.audience = audience;
  guest.detour = detour;
  askers_.push_back(guest);
  CDNSIM_ASSERT(askers_.size() < (1u << 16), "askers have numbers of 16 bits");
  return static_cast<std::uint16_t>(askers_.size() - 1);
}

void CacheNode::redirect_full(std::unique_ptr<Overflow> overflow) {
  overflow_ = std::move(overflow);
  keep_homes();
}

// False when there is nowhere to go. Nothing of it stays counted here: it is the other's request.
bool CacheNode::redirect(const Request& request, Outbox& outbox) {
  const Asked& asked = request.asked;
  Asker& asker = askers_[asked.asker];
  if (!asker.is_cell || asker.is_guest || servers_[asked.server].down_causes > 0) return false;
  const OverflowTarget* target = overflow_->target(asker.audience, asked.born);
  if (target == nullptr) return false;
  Redirect message;
  message.key = request.key;
  message.bytes = request.bytes;
  message.part_from = asked.part.from.count();
  message.part_bytes = asked.part.bytes.count();
  message.object = request.object;
  message.content = asked.content;
  message.guest = static_cast<std::uint16_t>(target->guest + asked.new_connection);
  message.measured = recorder().phase_at(asked.born) == Phase::measured;
  outbox.send(target->node, arrival(asked.born, target->takes, config_.least_delay),
              static_cast<std::uint32_t>(MessageKind::redirect), message);
  ++messages(MessageKind::redirect).sent;
  asker.counts.requests -= message.measured;
  overflow_->sent += message.measured;
  --counts_of(asked).served[static_cast<std::size_t>(served_by(request.key, asked.server))];
  return true;
}

void CacheNode::on_redirect(const Message& message, Outbox& outbox) {
  const auto redirect = message.as<Redirect>();
  ++messages(MessageKind::redirect).received;
  const Phase phase = recorder().phase_at(message.at);
  Asker& guest = askers_[redirect.guest];
  guest.counts.requests += phase == Phase::measured;
  overflow_->taken += redirect.measured;
  if (guest.cut) return lose_request(guest, phase, redirect.content);
  const std::uint32_t server = place(redirect.key, redirect.content, message.at);
  Request request;
  request.asked.born = message.at;
  request.asked.asker = redirect.guest;
  request.asked.content = redirect.content;
  request.asked.new_connection = true;  // to another host
  request.asked.server = static_cast<std::uint16_t>(server);
  request.asked.part = BytePart{Bytes{redirect.part_from}, Bytes{redirect.part_bytes}};
  request.key = redirect.key;
  request.object = redirect.object;
  request.bytes = redirect.bytes;
  ++counts_of(request.asked).served[static_cast<std::size_t>(Served::overflow)];
  serve(std::move(request), server, outbox);
}

}  // namespace cdnsim
