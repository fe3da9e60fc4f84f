#include <algorithm>
#include <numeric>

#include <cdnsim/models/steering/decision_engine.hpp>

namespace cdnsim {
namespace {

// What being full costs, and failing always.
constexpr double kFullMs = 100;
// Background takes no more than this of a port, as everywhere.
constexpr double kMostBackground = 0.99;

double total(const std::array<double, kMoveReasons>& costs) {
  return std::accumulate(costs.begin(), costs.end(), 0.0);
}

}  // namespace

DecisionEngine::DecisionEngine(const EngineSpec& spec, std::vector<Cell> cells, std::size_t pops,
                               std::vector<SteeringPort> ports)
    : spec_(spec), pops_(pops) {
  for (const Cell& cell : cells) cells_.push_back(State{cell.client, cell.pop});
  for (const SteeringPort& port : ports) ports_.push_back(Port{port});
}

void DecisionEngine::set_options(std::vector<std::vector<SteeringOption>> by_client) {
  options_ = std::move(by_client);
}

void DecisionEngine::hear_cell(std::uint32_t cell, double requests_per_second,
                               double bytes_per_second) {
  cells_[cell].requests = requests_per_second;
  cells_[cell].bytes = bytes_per_second;
}

void DecisionEngine::hear_pop(std::uint32_t pop, const PopReport& report) {
  pops_[pop].report = report;
  pops_[pop].missed = 0;
}

const SteeringOption* DecisionEngine::option_of(const State& cell) const {
  const std::vector<SteeringOption>& options = options_[cell.client];
  const auto found = std::ranges::find(options, cell.pop, &SteeringOption::pop);
  return found == options.end() ? nullptr : &*found;
}

void DecisionEngine::add_cell(const State& cell, const SteeringOption* option, double sign) {
  if (option == nullptr) return;  // it reaches nobody
  pops_[option->pop].requests += sign * cell.requests;
  pops_[option->pop].bytes += sign * cell.bytes;
  for (const std::uint32_t port : option->ports) ports_[port].bytes += sign * cell.bytes;
}

void DecisionEngine::add_up(SimTime now) {
  for (Pop& pop : pops_) pop.requests = pop.bytes = 0;
  for (Port& port : ports_) {
    port.bytes = 0;
    port.left = port.spec.bits_per_second;
    const BackgroundSpec* background = port.spec.background;
    if (background == nullptr) continue;
    const double rate = static_cast<double>(background->rate.count()) *
                        background->curve.at(now, background->utc_offset);
    port.left -= std::min(rate, kMostBackground * port.left);
  }
  for (const State& cell : cells_) add_cell(cell, option_of(cell), 1);
}

double DecisionEngine::load_of(std::uint32_t index) const {
  const Pop& pop = pops_[index];
  return std::max(pop.requests / pop.report.most_requests, pop.bytes / pop.report.most_bytes);
}

double DecisionEngine::penalty(double used, double most) const {
  const double comfortable = spec_.comfortable.value();
  return kFullMs * std::max(0.0, used / most - comfortable) / (1 - comfortable);
}

DecisionEngine::Costs DecisionEngine::costs_of(const State& cell, const SteeringOption& option,
                                               const SteeringOption* here) const {
  const auto part = [](MoveReason reason) { return static_cast<std::size_t>(reason); };
  // Who comes brings its own load, unless all are judged at once.
  const bool comes = &option != here;
  const double requests = comes && spec_.one_by_one ? cell.requests : 0;
  const double bytes = comes && spec_.one_by_one ? cell.bytes : 0;
  const Pop& pop = pops_[option.pop];
  double port_penalty = 0;
  for (const std::uint32_t index : option.ports) {
    const Port& port = ports_[index];
    // Ports that both ways cross, as its network's own, carry it already.
    const bool carries = here != nullptr && std::ranges::count(here->ports, index) > 0;
    const double used = port.bytes + (carries ? 0 : bytes);
    port_penalty = std::max(port_penalty, penalty(8 * used, port.left));
  }
  Costs costs{};
  costs[part(MoveReason::proximity)] = spec_.weights.proximity * option.round_trip_ms;
  costs[part(MoveReason::load)] =
      spec_.weights.load * std::max(penalty(pop.requests + requests, pop.report.most_requests),
                                    penalty(pop.bytes + bytes, pop.report.most_bytes));
  costs[part(MoveReason::network)] = spec_.weights.network * port_penalty;
  costs[part(MoveReason::health)] = spec_.weights.health * kFullMs * pop.report.failed_share;
  return costs;
}

std::optional<DecisionEngine::Wish> DecisionEngine::wish_of(std::uint32_t index) const {
  const State& cell = cells_[index];
  const SteeringOption* here = option_of(cell);
  const SteeringOption* best = nullptr;
  Costs best_costs{};
  for (const SteeringOption& option : options_[cell.client]) {
    if (option.pop == cell.pop || is_silent(option.pop)) continue;
    const Costs costs = costs_of(cell, option, here);
    if (best != nullptr && total(costs) >= total(best_costs)) continue;
    best = &option;
    best_costs = costs;
  }
  if (best == nullptr) return std::nullopt;
  if (here == nullptr) return Wish{index, 0, best, MoveReason::unreachable};
  if (is_silent(cell.pop)) return Wish{index, 0, best, MoveReason::silent};
  Costs saved = costs_of(cell, *here, here);
  for (std::size_t i = 0; i < saved.size(); ++i) saved[i] -= best_costs[i];
  const double gain = total(saved);
  if (gain <= 0) return std::nullopt;
  const auto most = std::ranges::max_element(saved) - saved.begin();
  return Wish{index, gain, best, static_cast<MoveReason>(most)};
}

void DecisionEngine::move(const Wish& wish, Decision& decision) {
  State& cell = cells_[wish.cell];
  decision.moves.push_back(Move{wish.cell, cell.pop, wish.to->pop, wish.reason});
  if (spec_.one_by_one) {
    add_cell(cell, option_of(cell), -1);
    add_cell(cell, wish.to, 1);
  }
  cell.pop = wish.to->pop;
}

// Who cannot stay goes first and is not held back; then those who gain most.
DecisionEngine::Decision DecisionEngine::decide(SimTime now) {
  add_up(now);
  Decision decision;
  std::vector<Wish> wishes;
  const auto hold_back = [&](HeldBack why) { ++decision.held_back[static_cast<std::size_t>(why)]; };
  for (std::uint32_t i = 0; i < cells_.size(); ++i) {
    const std::optional<Wish> wish = wish_of(i);
    if (!wish) continue;
    if (is_forced(*wish)) {
      move(*wish, decision);
    } else {
      wishes.push_back(*wish);
    }
  }
  std::ranges::stable_sort(wishes, std::greater<>(), &Wish::gain);
  const auto share =
      static_cast<std::uint64_t>(spec_.most_moves.value() * static_cast<double>(cells_.size()));
  std::uint64_t room = std::max<std::uint64_t>(share, 1);
  const double least = seconds(spec_.gain) * 1e3;
  for (const Wish& first : wishes) {
    const std::optional<Wish> wish = spec_.one_by_one ? wish_of(first.cell) : first;
    if (!wish) continue;
    if (wish->gain <= least) {
      hold_back(HeldBack::gain);
    } else if (now < cells_[wish->cell].free_at) {
      hold_back(HeldBack::stay);
    } else if (room == 0) {
      hold_back(HeldBack::share);
    } else {
      --room;
      move(*wish, decision);
    }
  }
  return decision;
}

}  // namespace cdnsim
