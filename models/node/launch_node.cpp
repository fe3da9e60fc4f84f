#include <algorithm>
#include <limits>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/launch_node.hpp>
#include <cdnsim/models/node/steering_payloads.hpp>
#include <cdnsim/models/steering/geodns.hpp>

namespace cdnsim {
namespace {

constexpr std::uint32_t kReportsMissing = 3;

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

LaunchNode::LaunchNode(std::string id, LaunchSpec spec, const Timing& timing, std::vector<Pop> pops,
                       std::vector<Cell> cells, std::unique_ptr<Recorder> recorder)
    : ObservedNode(std::move(id), NodeRole::controller, std::move(recorder)),
      spec_(std::move(spec)),
      timing_(timing),
      pops_(std::move(pops)),
      cells_(std::move(cells)),
      toggles_(cells_.size()) {
  for (const Pop& pop : pops_) {
    patience_ = std::max({patience_, pop.report_delay, timing_.least_delay});
    lead_ = std::max({lead_, pop.tell_delay, timing_.least_delay});
  }
  next_look_ = SimTime{spec_.report_every} + patience_;
  stages_.resize(spec_.stages.size());
  for (const Cell& cell : cells_) {
    told_.push_back(cell.before.front().pop);
    for (const auto* track : {&cell.before, &cell.after}) {
      for (const Hold& hold : *track) {
        if (hold.from > SimTime{}) changes_.insert(std::max(SimTime{}, hold.from - lead_));
      }
    }
  }
}

void LaunchNode::advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) {
  for (const Message& message : inbox) {
    work_before(message.at, outbox);
    hear(message);
    ++messages(kind_of(message)).received;
  }
  work_before(horizon, outbox);
  outbox.note_work(inbox.size());
}

void LaunchNode::work_before(SimTime time, Outbox& outbox) {
  while (next_work() < time) {
    if (next_look_ <= next_change()) {
      look();
    } else {
      const SimTime now = next_change();
      changes_.erase(changes_.begin());
      tell(now, outbox);
    }
  }
}

void LaunchNode::hear(const Message& message) {
  const bool is_launched = message.from == pops_.front().node;
  if (kind_of(message) == MessageKind::launch_report) {
    const auto report = message.as<LaunchReport>();
    if (is_launched) open_[report.interval].report = report;
    return;
  }
  CDNSIM_ASSERT(kind_of(message) == MessageKind::latency_report, "a launch hears reports only");
  const auto report = message.as<LatencyReport>();
  const auto from = std::ranges::find(pops_, message.from, &Pop::node);
  Interval& interval = open_[report.interval];
  if (!is_launched && !from->gives) return;
  Latencies& latencies = is_launched ? interval.latencies : interval.others;
  for (std::uint32_t i = 0; i < report.count; ++i) {
    latencies[report.microseconds[i]] += report.users[i];
  }
}

// An interval counts when the report of the PoP that is furthest away is in.
void LaunchNode::look() {
  const SimTime now = next_look_;
  const SimTime from{next_interval_ * spec_.report_every};
  const SimTime until = from + spec_.report_every;
  const Interval interval = std::move(open_[next_interval_]);
  open_.erase(next_interval_++);
  next_look_ += spec_.report_every;
  measure(interval, from, until);
  judge(now);
}

void LaunchNode::measure(const Interval& interval, SimTime from, SimTime until) {
  if (state_ == State::waits) {
    for (const auto& [microseconds, users] : interval.others) before_[microseconds] += users;
  }
  missing_ = interval.report ? 0 : missing_ + 1;
  if (!interval.report) return;
  const LaunchReport& report = *interval.report;
  warmed_objects_ = report.warmed_objects;
  warmed_bytes_ = report.warmed_bytes;
  // Of mirrored requests the last answers may still be on their way.
  const auto* shadow = std::get_if<ShadowWarming>(&spec_.warming);
  const bool is_over = shadow == nullptr ? until >= SimTime{spec_.at} && !report.is_warming
                                         : until >= SimTime{spec_.at + shadow->lasts};
  if (is_over && !is_warm_) warmed_at_ = until;
  is_warm_ = is_warm_ || is_over;
  served_.push_back(AtPop{from, report.looked_up, report.hits});
  if (state_ != State::moves) return;
  Stage& stage = stages_[stage_];
  stage.servers_down = report.servers_down;
  if (from < stage.from + (spec_.roll_back ? spec_.roll_back->settle : Duration{0})) return;
  stage.looked_up += report.looked_up;
  stage.hits += report.hits;
  stage.ended += report.ended;
  stage.failed += report.failed;
  for (const auto& [microseconds, users] : interval.latencies) {
    stage.latencies[microseconds] += users;
  }
}

bool LaunchNode::may_begin(SimTime now) const {
  return spec_.starts ? now >= SimTime{*spec_.starts} : is_warm_;
}

void LaunchNode::judge(SimTime now) {
  if (state_ == State::waits && may_begin(now)) return begin(0, now);
  if (state_ != State::moves) return;
  Stage& stage = stages_[stage_];
  roll_back_ = broken();
  if (roll_back_) {
    state_ = State::rolled_back;
    stage.until = now;
    roll_back_->stage = stage_;
    roll_back_->at = now;
    roll_back_->back = move_to(0, now);
  } else if (now >= stage.from + spec_.stages[stage_].lasts) {
    stage.until = now;
    if (stage_ + 1 < stages_.size()) return begin(stage_ + 1, now);
    state_ = State::launched;
  }
}

std::optional<LaunchNode::RollBack> LaunchNode::broken() const {
  if (!spec_.roll_back) return std::nullopt;
  const RollBackSpec& spec = *spec_.roll_back;
  const Stage& stage = stages_[stage_];
  const auto breaks = [](Criterion criterion, double value, double limit) {
    return RollBack{criterion, 0, value, limit, {}, {}};
  };
  if (spec.hardware && (stage.servers_down > 0 || missing_ >= kReportsMissing)) {
    return breaks(Criterion::hardware, std::max(stage.servers_down, missing_), 0);
  }
  if (stage.ended < spec.least_requests) return std::nullopt;
  const double errors = share(stage.failed, stage.ended);
  if (spec.errors_above && errors > spec.errors_above->value()) {
    return breaks(Criterion::errors, errors, spec.errors_above->value());
  }
  const double hits = share(stage.hits, stage.looked_up);
  if (spec.hit_ratio_below && hits < spec.hit_ratio_below->value()) {
    return breaks(Criterion::hit_ratio, hits, spec.hit_ratio_below->value());
  }
  const double limit = spec.p95_above.value_or(0) * p95_before();
  const double p95 = p95_of(stage.latencies);
  if (spec.p95_above && p95 > limit) return breaks(Criterion::p95, p95, limit);
  return std::nullopt;
}

void LaunchNode::begin(std::size_t stage, SimTime now) {
  state_ = State::moves;
  stage_ = stage;
  const double wanted = spec_.stages[stage].share.value() * static_cast<double>(cells_.size());
  // Half a cell counts as one, and some as one at least.
  const auto cells =
      std::max<std::size_t>(static_cast<std::size_t>(wanted + 0.5), wanted > 0 ? 1 : 0);
  stages_[stage].cells = cells;
  stages_[stage].from = now;
  move_to(cells, now);
}

SimTime LaunchNode::move_to(std::size_t cells, SimTime now) {
  SimTime last = now;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    const bool in = i < cells;
    const bool was_in = !toggles_[i].empty() && toggles_[i].back().in;
    if (in == was_in) continue;
    SimTime at = edge_from(now + lead_);
    if (timing_.ttl > 0) {
      const std::int64_t slot = at.time_since_epoch() / timing_.slot;
      at = SimTime{next_question(GeoCell{cells_[i].phase, 0}, slot, timing_.ttl) * timing_.slot};
    } else {
      at = std::max(at, edge_from(now + timing_.convergence));
    }
    toggles_[i].push_back(Toggle{at, in});
    changes_.insert(at - lead_);
    last = std::max(last, at);
  }
  return last;
}

SimTime LaunchNode::edge_from(SimTime time) const {
  const std::int64_t slot = timing_.slot.count();
  return SimTime{Duration{(time.time_since_epoch().count() + slot - 1) / slot * slot}};
}

std::uint32_t LaunchNode::pop_of(const Cell& cell, const std::vector<Toggle>& toggles,
                                 SimTime at) const {
  bool in = false;
  for (const Toggle& toggle : toggles) {
    if (toggle.at <= at) in = toggle.in;
  }
  const std::vector<Hold>& track = in ? cell.after : cell.before;
  const auto past = std::ranges::upper_bound(track, at, {}, &Hold::from);
  return std::prev(past)->pop;
}

// Both hear of it before the slot at whose edge the cell changes over.
void LaunchNode::tell(SimTime now, Outbox& outbox) {
  const SimTime at = edge_from(now + lead_);
  for (std::uint32_t i = 0; i < cells_.size(); ++i) {
    const std::uint32_t pop = pop_of(cells_[i], toggles_[i], at);
    if (pop == told_[i]) continue;
    for (const bool held : {false, true}) {
      const Pop& one = pops_[held ? pop : told_[i]];
      outbox.send(one.node, arrival(now, one.tell_delay, timing_.least_delay),
                  static_cast<std::uint32_t>(MessageKind::cell_move),
                  CellMove{at, one.names.at(i), held});
      ++messages(MessageKind::cell_move).sent;
    }
    told_[i] = pop;
  }
}

CacheFlows LaunchNode::flows() const {
  CacheFlows flows;
  flows.delays_raised = delays_raised();
  return flows;
}

double LaunchNode::p95_before() const { return p95_of(before_); }

double LaunchNode::p95_of(const Latencies& latencies) {
  std::uint64_t all = 0;
  for (const auto& [microseconds, users] : latencies) all += users;
  if (all == 0) return std::numeric_limits<double>::quiet_NaN();
  const std::uint64_t rank = (all * 95 + 99) / 100;
  std::uint64_t passed = 0;
  for (const auto& [microseconds, users] : latencies) {
    passed += users;
    if (passed >= rank) return static_cast<double>(microseconds) / 1000;
  }
  return std::numeric_limits<double>::quiet_NaN();
}

}  // namespace cdnsim
