// Every node sees its messages in the order (time, sender, sequence), whatever the threads.

#include <memory>
#include <set>
#include <tuple>
#include <vector>

#include <cdnsim/engine/engine.hpp>
#include <tests/support/catch.hpp>

#include "toy_nodes.hpp"

namespace engine_order_test {

using namespace cdnsim;
using namespace cdnsim::test;

std::vector<std::unique_ptr<HashingNode>> hashing_nodes(const Habits& habits) {
  std::vector<std::unique_ptr<HashingNode>> nodes;
  for (std::uint32_t i = 0; i < habits.nodes; ++i) {
    nodes.push_back(std::make_unique<HashingNode>(i, habits));
  }
  return nodes;
}

template <class AnyNode>
std::vector<Node*> pointers_to(const std::vector<std::unique_ptr<AnyNode>>& nodes) {
  std::vector<Node*> pointers;
  for (const auto& node : nodes) pointers.push_back(node.get());
  return pointers;
}

struct Outcome {
  std::vector<std::vector<HashingNode::Event>> seen;
  std::vector<std::uint64_t> hashes;
  std::vector<std::size_t> under_way;
  EngineStatistics statistics;
};

Outcome run_with(std::uint32_t threads, const Habits& habits, SimTime until,
                 Duration barrier = Duration{0}) {
  const auto nodes = hashing_nodes(habits);
  LocalExchange exchange;
  Engine engine(pointers_to(nodes), {habits.lookahead, threads, habits.reach, barrier}, exchange);
  engine.run(until);
  Outcome outcome;
  for (const auto& node : nodes) {
    outcome.seen.push_back(node->seen());
    outcome.hashes.push_back(node->hash());
  }
  for (const Mailbox& mailbox : engine.mailboxes()) outcome.under_way.push_back(mailbox.size());
  outcome.statistics = engine.statistics();
  return outcome;
}

struct Later {
  bool operator()(const Message& a, const Message& b) const {
    return std::tuple(a.at, a.to, a.from, a.sequence) < std::tuple(b.at, b.to, b.from, b.sequence);
  }
};

// The definition itself: one global list of events, one nanosecond at a time.
Outcome run_by_definition(const Habits& habits, SimTime until) {
  const auto nodes = hashing_nodes(habits);
  std::vector<std::uint32_t> sequences(nodes.size(), 0);
  std::set<Message, Later> waiting;
  for (;;) {
    SimTime now = waiting.empty() ? SimTime::max() : waiting.begin()->at;
    for (const auto& node : nodes) now = std::min(now, node->next_work());
    if (now >= until) break;
    OutboxShards sent(1);
    for (std::uint32_t i = 0; i < nodes.size(); ++i) {
      std::vector<Message> inbox;
      while (!waiting.empty() && waiting.begin()->at == now && waiting.begin()->to == NodeId{i}) {
        inbox.push_back(waiting.extract(waiting.begin()).value());
      }
      if (inbox.empty() && nodes[i]->next_work() > now) continue;
      Outbox outbox(sent, NodeId{i}, sequences[i], now + habits.lookahead);
      nodes[i]->advance(now + Duration{1}, inbox, outbox);
    }
    waiting.insert(sent.shard(0).begin(), sent.shard(0).end());
  }
  Outcome outcome;
  outcome.under_way.resize(nodes.size());
  for (const Message& message : waiting) ++outcome.under_way[index_of(message.to)];
  for (const auto& node : nodes) {
    outcome.seen.push_back(node->seen());
    outcome.hashes.push_back(node->hash());
  }
  return outcome;
}

std::size_t equal_times(const Outcome& outcome) {
  std::size_t pairs = 0;
  for (const auto& seen : outcome.seen) {
    for (std::size_t i = 1; i < seen.size(); ++i) pairs += seen[i].at == seen[i - 1].at;
  }
  return pairs;
}

TEST_CASE("windows on 1, 2 and 3 threads deliver what one global list of events delivers") {
  // Delays of up to 200 windows: most messages lie beyond a mailbox's ring of 64 when they are
  // sent.
  const Habits habits{9, 2ms, 3, 200, 5ms};
  const SimTime until = at(503ms);
  const Outcome expected = run_by_definition(habits, until);
  std::size_t messages = 0;
  for (const auto& seen : expected.seen) messages += seen.size();
  REQUIRE(messages > 1000);
  REQUIRE(equal_times(expected) > 0);

  for (const std::uint32_t threads : {1u, 2u, 3u}) {
    INFO(threads << " threads");
    const Outcome got = run_with(threads, habits, until);
    for (std::size_t i = 0; i < expected.seen.size(); ++i) CHECK(got.seen[i] == expected.seen[i]);
    CHECK(got.hashes == expected.hashes);
    CHECK(got.under_way == expected.under_way);
  }
}

TEST_CASE("nodes that are far from all others take many windows at once and see the same") {
  // From one window to more than may be taken at once; 13 ms is no whole number of windows.
  Habits habits{9, 2ms, 3, 50, 5ms};
  habits.reach = {2ms, 2ms, 3ms, 4ms, 7ms, 13ms, 20ms, 63ms, 500ms};
  const SimTime until = at(503ms);
  const Outcome expected = run_by_definition(habits, until);
  std::uint64_t visits_of_single_windows = 0;
  for (const Duration barrier : {0ms, 2ms, 10ms, 100ms}) {
    for (const std::uint32_t threads : {1u, 2u, 3u}) {
      INFO(threads << " threads, a barrier every " << barrier.count() << " ns");
      const Outcome got = run_with(threads, habits, until, barrier);
      CHECK(got.seen == expected.seen);
      CHECK(got.hashes == expected.hashes);
      CHECK(got.under_way == expected.under_way);
      if (barrier == 2ms) visits_of_single_windows = got.statistics.visits;
      if (barrier == 100ms) CHECK(got.statistics.visits < visits_of_single_windows * 2 / 3);
    }
  }
}

TEST_CASE("windows that are worth several threads give the same on 1, 2 and 3") {
  // 48 x 70 messages a window: more than one thread would deliver alone.
  const Habits habits{48, 1ms, 70, 5, 1ms, 50us, 0};
  const SimTime until = at(25ms);
  const Outcome expected = run_with(1, habits, until);
  CHECK(expected.statistics.parallel_windows == 0);
  for (const std::uint32_t threads : {2u, 3u}) {
    INFO(threads << " threads");
    const Outcome got = run_with(threads, habits, until);
    CHECK(got.hashes == expected.hashes);
    CHECK(got.seen == expected.seen);
    CHECK(got.statistics.windows == expected.statistics.windows);
    CHECK(got.statistics.visits == expected.statistics.visits);
    CHECK(got.statistics.parallel_windows > 20);
  }
}

TEST_CASE("messages of one instant come in the order of their senders, then as they were sent") {
  // Node 3 is the receiver. Sent for 20 ms: by node 2 first, then by 0 (twice) and by 1.
  ScriptedNode n0({{at(4ms), [](Outbox& outbox) {
                      outbox.send(NodeId{3}, at(20ms), 0, Parcel{1});
                      outbox.send(NodeId{3}, at(25ms), 0, Parcel{5});
                      outbox.send(NodeId{3}, at(20ms), 0, Parcel{2});
                    }}});
  ScriptedNode n1({send_at(at(2ms), 3, at(20ms), 3)});
  ScriptedNode n2({send_at(at(1ms), 3, at(20ms), 4), send_at(at(12ms), 3, at(22ms), 6)});
  ScriptedNode receiver;
  LocalExchange exchange;
  Engine engine({&n0, &n1, &n2, &receiver}, {10ms, 1}, exchange);
  engine.run(at(1s));
  REQUIRE(receiver.visits.size() == 1);
  std::vector<std::uint64_t> order;
  for (const Message& message : receiver.visits[0].inbox) {
    order.push_back(message.as<Parcel>().value);
  }
  CHECK(order == std::vector<std::uint64_t>{1, 2, 3, 4, 6, 5});
}

}  // namespace engine_order_test
