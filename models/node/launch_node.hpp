// Who launches a PoP: hears how it does, gives it its clients in stages, and takes them back when a
// criterion breaks. Clients that steering moves otherwise meanwhile, as when a PoP fails, it moves
// too.
// Does not know how a PoP is warmed, nor what PoPs do with what they are told.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <cdnsim/models/node/launch_payloads.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/operations/launch_spec.hpp>

namespace cdnsim {

class LaunchNode final : public ObservedNode {
 public:
  struct Pop {
    NodeId node{};
    Duration report_delay{0};
    Duration tell_delay{0};
    std::map<std::uint32_t, std::uint16_t> names;  // by cell: what it calls it
    bool gives = false;                            // clients to the one that is launched
  };
  struct Hold {
    SimTime from{};         // an edge of a slot
    std::uint32_t pop = 0;  // of the PoPs; the one that is launched is the first
  };
  // Who has it when, as steering would have it without the launch and with it.
  struct Cell {
    std::vector<Hold> before;
    std::vector<Hold> after;
    std::uint64_t phase = 0;  // at which part of the time to live it asks the DNS again
  };
  struct Timing {
    Duration slot{0};
    Duration convergence{0};
    std::int64_t ttl = 0;  // slots, by DNS; 0: all cells at once, when routing has converged
    Duration least_delay{0};
  };

  enum class State : std::uint8_t { waits, moves, launched, rolled_back };
  enum class Criterion : std::uint8_t { hardware, errors, hit_ratio, p95, kCount };
  static constexpr std::array<std::string_view, kCountOf<Criterion>> kCriteria = {
      "hardware", "errors", "hit_ratio", "p95"};

  struct Stage {
    std::size_t cells = 0;
    SimTime from = SimTime::max();
    SimTime until = SimTime::max();
    // Measured, after it has settled.
    std::uint64_t looked_up = 0, hits = 0, ended = 0, failed = 0;
    std::uint32_t servers_down = 0;
    std::map<std::uint32_t, std::uint64_t> latencies = {};  // users by microseconds
  };
  struct RollBack {
    Criterion criterion{};
    std::size_t stage = 0;
    double value = 0;
    double limit = 0;
    SimTime at{};
    SimTime back{};  // when the last cell is
  };
  // An interval at the PoP.
  struct AtPop {
    SimTime from{};
    std::uint64_t looked_up = 0;
    std::uint64_t hits = 0;
  };

  // Cells in the order in which they come. REQUIRES: PoPs name the cells that they may hold.
  LaunchNode(std::string id, LaunchSpec spec, const Timing& timing, std::vector<Pop> pops,
             std::vector<Cell> cells, std::unique_ptr<Recorder> recorder);

  void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) override;
  SimTime next_work() const override { return std::min(next_look_, next_change()); }
  CacheFlows flows() const override;
  void schedule(const Action&) override {}

  State state() const { return state_; }
  const std::vector<Stage>& stages() const { return stages_; }
  const std::optional<RollBack>& roll_back() const { return roll_back_; }
  const std::vector<AtPop>& served() const { return served_; }
  std::size_t cells() const { return cells_.size(); }
  double p95_before() const;  // ms; not a number when nobody was served
  SimTime warmed_at() const { return warmed_at_; }
  std::uint64_t warmed_objects() const { return warmed_objects_; }
  std::uint64_t warmed_bytes() const { return warmed_bytes_; }

  // Milliseconds; not a number when there was nobody.
  static double p95_of(const std::map<std::uint32_t, std::uint64_t>& latencies);

 private:
  using Latencies = std::map<std::uint32_t, std::uint64_t>;
  // What was reported of an interval, until all of it is in.
  struct Interval {
    std::optional<LaunchReport> report;  // of the PoP that is launched
    Latencies latencies;
    Latencies others;
  };
  struct Toggle {
    SimTime at{};
    bool in = false;
  };

  SimTime next_change() const { return changes_.empty() ? SimTime::max() : *changes_.begin(); }
  void work_before(SimTime time, Outbox& outbox);
  void hear(const Message& message);
  void look();
  void measure(const Interval& interval, SimTime from, SimTime until);
  void judge(SimTime now);
  std::optional<RollBack> broken() const;
  bool may_begin(SimTime now) const;
  void begin(std::size_t stage, SimTime now);
  // Gives the PoP the first so many cells, and no others; when the last of them has followed.
  SimTime move_to(std::size_t cells, SimTime now);
  void tell(SimTime now, Outbox& outbox);
  SimTime edge_from(SimTime time) const;
  std::uint32_t pop_of(const Cell& cell, const std::vector<Toggle>& toggles, SimTime at) const;

  LaunchSpec spec_;
  Timing timing_;
  std::vector<Pop> pops_;
  std::vector<Cell> cells_;
  std::vector<std::vector<Toggle>> toggles_;  // by cell
  std::vector<std::uint32_t> told_;           // by cell: who has it as last told
  Duration patience_{0};                      // the longest that a report takes
  Duration lead_{0};                          // the longest until a PoP has been told
  std::map<std::int64_t, Interval> open_;
  std::int64_t next_interval_ = 0;
  SimTime next_look_;
  std::set<SimTime> changes_;  // when PoPs are to be told of changes
  State state_ = State::waits;
  bool is_warm_ = false;
  std::uint32_t missing_ = 0;  // reports of the PoP, one after the other
  std::size_t stage_ = 0;
  std::vector<Stage> stages_;
  std::optional<RollBack> roll_back_;
  std::vector<AtPop> served_;
  Latencies before_;
  SimTime warmed_at_ = SimTime::max();
  std::uint64_t warmed_objects_ = 0;
  std::uint64_t warmed_bytes_ = 0;
};

}  // namespace cdnsim
