#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/footprint.hpp>

namespace cdnsim {

void Footprint::add(std::span<const TraceRequest> requests) {
  constexpr std::size_t kFar = 24, kNear = 12;  // requests ahead: the index's line, then the id
  for (std::size_t i = 0; i < requests.size(); ++i) {
    if (i + kFar < requests.size()) index_.prefetch(requests[i + kFar].id);
    if (i + kNear < requests.size()) {
      const Slot slot = index_.guess(index_.home(requests[i + kNear].id));
      if (slot != kNoSlot) ids_.prefetch(slot);
    }
    add(requests[i]);
  }
}

void Footprint::add_new(const TraceRequest& request) {
  CDNSIM_ASSERT(objects_ < kMaxSlot, "a footprint of more objects than slots can name");
  const Slot slot = static_cast<Slot>(objects_ + 1);
  if (slot >= ids_.size()) ids_.reach(static_cast<Slot>(slot + slot / 4 + 1023));
  if (index_.full()) {
    index_.grow();
    for (Slot known = 1; known < slot; ++known) index_.insert(ids_[known], known);
  }
  ids_[slot] = request.id;
  index_.insert(request.id, slot);
  ++objects_;
  bytes_ += request.bytes;
}

}  // namespace cdnsim
