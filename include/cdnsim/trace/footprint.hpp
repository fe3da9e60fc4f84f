// How many objects a trace asks for and how large they are together.
// Does not know caches. Holds every id once.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

class Footprint {
 public:
  Footprint() : ids_(kFewest) {}

  void add(const TraceRequest& request) {
    // 0 marks an empty place, so the object of that id is kept apart.
    if (request.id == 0) {
      if (!has_0_) count(request);
      has_0_ = true;
      return;
    }
    std::size_t place = home(request.id);
    for (; ids_[place] != 0; place = (place + 1) & (ids_.size() - 1)) {
      if (ids_[place] == request.id) return;
    }
    ids_[place] = request.id;
    count(request);
    if (objects_ > ids_.size() / 2) grow();
  }
  // The same, with a look ahead: memory is asked for what comes next.
  void add(std::span<const TraceRequest> requests) {
    constexpr std::size_t kAhead = 16;
    for (std::size_t i = 0; i < requests.size(); ++i) {
      if (i + kAhead < requests.size()) prefetch(&ids_[home(requests[i + kAhead].id)]);
      add(requests[i]);
    }
  }

  std::uint64_t objects() const { return objects_; }
  std::int64_t bytes() const { return bytes_; }  // of their first requests

 private:
  static constexpr std::size_t kFewest = 1024;
  static constexpr int kFewestShift = 64 - 10;

  std::size_t home(std::uint64_t id) const { return (id * 0x9e3779b97f4a7c15ULL) >> shift_; }
  void count(const TraceRequest& request) {
    ++objects_;
    bytes_ += request.bytes;
  }
  void grow();

  // A power of two of places, at most half of them full; who finds its own full takes the next.
  std::vector<std::uint64_t> ids_;
  int shift_ = kFewestShift;
  bool has_0_ = false;
  std::uint64_t objects_ = 0;
  std::int64_t bytes_ = 0;
};

}  // namespace cdnsim
