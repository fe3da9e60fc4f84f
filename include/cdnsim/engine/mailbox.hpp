// Messages under way to one node: a ring of window-wide buckets, and a heap for what lies beyond.
// Does not know where they came from or what they mean.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/engine/message.hpp>

namespace cdnsim {

class Mailbox {
 public:
  explicit Mailbox(Duration window) : window_(window.count()) {}

  // REQUIRES: message.at is not before the end of the last window taken.
  void put(const Message& message);

  static constexpr std::int64_t kMostTaken = 32;

  // The messages of windows `first` to `end` - 1 that arrive before `horizon`, in the order of
  // delivery; valid until the next call. REQUIRES: no earlier message is under way; at most
  // kMostTaken windows; `horizon` is in the last of them or at its end.
  std::span<const Message> take(std::int64_t first, std::int64_t end, SimTime horizon);

  // SimTime::max() when empty. Exact to the window, not to the nanosecond.
  SimTime earliest() const;

  std::size_t size() const { return size_; }

  // Every message still under way, in no particular order.
  template <class Visit>
  void for_each(Visit visit) const {
    for (const std::vector<Message>& bucket : ring_) {
      for (const Message& message : bucket) visit(message);
    }
    for (const Message& message : beyond_) visit(message);
  }

 private:
  static constexpr std::int64_t kRing = 64;

  std::int64_t window_of(SimTime at) const { return at.time_since_epoch().count() / window_; }
  void put_in_ring(const Message& message, std::int64_t index);
  void pull_from_beyond();
  void take_bucket(std::size_t bucket);

  std::int64_t window_;
  std::int64_t base_ = 0;       // the ring covers windows base_ .. base_ + kRing - 1
  std::uint64_t occupied_ = 0;  // bit w % kRing: that bucket holds something
  std::size_t size_ = 0;
  std::array<std::vector<Message>, kRing> ring_;
  std::vector<Message> beyond_;  // heap, earliest first
  std::vector<Message> taken_;
};

}  // namespace cdnsim
