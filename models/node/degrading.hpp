// How much worse a node works than it should, by all events that make it so.
// Does not know events, servers or requests.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/action.hpp>

namespace cdnsim {

class Degrading {
 public:
  explicit Degrading(DrawKey lots) : lots_(lots) {}

  // One begins, or is over.
  void carry_out(const Degrade& change, std::uint32_t event) {
    if (change.on) {
      active_.push_back(Active{event, change});
    } else {
      const auto over = std::ranges::find(active_, event, &Active::event);
      if (over != active_.end()) active_.erase(over);
    }
    capacity_ = 1;
    delay_ = Duration{0};
    double good = 1;
    for (const Active& each : active_) {
      capacity_ *= each.what.capacity;
      delay_ += each.what.delay;
      good *= 1 - each.what.errors;
    }
    errors_ = 1 - good;
  }

  // Whether one more request fails.
  bool fails() {
    if (errors_ <= 0) return false;
    const std::uint64_t number = drawn_++;
    const DrawBlock lot = draw(lots_, Counter{static_cast<std::uint32_t>(number),
                                              static_cast<std::uint32_t>(number >> 32), 0, 0});
    return unit(lot.low64()) < errors_;
  }
  // How long work takes that would take so long.
  Duration slowed(Duration work) const {
    if (capacity_ == 1) return work;
    return Duration{static_cast<std::int64_t>(static_cast<double>(work.count()) / capacity_)};
  }
  // Until an answer that is ready leaves.
  Duration delay() const { return delay_; }

 private:
  struct Active {
    std::uint32_t event = 0;
    Degrade what;
  };

  DrawKey lots_;
  std::vector<Active> active_;
  double capacity_ = 1;
  Duration delay_{0};
  double errors_ = 0;
  std::uint64_t drawn_ = 0;
};

}  // namespace cdnsim
