// The arrivals of the cells that a PoP holds, slot by slot, in order of time. Cells may come and go
// between slots, and the arrivals of some may be lost on their way.
// Does not know servers or caches.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/models/replay/trace_dealer.hpp>
#include <cdnsim/models/workload/demand.hpp>

namespace cdnsim {

class ArrivalQueue {
 public:
  static constexpr std::size_t kMostCells = (1u << 15) - 1;

  // What a trace says of the object of an arrival.
  struct Traced {
    std::int64_t bytes = 0;  // 0: by the law of its class
    std::uint32_t object = 0;
  };

  // `cells[i]` is the cell that arrivals name i. Nothing arrives at or after `end`. `traces` are
  // played beside the demand. REQUIRES: at most kMostCells; both outlive the queue.
  ArrivalQueue(const Demand& demand, std::vector<HeldCell> cells, SimTime end,
               TraceDealer* traces = nullptr);

  // Of each cell only some classes, by content: somebody else serves the rest. REQUIRES: nothing
  // was drawn yet; as many as cells, empty ones for all; of a cell all classes that are traced or
  // none.
  void take_only(std::vector<std::vector<bool>> classes, const Catalogue& catalogue);
  // From `slot` on these classes of a cell, or all.
  // REQUIRES: take_only() was called; as for hold().
  void take_now(std::uint16_t cell, std::vector<bool> classes, std::int64_t slot);

  // When there is something to do: the first arrival, or the next slot's start when this slot's
  // arrivals are used up. SimTime::max() when no slot is left.
  SimTime next_at() const {
    if (next_ < batch_.size()) return batch_[next_].at();
    return slot_start();
  }
  bool needs_refill() const { return next_ == batch_.size(); }

  // Draws the next slot. REQUIRES: needs_refill() and slots are left.
  void refill();

  std::int64_t slot_at(SimTime time) const { return time.time_since_epoch() / demand_->slot(); }
  // From `slot` on a cell is held here, as all are at first, or elsewhere.
  // REQUIRES: needs_refill(), and all slots before were drawn in which cells were held.
  void hold(std::uint16_t cell, bool held, std::int64_t slot);
  bool is_held(std::uint16_t cell) const { return states_[cell].held && !states_[cell].mirrored; }
  // From the next slot on its arrivals are lost, or come again.
  void lose(std::uint16_t cell, bool lost);
  // From `slot` on a cell that is held elsewhere is mirrored here, or no more. REQUIRES: as of
  // hold().
  void mirror(std::uint16_t cell, bool on, std::int64_t slot);
  // The first of what is mirrored of the present slot. It comes before the next slot is drawn, and
  // whoever holds nothing but mirrored cells draws slot by slot as well.
  SimTime next_mirrored() const {
    return next_mirrored_ < mirrored_.size() ? mirrored_[next_mirrored_].at() : SimTime::max();
  }
  // REQUIRES: there is one.
  Arrival take_mirrored() { return mirrored_[next_mirrored_++]; }
  // What was lost of the present slot, in no order of time.
  const std::vector<Arrival>& lost() const { return lost_; }

  const Demand& demand() const { return *demand_; }
  const std::vector<HeldCell>& cells() const { return cells_; }
  const std::vector<Arrival>& batch() const { return batch_; }
  // REQUIRES: `arrival` is of the present batch and of a class that is traced: there its `object`
  // is not the object's number but says where to find it.
  const Traced& traced(const Arrival& arrival) const { return traced_[arrival.object]; }
  std::size_t position() const { return next_; }
  void advance_to(std::size_t position) { next_ = position; }

 private:
  SimTime slot_start() const {
    if (held_ == 0 || next_slot_ == TraceDealer::kNoSlot) return SimTime::max();
    const SimTime start{next_slot_ * demand_->slot()};
    return start < end_ ? start : SimTime::max();
  }
  // Who is held now, and whose arrivals are lost.
  void regroup();
  void part_lost();
  void part_mirrored();
  // Returns the next slot in which traces may have more.
  std::int64_t append_traced();
  void leave_others();
  bool takes_traces(const std::vector<bool>& classes) const;
  void sort_by_time(SimTime start);

  // The held cells of one audience, which have their rates in common.
  struct Group {
    std::uint32_t audience = 0;
    std::vector<LabelledCell> cells;
  };

  const Demand* demand_;
  TraceDealer* traces_;
  std::vector<HeldCell> cells_;
  struct State {
    bool held = true;
    bool lost = false;
    bool mirrored = false;  // held as a copy
  };
  std::vector<State> states_;  // by cell
  std::size_t held_;           // cells
  bool has_changed_ = false;
  bool loses_ = false;
  bool mirrors_ = false;
  std::vector<Group> groups_;       // of those that are held
  std::vector<HeldCell> now_held_;  // of those, whose traces are taken; what they are called
  std::vector<std::uint16_t> names_;
  std::vector<std::vector<bool>> classes_;  // by cell, where some are served in part
  std::vector<bool> takes_traces_;          // likewise
  std::vector<bool> traced_classes_;        // by content
  SimTime end_;
  std::int64_t next_slot_ = 0;
  std::size_t next_ = 0;
  std::vector<Arrival> batch_;
  std::vector<Arrival> drawn_;
  std::vector<Arrival> lost_;
  std::vector<Arrival> mirrored_;
  std::size_t next_mirrored_ = 0;
  std::vector<DealtRequest> dealt_;
  std::vector<Traced> traced_;
  std::vector<std::uint32_t> starts_;
};

}  // namespace cdnsim
