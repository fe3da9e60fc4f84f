// When a server goes down, as its own schedule says: what it sends is cut off then.
// Does not know the schedules of others.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

class OffTimes {
 public:
  // REQUIRES: in the order of time.
  void add(SimTime down_at) {
    if (down_at_.empty()) next_ = down_at;
    down_at_.push_back(down_at);
  }

  // The server was switched: down for one cause more, or for one less.
  void note_switch(SimTime at, bool down, bool is_down) {
    done_ += down;
    if (is_down) {
      next_ = std::min(next_, at);
    } else {
      next_ = done_ == down_at_.size() ? SimTime::max() : down_at_[done_];
    }
  }

  // From when on it sends nothing: in the past while it is down.
  SimTime next() const { return next_; }

 private:
  std::vector<SimTime> down_at_;
  std::size_t done_ = 0;
  SimTime next_ = SimTime::max();
};

}  // namespace cdnsim
