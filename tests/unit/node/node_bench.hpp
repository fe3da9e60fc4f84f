// One cache node alone between an asking PoP and an origin that a test plays by hand.
// Does not know the engine: it hands the node its messages window by window itself.
#pragma once

#include <algorithm>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/models/node/cache_node.hpp>
#include <cdnsim/models/node/payloads.hpp>
#include <tests/support/way_between.hpp>

namespace cdnsim::test {

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

// All links have a delay of 10 ms and send a byte in a picosecond, so that an object of 1000 bytes
// takes 1 ns. Servers work in no time unless told otherwise.
class NodeBench {
 public:
  static constexpr NodeId kPop{0}, kSelf{1}, kOrigin{2}, kSpare{3};
  static constexpr std::int64_t kObjectBytes = 1000;

  struct SentFetch {
    SimTime at{};  // when it reaches the origin
    Fetch fetch;
    NodeId to{};
  };
  struct SentReply {
    SimTime at{};  // when its first byte reaches the PoP
    Reply reply;
  };
  // How the origin answers.
  struct Answers {
    Duration after{40ms};
    Status status = Status::ok;
    Duration fills_for{0};  // between the first byte and the last
    Duration age{0};
    bool not_modified = false;
    bool refused = false;
    std::uint8_t passed = 0;
    std::optional<SimTime> made_at = {};            // when it leaves, unless said
    std::optional<std::int64_t> breaks_after = {};  // so many bytes, when fills_for is over
  };

  explicit NodeBench(const std::string& cache_control = "max-age=3600", TierSpec tier = idle_tier(),
                     Duration warmup = 0s, std::optional<Duration> updates = {},
                     std::uint32_t servers = 1)
      : catalogue_(1, {{"pages", pages(cache_control, updates)}}, {}),
        demand_(1, 100ms, {}, {}, catalogue_) {
    const auto pop = topology_.add_place(PlaceKind::pop, "pop");
    const auto self = topology_.add_place(PlaceKind::shield, "shield");
    LinkSpec link;
    link.from = "shield";
    link.to = "pop";
    link.delay = 10ms;
    link.capacity = BitRate{8'000'000'000'000};
    topology_.add_link("shield-pop", link);

    std::vector<RingMember> members;
    for (std::uint32_t i = 0; i < servers; ++i) members.push_back({"server " + std::to_string(i)});
    tier.virtual_nodes = 10;
    placement_ = make_placement(placement_text(tier), members).value;
    CacheNodeConfig config;
    config.servers = servers;
    config.id = "shield";
    config.role = NodeRole::shield;
    config.tier = tier;
    config.lots = DrawKey{7};
    config.least_delay = 1ms;
    node_ =
        std::make_unique<CacheNode>(std::move(config), *placement_, catalogue_,
                                    std::make_unique<Recorder>(1, catalogue_.size(), at(warmup)),
                                    ArrivalQueue(demand_, {}, at(24h)));
    node_->add_asker(kPop, node_->egress().add_route(topology_, way_between(topology_, self, pop),
                                                     BitRate::max(), 0ms));
    node_->add_upstream(0, Upstream{kOrigin, 10ms, false});
  }

  NodeBench(const NodeBench&) = delete;  // the node refers to its catalogue
  NodeBench& operator=(const NodeBench&) = delete;

  static TierSpec idle_tier() {
    TierSpec tier;
    tier.service_time = 0s;
    tier.memory = Bytes{1'000'000};
    return tier;
  }

  // The origin answers every fetch that reaches it from now on like this; nothing: not at all.
  void origin_answers(std::optional<Answers> how) { answers_ = how; }

  // Somebody else to ask, 10 ms away too, after those there are.
  void add_upstream(NodeId node, bool is_peer) {
    node_->add_upstream(0, Upstream{node, 10ms, is_peer});
  }
  void schedule(Duration when, const decltype(Action::what)& what) {
    node_->schedule(Action{at(when), 0, what});
  }
  const Catalogue& catalogue() const { return catalogue_; }

  // A fetch of the PoP arrives.
  void ask(Duration when, std::uint32_t object = 0, bool must_be_fresh = false) {
    Fetch fetch;
    fetch.object = object;
    fetch.key = catalogue_[0].key_of(object);
    fetch.token = FlightToken::of(fetch.key, FlightId{++asked_}, 0);
    fetch.must_be_fresh = must_be_fresh;
    add(at(when), kPop, MessageKind::fetch, fetch);
  }

  // The same, as `fetch` says.
  void ask(Duration when, Fetch fetch) {
    fetch.token = FlightToken::of(fetch.key, FlightId{++asked_}, 0);
    add(at(when), kPop, MessageKind::fetch, fetch);
  }

  // The origin's answer to one fetch arrives.
  void reply(Duration when, const SentFetch& to, const Answers& how) {
    Reply reply;
    reply.key = to.fetch.key;
    reply.token = to.fetch.token;
    reply.object = to.fetch.object;
    reply.content = to.fetch.content;
    reply.status = how.status;
    reply.bytes = how.status == Status::ok && !how.not_modified ? kObjectBytes : 0;
    if (how.breaks_after) {
      reply.broken = 1;
      reply.bytes = *how.breaks_after;
    }
    reply.not_modified = how.not_modified;
    reply.refused = how.refused;
    reply.passed = how.passed & 15;
    reply.made_at = how.made_at.value_or(at(when) - 10ms);
    reply.age_ns = how.age.count();
    reply.last_byte_at = at(when) + how.fills_for;
    add(at(when), to.to, MessageKind::reply, reply);
  }

  void run(Duration until) {
    while (true) {
      const SimTime next =
          std::min(node_->next_work(), inbox_.empty() ? SimTime::max() : inbox_.begin()->first);
      if (next >= at(until)) return;
      const SimTime end = next + Duration{1};
      std::vector<Message> due;
      while (!inbox_.empty() && inbox_.begin()->first < end) {
        due.push_back(inbox_.begin()->second);
        inbox_.erase(inbox_.begin());
      }
      OutboxShards sent(1);
      Outbox outbox(sent, kSelf, sequence_, end);
      node_->advance(end, due, outbox);
      for (const Message& message : sent.shard(0)) collect(message);
    }
  }

  // With all servers up.
  std::uint32_t owner_of(std::uint32_t object) const {
    const std::uint64_t key = catalogue_[0].key_of(object);
    return std::visit([&](const auto& family) { return family.owner(key); }, *placement_);
  }
  const CacheNode& node() const { return *node_; }
  ClassCounts counts(Phase phase = Phase::measured) const { return node_->recorder().total(phase); }
  std::uint64_t cause(MissCause why) const {
    return counts().causes[static_cast<std::size_t>(why)];
  }

  std::vector<SentFetch> fetches;  // in the order of sending
  std::vector<SentReply> answers;

 private:
  static ContentSpec pages(const std::string& cache_control, std::optional<Duration> updates) {
    ContentSpec spec;
    spec.updates = updates;
    spec.objects = 1000;
    spec.size.law = FixedSize{Bytes{kObjectBytes}};
    spec.origin = "origin";
    spec.cache_control = parse<CacheControl>(cache_control).value.value();
    return spec;
  }

  template <class Payload>
  void add(SimTime when, NodeId from, MessageKind kind, const Payload& payload) {
    Message message;
    message.at = when;
    message.from = from;
    message.to = kSelf;
    message.kind = static_cast<std::uint32_t>(kind);
    std::memcpy(message.payload.data(), &payload, sizeof(Payload));
    inbox_.emplace(when, message);
  }

  void collect(const Message& message) {
    if (message.kind == static_cast<std::uint32_t>(MessageKind::reply)) {
      answers.push_back(SentReply{message.at, message.as<Reply>()});
      return;
    }
    fetches.push_back(SentFetch{message.at, message.as<Fetch>(), message.to});
    if (!answers_) return;
    const SimTime back = message.at + answers_->after + 10ms;
    reply(back.time_since_epoch(), fetches.back(), *answers_);
  }

  Catalogue catalogue_;
  Demand demand_;
  Topology topology_;
  std::optional<Placement> placement_;
  std::unique_ptr<CacheNode> node_;
  std::uint32_t sequence_ = 0;
  std::uint64_t asked_ = 0;
  std::optional<Answers> answers_ = Answers{};
  std::multimap<SimTime, Message> inbox_;
};

}  // namespace cdnsim::test
