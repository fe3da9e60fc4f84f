// Which PoP each cell should ask, by what it costs: how far, how full, how sound. Decides now and
// then, and moves no more than it must.
// Does not know messages, the DNS or nodes. README.md has the cost and what holds it back.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/models/network/background_spec.hpp>
#include <cdnsim/models/steering/engine_spec.hpp>

namespace cdnsim {

// Why a cell moved: it had to, or that saved the largest part of its cost.
enum class MoveReason : std::uint8_t {
  unreachable,  // its PoP is out of steering, or no way leads there any more
  silent,       // nothing was heard of its PoP
  proximity,
  load,
  network,
  health,
  kCount
};
// Why one that would be better off elsewhere stayed.
enum class HeldBack : std::uint8_t { gain, stay, share, kCount };

inline constexpr std::size_t kMoveReasons = static_cast<std::size_t>(MoveReason::kCount);
inline constexpr std::size_t kHeldBacks = static_cast<std::size_t>(HeldBack::kCount);
inline constexpr std::array<std::string_view, kMoveReasons> kMoveReasonNames = {
    "unreachable", "silent", "proximity", "load", "network", "health"};
inline constexpr std::array<std::string_view, kHeldBacks> kHeldBackNames = {"gain", "stay",
                                                                            "share"};

// A PoP that may serve a network, and the way there.
struct SteeringOption {
  std::uint32_t pop = 0;
  double round_trip_ms = 0;
  std::vector<std::uint32_t> ports = {};  // that answers cross
};

struct SteeringPort {
  double bits_per_second = 0;
  const BackgroundSpec* background = nullptr;
};

// What a PoP says of itself.
struct PopReport {
  double most_requests = std::numeric_limits<double>::infinity();  // per second, of its servers
  double most_bytes = std::numeric_limits<double>::infinity();     // likewise
  double failed_share = 0;
};

class DecisionEngine {
 public:
  struct Cell {
    std::uint32_t client = 0;
    std::uint32_t pop = 0;  // that it asks at first
  };
  struct Move {
    std::uint32_t cell = 0;
    std::uint32_t from = 0;
    std::uint32_t to = 0;
    MoveReason reason{};
  };
  struct Decision {
    std::vector<Move> moves;
    std::array<std::uint64_t, kHeldBacks> held_back{};
  };

  DecisionEngine(const EngineSpec& spec, std::vector<Cell> cells, std::size_t pops,
                 std::vector<SteeringPort> ports);

  // Whom a network may ask from now on. One of whom nobody is left asks whom it asked.
  void set_options(std::vector<std::vector<SteeringOption>> by_client);
  void hear_cell(std::uint32_t cell, double requests_per_second, double bytes_per_second);
  void hear_pop(std::uint32_t pop, const PopReport& report);
  // A report of it is missing.
  void miss_pop(std::uint32_t pop) { ++pops_[pop].missed; }

  // What is decided counts from then on as if it had happened.
  Decision decide(SimTime now);
  // A cell that moves arrives at `at`, and stays for a while.
  void settles(std::uint32_t cell, SimTime at) { cells_[cell].free_at = at + spec_.least_stay; }

  std::uint32_t pop_of(std::uint32_t cell) const { return cells_[cell].pop; }
  // How full its servers would be by what is decided; 1 is full.
  double load_of(std::uint32_t pop) const;

 private:
  struct State {
    std::uint32_t client = 0;
    std::uint32_t pop = 0;
    double requests = 0;  // per second
    double bytes = 0;
    SimTime free_at = SimTime::min();
  };
  struct Pop {
    PopReport report;
    std::uint32_t missed = 0;
    double requests = 0;  // per second, of the cells that ask it
    double bytes = 0;
  };
  struct Port {
    SteeringPort spec;
    double left = 0;   // bit/s that background leaves, at the time of the decision
    double bytes = 0;  // per second
  };
  // By what a MoveReason may be.
  using Costs = std::array<double, kMoveReasons>;
  struct Wish {
    std::uint32_t cell = 0;
    double gain = 0;  // ms
    const SteeringOption* to = nullptr;
    MoveReason reason{};
  };

  void add_up(SimTime now);
  void add_cell(const State& cell, const SteeringOption* option, double sign);
  const SteeringOption* option_of(const State& cell) const;
  bool is_silent(std::uint32_t pop) const { return pops_[pop].missed >= spec_.silent_after; }
  double penalty(double used, double most) const;
  // `here`: the way that the cell has now, if any.
  Costs costs_of(const State& cell, const SteeringOption& option, const SteeringOption* here) const;
  // The best other PoP, if it is better at all; or one where it cannot stay.
  std::optional<Wish> wish_of(std::uint32_t index) const;
  bool is_forced(const Wish& wish) const { return wish.reason <= MoveReason::silent; }
  void move(const Wish& wish, Decision& decision);

  EngineSpec spec_;
  std::vector<State> cells_;
  std::vector<Pop> pops_;
  std::vector<Port> ports_;
  std::vector<std::vector<SteeringOption>> options_;  // by client
};

}  // namespace cdnsim
