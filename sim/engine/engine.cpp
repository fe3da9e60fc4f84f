#include <algorithm>
#include <numeric>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/engine/engine.hpp>

namespace cdnsim {
namespace {

// Waking the other workers costs about as much as this many requests (measured: results/studies).
constexpr std::uint64_t kWorkWorthThreads = 24;

}  // namespace

Engine::Engine(std::vector<Node*> nodes, EngineOptions options, Exchange& exchange)
    : nodes_(std::move(nodes)),
      lookahead_(options.lookahead),
      barrier_(options.barrier / std::max(options.lookahead, Duration{1})),
      strides_(nodes_.size(), 1),
      done_(nodes_.size(), 0),
      exchange_(exchange),
      pool_(options.threads),
      mailboxes_(nodes_.size(), Mailbox(options.lookahead)),
      next_work_(nodes_.size()),
      sequences_(nodes_.size(), 0),
      last_work_(nodes_.size(), 0),
      outboxes_(pool_.size(), OutboxShards(pool_.size())) {
  CDNSIM_ASSERT(lookahead_ > Duration{0}, "the lookahead must be positive");
  CDNSIM_ASSERT(barrier_ * lookahead_ == options.barrier, "windows must end at the barrier");
  for (std::size_t i = 0; i < nodes_.size(); ++i) next_work_[i] = nodes_[i]->next_work();
  for (std::size_t i = 0; i < options.reach.size(); ++i) {
    CDNSIM_ASSERT(options.reach[i] >= lookahead_, "no message takes less than the lookahead");
    strides_[i] = std::min<std::int64_t>(options.reach[i] / lookahead_, Mailbox::kMostTaken);
  }
}

void Engine::run(SimTime until, const BeforeWindow& before_window) {
  for (SimTime earliest = earliest_work(); earliest < until; earliest = earliest_work()) {
    // Windows lie on a grid, so an empty stretch is skipped by division.
    const std::int64_t window = earliest.time_since_epoch() / lookahead_;
    const SimTime horizon = std::min(SimTime{(window + 1) * lookahead_}, until);
    if (before_window) before_window(SimTime{window * lookahead_});
    find_active(window, until);
    advance_all(window, until);
    exchange_.deliver(outboxes_, mailboxes_, pool_);
    ++statistics_.windows;
    statistics_.visits += active_.size();
    // What arrives after the end in a window that it cuts short stays under way.
    if (horizon == until) return;
  }
}

SimTime Engine::earliest_work() const {
  SimTime earliest = SimTime::max();
  for (std::size_t i = 0; i < nodes_.size(); ++i) {
    earliest = std::min({earliest, next_work_[i], mailboxes_[i].earliest()});
  }
  return exchange_.agree_on_earliest(earliest);
}

std::int64_t Engine::end_of_stride(std::uint32_t node, std::int64_t window) const {
  const std::int64_t end = window + strides_[node];
  return barrier_ == 0 ? end : std::min(end, (window / barrier_ + 1) * barrier_);
}

void Engine::find_active(std::int64_t window, SimTime until) {
  active_.clear();
  for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
    if (done_[i] > window) continue;
    const SimTime horizon = std::min(SimTime{end_of_stride(i, window) * lookahead_}, until);
    if (next_work_[i] < horizon || mailboxes_[i].earliest() < horizon) active_.push_back(i);
  }
}

void Engine::advance_all(std::int64_t window, SimTime until) {
  const std::uint64_t expected =
      std::accumulate(active_.begin(), active_.end(), std::uint64_t{0},
                      [this](std::uint64_t sum, std::uint32_t i) { return sum + last_work_[i]; });
  if (pool_.size() == 1 || active_.size() < 2 || expected < kWorkWorthThreads) {
    for (std::size_t i = 0; i < active_.size(); ++i) advance_active(i, outboxes_[0], window, until);
    return;
  }
  ++statistics_.parallel_windows;
  // The longest first, so that no worker is left alone with it at the end.
  std::sort(active_.begin(), active_.end(), [this](std::uint32_t a, std::uint32_t b) {
    return last_work_[a] != last_work_[b] ? last_work_[a] > last_work_[b] : a < b;
  });
  pool_.share(active_.size(), [&](std::uint32_t worker, std::size_t i) {
    advance_active(i, outboxes_[worker], window, until);
  });
}

// While one node works, memory is asked for the next; of the one after that for what says how.
void Engine::bring_next(std::size_t i) const {
  if (i + 1 < active_.size()) {
    prefetch(&mailboxes_[active_[i + 1]]);
    nodes_[active_[i + 1]]->bring();
  }
  if (i + 2 < active_.size()) prefetch(nodes_[active_[i + 2]]);
}

void Engine::advance_active(std::size_t i, OutboxShards& shards, std::int64_t window,
                            SimTime until) {
  bring_next(i);
  const std::uint32_t node = active_[i];
  const std::int64_t end = end_of_stride(node, window);
  const SimTime horizon = std::min(SimTime{end * lookahead_}, until);
  Outbox outbox(shards, NodeId{node}, sequences_[node], SimTime{(window + 1) * lookahead_});
  nodes_[node]->advance(horizon, mailboxes_[node].take(window, end, horizon), outbox);
  done_[node] = end;
  next_work_[node] = nodes_[node]->next_work();
  CDNSIM_ASSERT(next_work_[node] >= horizon, "a node must finish what is due in its window");
  last_work_[node] = outbox.work();
}

}  // namespace cdnsim
