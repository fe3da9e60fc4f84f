#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/controller_node.hpp>
#include <cdnsim/models/node/steering_payloads.hpp>
#include <cdnsim/models/steering/geodns.hpp>

namespace cdnsim {

ControllerNode::ControllerNode(std::string id, const Timing& timing, DecisionEngine engine,
                               std::vector<std::uint64_t> phases, std::vector<SteeringView> views,
                               std::vector<Pop> pops, std::unique_ptr<Recorder> recorder)
    : ObservedNode(std::move(id), NodeRole::controller, std::move(recorder)),
      timing_(timing),
      engine_(std::move(engine)),
      phases_(std::move(phases)),
      views_(std::move(views)),
      pops_(std::move(pops)),
      names_(pops_.size()),
      came_from_(phases_.size(), kNowhere),
      next_decision_(SimTime{timing.decide_every}) {
  for (std::size_t i = 0; i < pops_.size(); ++i) {
    for (std::size_t name = 0; name < pops_[i].cells.size(); ++name) {
      names_[i].emplace(pops_[i].cells[name], static_cast<std::uint16_t>(name));
    }
    patience_ = std::max({patience_, pops_[i].report_delay, timing_.least_delay});
    lead_ = std::max({lead_, pops_[i].tell_delay, timing_.least_delay});
  }
  counts_.pops.resize(pops_.size());
  for (std::uint32_t cell = 0; cell < phases_.size(); ++cell) {
    ++counts_.pops[engine_.pop_of(cell)].first;
  }
}

void ControllerNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  for (const Message& message : inbox) {
    decide_before(message.at, outbox);
    switch (kind_of(message)) {
      case MessageKind::load_report: on_report(message); break;
      case MessageKind::cell_report: on_cells(message); break;
      default: CDNSIM_ASSERT(false, "a controller gets reports only");
    }
    ++messages(kind_of(message)).received;
  }
  decide_before(horizon, outbox);
  outbox.note_work(inbox.size());
}

std::size_t ControllerNode::pop_at(NodeId node) const {
  const auto found = std::ranges::find(pops_, node, &Pop::node);
  CDNSIM_ASSERT(found != pops_.end(), "only PoPs report");
  return static_cast<std::size_t>(found - pops_.begin());
}

ControllerNode::Interval& ControllerNode::interval(std::int64_t number) {
  const auto [found, is_new] = open_.try_emplace(number);
  if (is_new) {
    found->second.requests.resize(phases_.size());
    found->second.bytes.resize(phases_.size());
    found->second.is_reported.resize(phases_.size());
    found->second.pops.resize(pops_.size());
    found->second.bytes_of_request.resize(pops_.size());
  }
  return found->second;
}

// The report of the PoP comes before those of its cells, which leave with it.
void ControllerNode::on_report(const Message& message) {
  const auto report = message.as<LoadReport>();
  const std::size_t pop = pop_at(message.from);
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
  };
  Interval& now = interval(report.interval);
  now.pops[pop] =
      PopReport{report.most_requests, report.most_bytes, share(report.failed, report.ended)};
  now.bytes_of_request[pop] = share(report.bytes, report.answers);
}

void ControllerNode::on_cells(const Message& message) {
  const auto report = message.as<CellReport>();
  const std::size_t pop = pop_at(message.from);
  Interval& now = interval(report.interval);
  for (std::uint32_t i = 0; i < report.count; ++i) {
    const std::uint32_t cell = pops_[pop].cells[report.cells[i]];
    now.requests[cell] += report.requests[i];
    now.bytes[cell] += report.requests[i] * now.bytes_of_request[pop];
    now.is_reported[cell] = true;
  }
}

// An interval counts when the report of the PoP that is furthest away is in. Of a cell that nobody
// reports it is held what was known before.
void ControllerNode::settle(SimTime now) {
  const double length = seconds(timing_.report_every);
  for (; SimTime{(next_settled_ + 1) * timing_.report_every} + patience_ <= now; ++next_settled_) {
    const Interval& known = interval(next_settled_);
    for (std::uint32_t pop = 0; pop < pops_.size(); ++pop) {
      if (known.pops[pop]) {
        engine_.hear_pop(pop, *known.pops[pop]);
      } else {
        engine_.miss_pop(pop);
      }
    }
    for (std::uint32_t cell = 0; cell < phases_.size(); ++cell) {
      if (!known.is_reported[cell]) continue;
      engine_.hear_cell(cell, static_cast<double>(known.requests[cell]) / length,
                        known.bytes[cell] / length);
    }
    open_.erase(next_settled_);
  }
}

void ControllerNode::decide_before(SimTime time, Outbox& outbox) {
  while (next_decision_ < time) decide(outbox);
}

void ControllerNode::decide(Outbox& outbox) {
  const SimTime now = next_decision_;
  settle(now);
  const std::size_t view_before = next_view_;
  while (next_view_ < views_.size() && views_[next_view_].from <= now) ++next_view_;
  if (next_view_ != view_before) engine_.set_options(std::move(views_[next_view_ - 1].options));
  const DecisionEngine::Decision decision = engine_.decide(now);
  Round round{now, decision.moves.size(), 0};
  for (const DecisionEngine::Move& move : decision.moves) {
    round.returns += came_from_[move.cell] == move.to;
    came_from_[move.cell] = move.from;
    ++counts_.reasons[static_cast<std::size_t>(move.reason)];
    ++counts_.pops[move.from].out;
    ++counts_.pops[move.to].in;
    tell(move, outbox);
  }
  for (std::size_t i = 0; i < kHeldBacks; ++i) counts_.held_back[i] += decision.held_back[i];
  counts_.returns += round.returns;
  if (round.moves > 0) counts_.rounds.push_back(round);
  ++counts_.decisions;
  next_decision_ += timing_.decide_every;
}

// Both hear of it before the slot in which the cell asks again, and change over at its edge.
void ControllerNode::tell(const DecisionEngine::Move& move, Outbox& outbox) {
  const Duration known = next_decision_ + lead_ - kTimeZero;
  const std::int64_t slot = (known + timing_.slot - Duration{1}) / timing_.slot;
  const SimTime at{next_question(GeoCell{phases_[move.cell], 0}, slot, timing_.ttl) * timing_.slot};
  engine_.settles(move.cell, at);
  for (const bool held : {false, true}) {
    const std::uint32_t pop = held ? move.to : move.from;
    const CellMove told{at, names_[pop].at(move.cell), held};
    outbox.send(pops_[pop].node,
                arrival(next_decision_, pops_[pop].tell_delay, timing_.least_delay),
                static_cast<std::uint32_t>(MessageKind::cell_move), told);
    ++messages(MessageKind::cell_move).sent;
  }
}

CacheFlows ControllerNode::flows() const {
  CacheFlows flows;
  flows.delays_raised = delays_raised();
  return flows;
}

}  // namespace cdnsim
