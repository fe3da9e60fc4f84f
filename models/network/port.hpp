// A port: what a link's sending end can push out, as a queue charged in time order.
// Does not know what is sent, nor the other end.
#pragma once

#include <algorithm>
#include <cstdint>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

class Port {
 public:
  explicit Port(BitRate capacity) { set_capacity(capacity); }

  BitRate capacity() const { return capacity_; }
  // What is queued already leaves as it would have.
  void set_capacity(BitRate capacity) {
    constexpr std::int64_t kPicosecondsPerByte = 8'000'000'000'000;
    const bool is_exact = kPicosecondsPerByte % capacity.count() == 0;
    exact_ps_per_byte_ = is_exact ? kPicosecondsPerByte / capacity.count() : 0;
    capacity_ = capacity;
  }

  // Queues the bytes and returns how long they wait before the first of them leaves.
  // REQUIRES: `now` does not go back.
  Duration charge(SimTime now, Bytes bytes) {
    const std::int64_t now_ns = now.time_since_epoch().count();
    Duration wait{0};
    if (busy_until_ns_ >= now_ns) {
      wait = Duration{busy_until_ns_ - now_ns + (busy_until_ps_ > 0)};
    } else {
      busy_until_ns_ = now_ns;
      busy_until_ps_ = 0;
    }
    const std::int64_t until_ps = busy_until_ps_ + picoseconds(bytes);
    busy_until_ns_ = std::min(busy_until_ns_ + until_ps / 1000, kLatest);
    busy_until_ps_ = until_ps % 1000;
    return wait;
  }

  // How long what is queued would still take to leave.
  Duration queue_at(SimTime now) const {
    return Duration{std::max<std::int64_t>(busy_until_ns_ - now.time_since_epoch().count(), 0)};
  }

 private:
  // A queue of a century is as good as one without end, and far from overflow.
  static constexpr std::int64_t kLatest = 3'155'760'000'000'000'000;
  static constexpr std::int64_t kMostPicoseconds = 9'000'000'000'000'000'000;  // 104 days

  std::int64_t picoseconds(Bytes bytes) const {
    if (exact_ps_per_byte_ != 0 && bytes.count() < (std::int64_t{1} << 20)) {
      return bytes.count() * exact_ps_per_byte_;
    }
    return std::min(transfer_picoseconds(bytes, capacity_), kMostPicoseconds);
  }

  BitRate capacity_;
  std::int64_t exact_ps_per_byte_ = 0;
  // Nanoseconds and the picoseconds beyond: 64 bits of picoseconds alone are only 106 days.
  std::int64_t busy_until_ns_ = 0;
  std::int64_t busy_until_ps_ = 0;
};

}  // namespace cdnsim
