#include <numeric>

#include <cdnsim/assembly/steering_summary.hpp>

namespace cdnsim::assembly {
namespace {

SteeringEngineResult engine_of(const ControllerNode& controller) {
  const ControllerNode::Counts& counts = controller.counts();
  SteeringEngineResult result;
  result.place = controller.id();
  result.decisions = counts.decisions;
  result.reports =
      controller.messages()[static_cast<std::size_t>(MessageKind::load_report)].received;
  result.moves = std::accumulate(counts.reasons.begin(), counts.reasons.end(), std::uint64_t{0});
  result.returns = counts.returns;
  for (std::size_t i = 0; i < kMoveReasons; ++i) {
    result.reasons[std::string(kMoveReasonNames[i])] = counts.reasons[i];
  }
  for (std::size_t i = 0; i < kHeldBacks; ++i) {
    result.held_back[std::string(kHeldBackNames[i])] = counts.held_back[i];
  }
  for (const ControllerNode::Round& round : counts.rounds) {
    result.rounds.push_back(
        SteeringRound{seconds(round.at - kTimeZero), round.moves, round.returns});
  }
  return result;
}

}  // namespace

std::optional<SteeringResult> steering_of(const Scenario& scenario, const Network& network) {
  if (network.controller == nullptr && !network.redirects) return std::nullopt;
  SteeringResult result;
  if (network.controller != nullptr) result.engine = engine_of(*network.controller);
  std::size_t number = 0;  // of the controller's PoPs, which come by id as nodes do
  for (const auto& node : network.nodes) {
    if (!serves_clients(node->role())) continue;
    SteeringPop pop;
    pop.id = node->id();
    if (network.controller != nullptr && scenario.network.pops.contains(node->id())) {
      const ControllerNode::PopMoves& moves = network.controller->counts().pops[number++];
      pop.cells_at_start = moves.first;
      pop.cells_at_end = moves.first + moves.in - moves.out;
      pop.moved_in = moves.in;
      pop.moved_out = moves.out;
    }
    if (network.redirects) {
      const auto* cache = dynamic_cast<const CacheNode*>(node.get());
      const Overflow* overflow = cache->overflow();  // none at a cache that nobody asks
      pop.redirected = overflow == nullptr ? 0 : overflow->sent;
      pop.taken_over = overflow == nullptr ? 0 : overflow->taken;
    }
    result.pops.push_back(std::move(pop));
  }
  return result;
}

}  // namespace cdnsim::assembly
