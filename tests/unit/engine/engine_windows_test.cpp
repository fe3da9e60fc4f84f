// Windows: who is visited, which are skipped, what the run's end cuts off, and what is refused.

#include <string>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/engine/engine.hpp>
#include <tests/support/catch.hpp>

#include "toy_nodes.hpp"

namespace engine_windows_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr Duration kWindow = 10ms;

std::vector<SimTime> horizons_of(const ScriptedNode& node) {
  std::vector<SimTime> horizons;
  for (const auto& visit : node.visits) horizons.push_back(visit.horizon);
  return horizons;
}

// An engine over scripted nodes that notes the start of each window.
struct Bench {
  explicit Bench(std::vector<Node*> nodes, std::uint32_t threads = 1)
      : engine(std::move(nodes), {kWindow, threads}, exchange) {}
  void run(SimTime until) {
    engine.run(until, [this](SimTime start) { starts.push_back(start); });
  }
  LocalExchange exchange;
  Engine engine;
  std::vector<SimTime> starts;
};

// The lowest of several participants: it has work at one moment, elsewhere.
class SharedExchange final : public Exchange {
 public:
  explicit SharedExchange(SimTime elsewhere) : elsewhere_(elsewhere) {}
  void deliver(std::span<OutboxShards> outboxes, std::span<Mailbox> mailboxes,
               WorkerPool& pool) override {
    ++delivered;
    local_.deliver(outboxes, mailboxes, pool);
  }
  SimTime agree_on_earliest(SimTime mine) override {
    if (elsewhere_ > mine) return mine;
    return std::exchange(elsewhere_, SimTime::max());
  }
  int delivered = 0;

 private:
  LocalExchange local_;
  SimTime elsewhere_;
};

TEST_CASE("only nodes with work are visited, and empty windows are skipped") {
  ScriptedNode sender({send_at(at(3ms), 1, at(24ms)), nothing_at(at(5s))});
  ScriptedNode receiver;
  ScriptedNode idle;
  Bench bench({&sender, &receiver, &idle});
  bench.run(at(10s));
  CHECK(horizons_of(sender) == std::vector<SimTime>{at(10ms), at(5010ms)});
  CHECK(horizons_of(receiver) == std::vector<SimTime>{at(30ms)});
  CHECK(idle.visits.empty());
  CHECK(bench.starts == std::vector<SimTime>{at(0ms), at(20ms), at(5000ms)});
  CHECK(bench.engine.statistics().windows == 3);
  CHECK(bench.engine.statistics().visits == 3);
}

TEST_CASE("a node with work and messages in one window is visited once") {
  ScriptedNode sender({send_at(at(1ms), 1, at(12ms)), send_at(at(2ms), 1, at(19ms))});
  ScriptedNode receiver({nothing_at(at(11ms)), nothing_at(at(15ms))});
  Bench bench({&sender, &receiver});
  bench.run(at(1s));
  REQUIRE(receiver.visits.size() == 1);
  CHECK(receiver.visits[0].inbox.size() == 2);
  CHECK(bench.engine.statistics().visits == 2);
}

TEST_CASE("a message far beyond the mailbox's ring comes in its own window") {
  // 64 windows are 640 ms; 65 s and 7 min lie far beyond, and 639 ms and 640 ms at the edge.
  ScriptedNode sender({send_at(at(0ms), 1, at(65s), 3), send_at(at(0ms), 1, at(7min), 4),
                       send_at(at(0ms), 1, at(639ms), 1), send_at(at(0ms), 1, at(640ms), 2)});
  ScriptedNode receiver;
  Bench bench({&sender, &receiver});
  bench.run(at(1h));
  CHECK(horizons_of(receiver) ==
        std::vector<SimTime>{at(640ms), at(650ms), at(65s + 10ms), at(7min + 10ms)});
  std::uint64_t expected = 1;
  for (const auto& visit : receiver.visits) {
    REQUIRE(visit.inbox.size() == 1);
    CHECK(visit.inbox[0].as<Parcel>().value == expected++);
  }
}

SCENARIO("the run ends inside a window") {
  GIVEN("messages before and after the end, in the window that it cuts short") {
    ScriptedNode sender({send_at(at(1ms), 1, at(24ms), 1), send_at(at(1ms), 1, at(25ms), 2),
                         send_at(at(1ms), 1, at(26ms), 3), send_at(at(1ms), 1, at(2s), 4)});
    ScriptedNode receiver({nothing_at(at(25ms))});
    Bench bench({&sender, &receiver});
    bench.run(at(25ms));
    THEN("what is due before the end happens, and nothing at it or after") {
      REQUIRE(receiver.visits.size() == 1);
      CHECK(receiver.visits[0].horizon == at(25ms));
      REQUIRE(receiver.visits[0].inbox.size() == 1);
      CHECK(receiver.visits[0].inbox[0].as<Parcel>().value == 1);
      CHECK(receiver.next_work() == at(25ms));
    }
    THEN("the rest is still under way") {
      std::vector<std::uint64_t> values;
      bench.engine.mailboxes()[1].for_each(
          [&](const Message& message) { values.push_back(message.as<Parcel>().value); });
      std::sort(values.begin(), values.end());
      CHECK(values == std::vector<std::uint64_t>{2, 3, 4});
      CHECK(bench.engine.mailboxes()[1].size() == 3);
    }
  }
  GIVEN("nothing before the end") {
    ScriptedNode node({nothing_at(at(25ms))});
    Bench bench({&node});
    bench.run(at(25ms));
    THEN("there is no window") { CHECK(bench.engine.statistics().windows == 0); }
  }
}

SCENARIO("a message that takes less than the lookahead is our mistake") {
  const auto run_one = [](SimTime arrives, SimTime until) {
    ScriptedNode sender({send_at(at(3ms), 1, arrives)});
    ScriptedNode receiver;
    Bench bench({&sender, &receiver});
    bench.run(until);
  };
  THEN("it may arrive at the window's end") { CHECK_NOTHROW(run_one(at(10ms), at(1s))); }
  THEN("it may not arrive before") {
    CHECK_THROWS_AS(run_one(at(10ms) - Duration{1}, at(1s)), InternalError);
  }
  THEN("a window that the run's end cuts short is as long as any other in this") {
    CHECK_THROWS_AS(run_one(at(7ms), at(5ms)), InternalError);
    CHECK_NOTHROW(run_one(at(10ms), at(5ms)));
  }
}

TEST_CASE("a node that leaves something undone in its window is our mistake") {
  class Lazy final : public Node {
    void advance(SimTime, std::span<const Message>, Outbox&) override {}
    SimTime next_work() const override { return at(3ms); }
  };
  Lazy lazy;
  Bench bench({&lazy});
  CHECK_THROWS_AS(bench.run(at(1s)), InternalError);
}

SCENARIO("a node that no message reaches soon goes ahead of the others") {
  // Node 1 is 35 ms from everybody: three whole windows.
  ScriptedNode near({nothing_at(at(1ms)), nothing_at(at(11ms)), nothing_at(at(41ms))});
  ScriptedNode far({nothing_at(at(2ms)), nothing_at(at(12ms)), nothing_at(at(45ms))});
  LocalExchange exchange;
  std::vector<SimTime> starts;
  GIVEN("no barrier") {
    Engine engine({&near, &far}, {kWindow, 1, {kWindow, 35ms}, Duration{0}}, exchange);
    engine.run(at(1s), [&](SimTime start) { starts.push_back(start); });
    THEN("it takes three windows at once") {
      CHECK(horizons_of(far) == std::vector<SimTime>{at(30ms), at(70ms)});
      CHECK(horizons_of(near) == std::vector<SimTime>{at(10ms), at(20ms), at(50ms)});
    }
    THEN("the start of each window is told as before") {
      CHECK(starts == std::vector<SimTime>{at(0ms), at(10ms), at(40ms)});
    }
  }
  GIVEN("a barrier every 20 ms") {
    Engine engine({&near, &far}, {kWindow, 1, {kWindow, 35ms}, 20ms}, exchange);
    engine.run(at(1s), [&](SimTime start) {
      starts.push_back(start);
      for (const SimTime horizon : horizons_of(far)) {
        CHECK(horizon.time_since_epoch() <= (start.time_since_epoch() + 19ms) / 20ms * 20ms);
      }
    });
    THEN("when a window starts, nobody has run into it") {
      CHECK(starts == std::vector<SimTime>{at(0ms), at(10ms), at(40ms)});
    }
    THEN("nobody runs past it") {
      CHECK(horizons_of(far) == std::vector<SimTime>{at(20ms), at(60ms)});
    }
  }
}

TEST_CASE("a reach below the lookahead, or a barrier inside a window, is our mistake") {
  LocalExchange exchange;
  ScriptedNode node;
  CHECK_THROWS_AS(Engine({&node}, {kWindow, 1, {kWindow - Duration{1}}, Duration{0}}, exchange),
                  InternalError);
  CHECK_THROWS_AS(Engine({&node}, {kWindow, 1, {}, 25ms}, exchange), InternalError);
}

TEST_CASE("a message that comes sooner than its node's reach is our mistake") {
  ScriptedNode sender({nothing_at(at(1ms)), send_at(at(11ms), 1, at(25ms))});
  ScriptedNode receiver({nothing_at(at(2ms))});
  LocalExchange exchange;
  Engine engine({&sender, &receiver}, {kWindow, 1, {kWindow, 30ms}, Duration{0}}, exchange);
  CHECK_THROWS_AS(engine.run(at(1s)), InternalError);
}

TEST_CASE("a lookahead of nothing is our mistake") {
  LocalExchange exchange;
  ScriptedNode node;
  CHECK_THROWS_AS(Engine({&node}, {Duration{0}, 1}, exchange), InternalError);
}

SCENARIO("a window with enough work is shared between threads") {
  const auto parallel_windows = [](std::uint64_t work, std::size_t nodes, std::uint32_t threads) {
    std::vector<std::unique_ptr<ScriptedNode>> scripted;
    std::vector<Node*> pointers;
    for (std::size_t i = 0; i < nodes; ++i) {
      scripted.push_back(std::make_unique<ScriptedNode>(
          std::vector<ScriptedNode::Step>{nothing_at(at(1ms)), nothing_at(at(11ms)),
                                          nothing_at(at(21ms))},
          work));
      pointers.push_back(scripted.back().get());
    }
    Bench bench(pointers, threads);
    bench.run(at(1s));
    CHECK(bench.engine.statistics().windows == 3);
    CHECK(bench.engine.statistics().visits == 3 * nodes);
    return bench.engine.statistics().parallel_windows;
  };
  // How much work there is in a window is guessed from each node's last one: not in the first.
  THEN("much work is") { CHECK(parallel_windows(1000, 4, 2) == 2); }
  THEN("little work is not") { CHECK(parallel_windows(1, 4, 2) == 0); }
  THEN("a single node is not") { CHECK(parallel_windows(1000, 1, 2) == 0); }
  THEN("one thread shares with nobody") { CHECK(parallel_windows(1000, 4, 1) == 0); }
}

TEST_CASE("what a node throws in a worker comes out of run() as it was") {
  for (const std::uint32_t threads : {1u, 2u, 3u}) {
    INFO(threads << " threads");
    std::vector<std::unique_ptr<ScriptedNode>> scripted;
    std::vector<Node*> pointers;
    for (int i = 0; i < 8; ++i) {
      const auto complain = [i](Outbox&) {
        if (i == 5) throw UserError("node 5 has had enough");
      };
      scripted.push_back(std::make_unique<ScriptedNode>(
          std::vector<ScriptedNode::Step>{nothing_at(at(1ms)), {at(11ms), complain}}, 1000));
      pointers.push_back(scripted.back().get());
    }
    Bench bench(pointers, threads);
    std::string message;
    try {
      bench.run(at(1s));
    } catch (const UserError& error) {
      message = error.what();
    }
    CHECK(message == "node 5 has had enough");
  }
}

TEST_CASE("a window that somebody else asked for visits nobody here") {
  ScriptedNode node({nothing_at(at(42ms))});
  SharedExchange exchange(at(15ms));
  Engine engine({&node}, {kWindow, 1}, exchange);
  std::vector<SimTime> starts;
  engine.run(at(1s), [&](SimTime start) { starts.push_back(start); });
  CHECK(starts == std::vector<SimTime>{at(10ms), at(40ms)});
  CHECK(exchange.delivered == 2);  // with nothing to deliver too: others may have something
  CHECK(engine.statistics().windows == 2);
  CHECK(engine.statistics().visits == 1);
}

}  // namespace engine_windows_test
