// Nodes for tests of the engine: one follows a script, one hashes what it sees and sends on.
// Does not know caches; what a node does depends on its script or its own past alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/engine/node.hpp>

namespace cdnsim::test {

constexpr SimTime at(Duration since_start) { return kTimeZero + since_start; }

struct Parcel {
  std::uint64_t value = 0;
};

// Does a list of things at given times, and remembers when it was visited and with what.
class ScriptedNode final : public Node {
 public:
  struct Step {
    SimTime at{};
    std::function<void(Outbox&)> act;
  };
  struct Visit {
    SimTime horizon{};
    std::vector<Message> inbox;
  };

  explicit ScriptedNode(std::vector<Step> steps = {}, std::uint64_t work = 1)
      : steps_(std::move(steps)), work_(work) {}

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override {
    visits.push_back(Visit{horizon, {inbox.begin(), inbox.end()}});
    for (; next_ < steps_.size() && steps_[next_].at < horizon; ++next_) steps_[next_].act(outbox);
    outbox.note_work(work_);
  }
  SimTime next_work() const override {
    return next_ < steps_.size() ? steps_[next_].at : SimTime::max();
  }

  std::vector<Visit> visits;

 private:
  std::vector<Step> steps_;
  std::size_t next_ = 0;
  std::uint64_t work_;
};

inline ScriptedNode::Step nothing_at(SimTime when) {
  return {when, [](Outbox&) {}};
}
inline ScriptedNode::Step send_at(SimTime when, std::uint32_t to, SimTime arrives,
                                  std::uint64_t value = 0) {
  return {when, [=](Outbox& outbox) { outbox.send(NodeId{to}, arrives, 0, Parcel{value}); }};
}

// What all hashing nodes of a network have in common.
struct Habits {
  std::uint32_t nodes = 0;
  Duration lookahead{};
  std::uint32_t fan_out = 1;         // messages sent at each of its own ticks
  std::int64_t furthest = 200;       // lookaheads that the slowest message takes
  Duration period{};                 // between its own ticks, roughly
  Duration grain = 50us;             // of all times, so that equal ones are common
  std::uint64_t answers_in_16 = 10;  // how many of sixteen messages are answered
  std::vector<Duration> reach{};     // by node: no message to it takes less; empty = the lookahead
};

// Folds every message and every tick of its own into one number, and lets that number say whom to
// write to next and how long it takes. One message out of order changes all that follows.
class HashingNode final : public Node {
 public:
  struct Event {
    SimTime at{};
    std::uint32_t from = 0;
    std::uint32_t sequence = 0;
    std::uint64_t value = 0;
    friend bool operator==(const Event&, const Event&) = default;
  };

  HashingNode(std::uint32_t self, const Habits& habits)
      : habits_(habits), hash_(mix64(self + 1)), next_tick_(at(habits.grain * self)) {}

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override {
    for (const Message& message : inbox) {
      tick_before(message.at, outbox);
      take(message, outbox);
    }
    tick_before(horizon, outbox);
    outbox.note_work(inbox.size() + 1);
  }
  SimTime next_work() const override { return next_tick_; }

  const std::vector<Event>& seen() const { return seen_; }
  std::uint64_t hash() const { return hash_; }

 private:
  void take(const Message& message, Outbox& outbox) {
    const auto parcel = message.as<Parcel>();
    seen_.push_back(Event{message.at, index_of(message.from), message.sequence, parcel.value});
    fold(static_cast<std::uint64_t>(message.at.time_since_epoch().count()));
    fold(index_of(message.from));
    fold(message.sequence);
    fold(parcel.value);
    if (hash_ % 16 < habits_.answers_in_16) send(message.at, outbox);
  }
  void tick_before(SimTime time, Outbox& outbox) {
    while (next_tick_ < time) {
      fold(static_cast<std::uint64_t>(next_tick_.time_since_epoch().count()));
      for (std::uint32_t i = 0; i < habits_.fan_out; ++i) send(next_tick_, outbox);
      const auto period = static_cast<std::uint64_t>(habits_.period.count());
      next_tick_ += rounded(period / 2 + hash_ % period) + habits_.grain;
    }
  }
  void send(SimTime now, Outbox& outbox) {
    fold(1);
    const auto to = static_cast<std::uint32_t>((hash_ >> 8) % habits_.nodes);
    const auto most = static_cast<std::uint64_t>(habits_.lookahead.count() * habits_.furthest);
    const Duration least = habits_.reach.empty() ? habits_.lookahead : habits_.reach[to];
    outbox.send(NodeId{to}, now + least + rounded(mix64(hash_) % most), 0, Parcel{hash_});
  }
  Duration rounded(std::uint64_t ns) const {
    return Duration{static_cast<std::int64_t>(ns)} / habits_.grain * habits_.grain;
  }
  void fold(std::uint64_t value) { hash_ = hash_combine(hash_, value); }

  Habits habits_;
  std::uint64_t hash_;
  SimTime next_tick_;
  std::vector<Event> seen_;
};

}  // namespace cdnsim::test
