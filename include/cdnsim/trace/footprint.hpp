// How many objects a trace asks for and how large they are together.
// Does not know caches. Holds every id once.
#pragma once

#include <cstdint>
#include <span>

#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

class Footprint {
 public:
  void add(const TraceRequest& request) {
    const SlotIndex::Home home = index_.home(request.id);
    if (index_.find(home, request.id, [this](Slot slot) { return ids_[slot]; }) != kNoSlot) return;
    add_new(request);
  }

  // The same, with a look ahead: memory is asked for what comes next.
  void add(std::span<const TraceRequest> requests);

  std::uint64_t objects() const { return objects_; }
  std::int64_t bytes() const { return bytes_; }  // of their first requests

 private:
  void add_new(const TraceRequest& request);

  SlotIndex index_;
  SlotArray<std::uint64_t> ids_;
  std::uint64_t objects_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace cdnsim
