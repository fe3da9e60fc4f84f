#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/footprint.hpp>

namespace cdnsim {

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
