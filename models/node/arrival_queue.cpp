#include <algorithm>
#include <bit>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/node/arrival_queue.hpp>

namespace cdnsim {

ArrivalQueue::ArrivalQueue(const Demand& demand, std::vector<HeldCell> cells, SimTime end,
                           TraceDealer* traces)
    : demand_(&demand),
      traces_(traces),
      cells_(std::move(cells)),
      states_(cells_.size()),
      held_(cells_.size()),
      end_(end) {
  CDNSIM_ASSERT(cells_.size() <= kMostCells, "a PoP holds fewer than 32768 cells");
  regroup();
}

void ArrivalQueue::hold(std::uint16_t cell, bool held, std::int64_t slot) {
  CDNSIM_ASSERT(needs_refill(), "cells come and go between slots");
  if (states_[cell].held == held) return;
  states_[cell].held = held;
  held_ += held ? 1 : ~std::size_t{0};
  has_changed_ = true;
  if (held) next_slot_ = slot;
}

void ArrivalQueue::mirror(std::uint16_t cell, bool on, std::int64_t slot) {
  states_[cell].mirrored = on;
  hold(cell, on, slot);
}

void ArrivalQueue::lose(std::uint16_t cell, bool lost) {
  states_[cell].lost = lost;
  has_changed_ = true;
}

void ArrivalQueue::regroup() {
  has_changed_ = false;
  groups_.clear();
  now_held_.clear();
  names_.clear();
  loses_ = std::ranges::any_of(states_, [](const State& s) { return s.held && s.lost; });
  mirrors_ = std::ranges::any_of(states_, &State::mirrored);
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (!states_[i].held) continue;
    if (takes_traces_.empty() || takes_traces_[i]) {
      now_held_.push_back(cells_[i]);
      names_.push_back(static_cast<std::uint16_t>(i));
    }
    if (groups_.empty() || groups_.back().audience != cells_[i].audience) {
      groups_.push_back(Group{cells_[i].audience, {}});
    }
    groups_.back().cells.push_back(LabelledCell{cells_[i].cell, static_cast<std::uint16_t>(i)});
  }
}

void ArrivalQueue::take_only(std::vector<std::vector<bool>> classes, const Catalogue& catalogue) {
  CDNSIM_ASSERT(classes.size() == cells_.size(), "a part of each cell");
  classes_ = std::move(classes);
  for (std::size_t i = 0; i < catalogue.size(); ++i) traced_classes_.push_back(catalogue[i].traced);
  for (const std::vector<bool>& mine : classes_) takes_traces_.push_back(takes_traces(mine));
  regroup();
}

bool ArrivalQueue::takes_traces(const std::vector<bool>& classes) const {
  bool takes = true;
  for (std::size_t i = 0; i < traced_classes_.size() && !classes.empty(); ++i) {
    if (traced_classes_[i]) takes = classes[i];
  }
  return takes;
}

void ArrivalQueue::take_now(std::uint16_t cell, std::vector<bool> classes, std::int64_t slot) {
  CDNSIM_ASSERT(needs_refill() && !classes_.empty(), "parts of cells change between slots");
  takes_traces_[cell] = takes_traces(classes);
  classes_[cell] = std::move(classes);
  has_changed_ = true;
  if (states_[cell].held) next_slot_ = slot;  // of traces that it did not take
}

// What is drawn of a cell is the same whoever asks, so each takes its own part.
void ArrivalQueue::leave_others() {
  std::erase_if(drawn_, [&](const Arrival& arrival) {
    const std::vector<bool>& takes = classes_[arrival.cell];
    return !takes.empty() && !takes[arrival.content];
  });
}

void ArrivalQueue::refill() {
  if (has_changed_) regroup();
  drawn_.clear();
  lost_.clear();
  for (const Group& group : groups_) {
    demand_->append_arrivals(group.audience, group.cells, next_slot_, drawn_);
  }
  if (!classes_.empty()) leave_others();
  const std::int64_t next_traced = traces_ == nullptr ? TraceDealer::kNoSlot : append_traced();
  if (loses_) part_lost();
  if (mirrors_ || !mirrored_.empty()) part_mirrored();
  sort_by_time(SimTime{next_slot_ * demand_->slot()});
  next_ = 0;
  // What is drawn may come in any slot; a trace says where it goes on.
  const bool only_traced = traces_ != nullptr && !demand_->draws();
  next_slot_ = only_traced ? next_traced : next_slot_ + 1;
}

void ArrivalQueue::part_lost() {
  std::erase_if(drawn_, [this](const Arrival& arrival) {
    if (states_[arrival.cell].lost) lost_.push_back(arrival);
    return states_[arrival.cell].lost;
  });
}

void ArrivalQueue::part_mirrored() {
  mirrored_.clear();
  next_mirrored_ = 0;
  std::erase_if(drawn_, [this](const Arrival& arrival) {
    if (states_[arrival.cell].mirrored) mirrored_.push_back(arrival);
    return states_[arrival.cell].mirrored;
  });
  std::ranges::stable_sort(mirrored_, {}, &Arrival::at_ns);
}

std::int64_t ArrivalQueue::append_traced() {
  dealt_.clear();
  traced_.clear();
  const std::int64_t next = traces_->take(now_held_, next_slot_, dealt_);
  for (const DealtRequest& request : dealt_) {
    drawn_.push_back(Arrival{
        request.at_ns, request.key, static_cast<std::uint32_t>(traced_.size()), request.content,
        static_cast<std::uint16_t>(names_[request.cell] & 0x7fffu), request.new_connection});
    traced_.push_back(Traced{request.bytes, request.object});
  }
  return next;
}

// The times are uniform in the slot, so as many buckets as arrivals leave about one in each; what
// is left in disorder is mended by insertion. Equal times keep the order in which they were drawn.
void ArrivalQueue::sort_by_time(SimTime start) {
  const std::size_t count = drawn_.size();
  batch_.resize(count);
  if (count == 0) return;
  const auto slot_ns = static_cast<std::uint64_t>(demand_->slot().count());
  const std::uint64_t buckets = std::bit_ceil(count);
  const std::int64_t origin = start.time_since_epoch().count();
  // 32.32 fixed point: bucket = offset * buckets / slot, without a division per arrival.
  const std::uint64_t scale = (buckets << 32) / slot_ns;
  const auto bucket_of = [&](const Arrival& arrival) {
    return (static_cast<std::uint64_t>(arrival.at_ns - origin) * scale) >> 32;
  };
  starts_.assign(buckets + 1, 0);
  for (const Arrival& arrival : drawn_) ++starts_[bucket_of(arrival) + 1];
  for (std::size_t i = 1; i < starts_.size(); ++i) starts_[i] += starts_[i - 1];
  for (const Arrival& arrival : drawn_) batch_[starts_[bucket_of(arrival)]++] = arrival;
  for (std::size_t i = 1; i < count; ++i) {
    const Arrival arrival = batch_[i];
    std::size_t at = i;
    for (; at > 0 && batch_[at - 1].at_ns > arrival.at_ns; --at) batch_[at] = batch_[at - 1];
    batch_[at] = arrival;
  }
}

}  // namespace cdnsim
