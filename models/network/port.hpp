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
  explicit Port(BitRate capacity) : capacity_(capacity) {
    constexpr std::int64_t kPicosecondsPerByte = 8'000'000'000'000;
    if (kPicosecondsPerByte % capacity.count() == 0) {
      exact_ps_per_byte_ = kPicosecondsPerByte / capacity.count();
    }
  }

  BitRate capacity() const { return capacity_; }

  // Queues the bytes and returns how long they wait before the first of them leaves.
  // REQUIRES: `now` does not go back.
  Duration charge(SimTime now, Bytes bytes) {
    sent_in_second_ += bytes.count();
    const std::int64_t now_ns = now.time_since_epoch().count();
    Duration wait{0};
    if (busy_until_ns_ >= now_ns) {
      wait = Duration{busy_until_ns_ - now_ns + (busy_until_ps_ > 0)};
    } else {
      busy_until_ns_ = now_ns;
      busy_until_ps_ = 0;
    }
    const std::int64_t until_ps = busy_until_ps_ + picoseconds(bytes);
    busy_until_ns_ += until_ps / 1000;
    busy_until_ps_ = until_ps % 1000;
    return wait;
  }

  // Takes the dated snapshot that transfers started in the next second go by.
  void end_second() {
    const double used = static_cast<double>(sent_in_second_) * 8.0;
    utilisation_ = std::min(used / static_cast<double>(capacity_.count()), 1.0);
    sent_in_second_ = 0;
  }

  // Share of the capacity that was used in the last full second.
  double utilisation() const { return utilisation_; }

 private:
  std::int64_t picoseconds(Bytes bytes) const {
    if (exact_ps_per_byte_ != 0 && bytes.count() < (std::int64_t{1} << 20)) {
      return bytes.count() * exact_ps_per_byte_;
    }
    return transfer_picoseconds(bytes, capacity_);
  }

  BitRate capacity_;
  std::int64_t exact_ps_per_byte_ = 0;
  // Nanoseconds and the picoseconds beyond: 64 bits of picoseconds alone are only 106 days.
  std::int64_t busy_until_ns_ = 0;
  std::int64_t busy_until_ps_ = 0;
  std::int64_t sent_in_second_ = 0;
  double utilisation_ = 0.0;
};

}  // namespace cdnsim
