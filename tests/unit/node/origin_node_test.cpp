// An origin answers after its service time, as many a second as it can, and refuses the rest.

#include <cmath>
#include <cstring>
#include <vector>

#include <cdnsim/models/node/origin_node.hpp>
#include <tests/support/catch.hpp>

#include "node_bench.hpp"

namespace origin_node_test {

using namespace cdnsim;
using namespace cdnsim::test;

// An origin alone, asked by one shield 10 ms away, whose objects take 1 ns to send.
class OriginBench {
 public:
  struct Answer {
    SimTime at{};  // at the shield
    Reply reply;
  };

  explicit OriginBench(const OriginSpec& spec, Duration link_delay = 10ms, Duration warmup = 0s)
      : catalogue_(1, {{"pages", pages()}}, {}) {
    const auto shield = topology_.add_place(PlaceKind::shield, "shield");
    const auto origin = topology_.add_place(PlaceKind::origin, "origin");
    LinkSpec link;
    link.from = "origin";
    link.to = "shield";
    link.delay = link_delay;
    link.capacity = BitRate{8'000'000'000'000};
    topology_.add_link("link", link);
    node_ = std::make_unique<OriginNode>("origin", spec, catalogue_,
                                         std::make_unique<Recorder>(0, 1, at(warmup)), 1ms);
    node_->add_asker(NodeId{0},
                     node_->egress().add_route(topology_, way_between(topology_, origin, shield),
                                               BitRate::max(), 0ms));
  }

  void ask(Duration when, std::uint32_t object = 0) {
    Fetch fetch;
    fetch.object = object;
    fetch.key = object + 100;
    fetch.token = FlightToken::of(fetch.key, FlightId{++asked_}, 0);
    Message message;
    message.at = at(when);
    message.from = NodeId{0};
    message.to = NodeId{1};
    message.kind = static_cast<std::uint32_t>(MessageKind::fetch);
    std::memcpy(message.payload.data(), &fetch, sizeof(fetch));
    inbox_.push_back(message);
  }
  void schedule(Duration when, bool is_down) {
    node_->schedule(Action{at(when), 0, NodeSwitch{is_down}});
  }
  // REQUIRES: asked in the order of time.
  void run(Duration until) {
    OutboxShards sent(1);
    Outbox outbox(sent, NodeId{1}, sequence_, kTimeZero);
    node_->advance(at(until), inbox_, outbox);
    inbox_.clear();
    for (const Message& message : sent.shard(0)) {
      answers.push_back(Answer{message.at, message.as<Reply>()});
    }
    CHECK(node_->next_work() >= at(until));
  }
  std::vector<Duration> times(Status status) const {
    std::vector<Duration> list;
    for (const Answer& answer : answers) {
      if (answer.reply.status == status) list.push_back(answer.at.time_since_epoch());
    }
    return list;
  }
  const OriginNode& node() const { return *node_; }
  ClassCounts counts() const { return node_->recorder().total(Phase::measured); }

  std::vector<Answer> answers;

 private:
  static ContentSpec pages() {
    ContentSpec spec;
    spec.objects = 1000;
    spec.size.law = FixedSize{Bytes{1000}};
    spec.origin = "origin";
    return spec;
  }
  Catalogue catalogue_;
  Topology topology_;
  std::unique_ptr<OriginNode> node_;
  std::uint32_t sequence_ = 0;
  std::uint64_t asked_ = 0;
  std::vector<Message> inbox_;
};

using Times = std::vector<Duration>;

TEST_CASE("an origin answers each request after its service time, all at once if need be") {
  OriginSpec spec;
  spec.service_time = 40ms;
  OriginBench bench(spec);
  bench.ask(0ms);
  bench.ask(0ms, 5);
  bench.ask(7ms);
  bench.run(1s);
  CHECK(bench.times(Status::ok) == Times{50ms, 50ms + Duration{1}, 57ms});
  REQUIRE(bench.answers.size() == 3);
  CHECK(bench.answers[1].reply.key == 105);
  CHECK(bench.answers[1].reply.token.id().value == 2);
  CHECK(bench.answers[1].reply.bytes == 1000);
  CHECK(bench.answers[1].reply.age_ns == 0);
  CHECK(bench.answers[0].reply.last_byte_at == at(50ms) + Duration{1});
  CHECK(bench.counts()[Outcome::hit] == 3);
  CHECK(bench.counts().bytes_served == 3000);
}

TEST_CASE("a request of the warm-up is one of the warm-up when it is answered, too") {
  OriginSpec spec;
  spec.service_time = 40ms;
  OriginBench bench(spec, 10ms, 1s);
  bench.ask(1s - Duration{1});
  bench.ask(1s);
  bench.run(2s);
  CHECK(bench.counts()[Outcome::hit] == 1);
  CHECK(bench.counts()[Status::ok] == 1);
  CHECK(bench.counts().bytes_served == 1000);
  CHECK(bench.counts().bytes_hit == 1000);
}

TEST_CASE("what is not answered yet waits") {
  OriginBench bench(OriginSpec{});
  bench.ask(0ms);
  bench.run(30ms);
  CHECK(bench.answers.empty());
  CHECK(bench.node().next_work() == at(40ms));
  CHECK(bench.node().flows().waiters_waiting == 1);
  bench.run(41ms);
  CHECK(bench.answers.size() == 1);
  CHECK(bench.node().flows().waiters_waiting == 0);
  CHECK(bench.node().flows().waiters_released == 1);
}

SCENARIO("an origin that can start ten requests a second and lets none wait over 250 ms") {
  OriginSpec spec;
  spec.service_time = 40ms;
  spec.capacity = Rate{10};
  spec.max_wait = 250ms;
  OriginBench bench(spec);
  GIVEN("five requests at once") {
    for (int i = 0; i < 5; ++i) bench.ask(0ms);
    bench.run(50ms);
    THEN("those who would wait 300 ms and more get an error at once") {
      const Times refused = bench.times(Status::error);
      REQUIRE(refused.size() == 2);
      CHECK(refused[0] == 10ms);
      CHECK(bench.counts()[Outcome::shed] == 2);
      CHECK(bench.counts()[Status::error] == 2);
    }
    THEN("the others start 100 ms apart") {
      bench.run(1s);
      CHECK(bench.times(Status::ok) == Times{50ms, 150ms, 250ms});
      CHECK(bench.counts()[Outcome::hit] == 3);
    }
    THEN("who comes when the queue has shortened is served again") {
      bench.ask(60ms);  // the next start is at 300 ms: a wait of 240 ms
      bench.run(1s);
      CHECK(bench.times(Status::ok) == Times{50ms, 150ms, 250ms, 350ms});
    }
  }
}

SCENARIO("an origin with a rate limit of five requests a second") {
  OriginSpec spec;
  spec.rate_limit = Rate{5};
  OriginBench bench(spec);
  GIVEN("seven requests at once") {
    for (int i = 0; i < 7; ++i) bench.ask(0ms);
    bench.run(150ms);
    THEN("a second's burst is served and the rest is refused") {
      CHECK(bench.times(Status::ok).size() == 5);
      CHECK(bench.times(Status::rate_limited).size() == 2);
      CHECK(bench.counts()[Status::rate_limited] == 2);
      CHECK(bench.counts()[Outcome::shed] == 2);
    }
    THEN("every 200 ms one more is served") {
      bench.ask(199ms);
      bench.ask(200ms);
      bench.ask(201ms);
      bench.run(1s);
      CHECK(bench.times(Status::ok).size() == 6);
      CHECK(bench.times(Status::rate_limited).size() == 4);
    }
  }
}

TEST_CASE("an answer that would come too soon is held back, and counted") {
  OriginSpec spec;
  spec.service_time = 0s;
  OriginBench bench(spec, 200us);
  bench.ask(5ms);
  bench.run(1s);
  CHECK(bench.times(Status::ok) == Times{6ms});
  CHECK(bench.node().flows().delays_raised == 1);
}

TEST_CASE("a share of an origin's answers breaks off, each anywhere") {
  OriginSpec spec;
  spec.abort_ratio = Ratio{0.25};
  OriginBench bench(spec);
  for (std::uint32_t i = 0; i < 1000; ++i) {
    for (int k = 0; k < 4; ++k) bench.ask(i * 1ms, 0);
    bench.ask(i * 1ms, i % 1000);
  }
  bench.run(2s);
  REQUIRE(bench.answers.size() == 5000);
  // Of those for the object 0 that come at one moment all fare alike: what counts is the object,
  // the moment and the attempt.
  std::uint64_t broken = 0;
  std::int64_t bytes = 0, sent = 0;
  for (std::size_t i = 0; i < 5000; ++i) {
    const Reply& reply = bench.answers[i].reply;
    sent += reply.bytes;
    if (i % 5 != 4) {
      CHECK(reply.bytes == bench.answers[i - i % 5].reply.bytes);
      continue;
    }
    if (reply.bytes == 1000) continue;
    CHECK(reply.broken == (reply.bytes > 0));
    CHECK(reply.status == (reply.bytes > 0 ? Status::ok : Status::error));
    ++broken;
    bytes += reply.bytes;
  }
  // 250 of 1000, give or take 13.7, and half of their bytes, give or take 289 for each.
  CHECK(std::abs(static_cast<double>(broken) - 250) < 5 * 13.7);
  CHECK(std::abs(static_cast<double>(bytes) / static_cast<double>(broken) - 500) <
        5 * 289 / std::sqrt(static_cast<double>(broken)));
  CHECK(bench.node().egress().ledger().total(0).count() == sent);
  CHECK(bench.counts().bytes_served == static_cast<std::uint64_t>(sent));
}

SCENARIO("an origin goes down at 45 ms with requests under way, and is back at 100 ms") {
  OriginSpec spec;
  spec.service_time = 40ms;
  spec.capacity = Rate{50};  // one start in 20 ms
  OriginBench bench(spec);
  bench.schedule(45ms, true);
  bench.schedule(100ms, false);
  for (int i = 0; i < 8; ++i) bench.ask(0ms);  // starts at 0, 20, 40 ... 140 ms
  bench.ask(100ms);
  bench.run(1s);
  THEN("the first is answered, the others are lost at the moment at which it goes down") {
    CHECK(bench.times(Status::error) == Times(7, 55ms));
  }
  THEN("who comes when it is back does not wait for those who are gone") {
    CHECK(bench.times(Status::ok) == Times{50ms, 150ms});
  }
}

}  // namespace origin_node_test
