// Where the loads of all PoPs come together, and cells are told whom to ask: the engine that steers
// by load, as a node.
// Does not know how it is decided, nor what PoPs do with what they are told.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/steering/decision_engine.hpp>

namespace cdnsim {

// Whom networks may ask from some time on.
struct SteeringView {
  SimTime from{};
  std::vector<std::vector<SteeringOption>> options;  // by client network
};

class ControllerNode final : public ObservedNode {
 public:
  // A PoP as the controller knows it; `cells[i]` is which of all cells it calls i.
  struct Pop {
    NodeId node{};
    Duration report_delay{0};
    Duration tell_delay{0};
    std::vector<std::uint32_t> cells;
  };
  // One decision that moved cells.
  struct Round {
    SimTime at{};
    std::uint64_t moves = 0;
    std::uint64_t returns = 0;  // of them, to the PoP that the cell had left last
  };
  struct PopMoves {
    std::uint64_t first = 0;  // cells at the start
    std::uint64_t in = 0;
    std::uint64_t out = 0;
  };
  struct Counts {
    std::uint64_t decisions = 0;
    std::uint64_t returns = 0;
    std::array<std::uint64_t, kMoveReasons> reasons{};
    std::array<std::uint64_t, kHeldBacks> held_back{};
    std::vector<PopMoves> pops;
    std::vector<Round> rounds;
  };
  struct Timing {
    Duration report_every{0};
    Duration decide_every{0};
    Duration slot{0};
    std::int64_t ttl = 1;  // slots
    Duration least_delay{0};
  };

  // `phases` says by cell at which part of the time to live it asks again. Views come in the order
  // of time, the first from the start. REQUIRES: engine and PoPs number cells alike.
  ControllerNode(std::string id, const Timing& timing, DecisionEngine engine,
                 std::vector<std::uint64_t> phases, std::vector<SteeringView> views,
                 std::vector<Pop> pops, std::unique_ptr<Recorder> recorder);

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override { return next_decision_; }
  CacheFlows flows() const override;
  void schedule(const Action&) override {}

  const Counts& counts() const { return counts_; }

 private:
  // What was reported of an interval, until all of it is in.
  struct Interval {
    std::vector<std::uint64_t> requests;  // by cell
    std::vector<double> bytes;            // likewise, by the mean of the PoP
    std::vector<bool> is_reported;        // likewise
    std::vector<std::optional<PopReport>> pops;
    std::vector<double> bytes_of_request;  // by PoP
  };

  void decide_before(SimTime time, Outbox& outbox);
  void decide(Outbox& outbox);
  void on_report(const Message& message);
  void on_cells(const Message& message);
  Interval& interval(std::int64_t number);
  void settle(SimTime now);
  void tell(const DecisionEngine::Move& move, Outbox& outbox);
  std::size_t pop_at(NodeId node) const;

  Timing timing_;
  DecisionEngine engine_;
  std::vector<std::uint64_t> phases_;
  std::vector<SteeringView> views_;
  std::size_t next_view_ = 0;
  std::vector<Pop> pops_;
  std::vector<std::map<std::uint32_t, std::uint16_t>> names_;  // by PoP: what it calls a cell
  Duration patience_{0};                                       // the longest that a report takes
  Duration lead_{0};  // the longest until a PoP has been told
  std::map<std::int64_t, Interval> open_;
  std::int64_t next_settled_ = 0;
  std::vector<std::uint32_t> came_from_;  // by cell: which PoP it left last
  SimTime next_decision_;
  Counts counts_;
};

}  // namespace cdnsim
