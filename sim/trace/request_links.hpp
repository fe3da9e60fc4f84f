// From the last request to the first: which one asks for the same object next, and in the end what
// each object is like.
// Does not know files.
#pragma once

#include <cstdint>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

class RequestLinks {
 public:
  struct Object {
    std::uint64_t id, number;  // the number of its first request, counted from 1
    std::int64_t bytes;        // which that request was for
    std::uint64_t requests;
  };

  // REQUIRES: called for the last request first. Returns the number of the object's next request,
  // or kNever.
  std::int64_t link(const TraceRequest& request, std::uint64_t number) {
    const Slot known = index_.find(request.id, [this](Slot slot) { return objects_[slot].id; });
    if (known == kNoSlot) {
      add(Object{request.id, number, request.bytes, 1});
      return TraceRequest::kNever;
    }
    Object& object = objects_[known];
    object.bytes = request.bytes;
    ++object.requests;
    return static_cast<std::int64_t>(std::exchange(object.number, number));
  }

  std::size_t size() const { return count_; }
  const Object& object(std::size_t i) const { return objects_[static_cast<Slot>(i + 1)]; }

 private:
  void add(const Object& object) {
    CDNSIM_ASSERT(count_ < kMaxSlot, "a trace of more objects than slots can name");
    const Slot slot = static_cast<Slot>(++count_);
    if (slot >= objects_.size()) objects_.reach(static_cast<Slot>(slot + slot / 4 + 1023));
    objects_[slot] = object;
    if (index_.full()) {
      index_.grow();
      for (Slot each = 1; each < slot; ++each) index_.insert(objects_[each].id, each);
    }
    index_.insert(object.id, slot);
  }

  SlotIndex index_;
  SlotArray<Object> objects_;
  std::size_t count_ = 0;
};

}  // namespace cdnsim
