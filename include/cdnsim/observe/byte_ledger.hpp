// Bytes per port and second, prorated over the seconds that a transfer spans. Integers only.
// Does not know prices or who sends; of capacities only what a port takes in a second at most.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/prefetch.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

class ByteLedger {
 public:
  static constexpr Bytes kNoLimit = Bytes::max();

  // Bytes of seconds that begin at `end` or later are not told apart.
  explicit ByteLedger(SimTime end = SimTime::max())
      : end_second_((end.time_since_epoch().count() - 1) / kSecond + 1) {}

  // Returns the new port's index. No second of it takes more than `most`.
  std::size_t add_port(Bytes most = kNoLimit) {
    ports_.push_back(Port{.most = most.count()});
    return ports_.size() - 1;
  }

  // A hint that the port will soon be charged.
  void prefetch_port(std::size_t port) const { prefetch(&ports_[port]); }

  // From now on; seconds that hold more already take nothing.
  void set_most(std::size_t port, Bytes most) { ports_[port].most = most.count(); }

  // The bytes cross the port evenly between `first` and `last`. What does not fit into a second
  // follows when there is room, no faster than the rest; returns when the last byte has crossed.
  // REQUIRES: `first` is not in a second that was closed; first <= last.
  SimTime charge(std::size_t index, Bytes bytes, SimTime first, SimTime last) {
    Port& port = ports_[index];
    CDNSIM_ASSERT(first.time_since_epoch().count() >= port.base_end - kSecond,
                  "a closed second takes no more bytes");
    port.total += bytes.count();
    // Most transfers begin and end in the earliest open second.
    if (last.time_since_epoch().count() < port.base_end &&
        bytes.count() <= port.most - port.earliest) [[likely]] {
      port.earliest += bytes.count();
      return last;
    }
    return spread(port, bytes.count(), first, last);
  }

  // The bytes of the earliest open second, which must be `second`; later charges start after it.
  Bytes close_second(std::size_t port, std::int64_t second);

  std::size_t ports() const { return ports_.size(); }
  Bytes total(std::size_t port) const { return Bytes{ports_[port].total}; }
  // Charged, but lying in seconds that were not closed.
  Bytes open(std::size_t port) const;

 private:
  static constexpr std::int64_t kSecond = 1'000'000'000;

  // The earliest open second, and a ring of those after it, as long as the longest transfer needs.
  struct Port {
    std::int64_t base_end = kSecond;  // of the earliest open second
    std::int64_t earliest = 0;        // its bytes
    std::int64_t most = 0;            // of a second
    std::int64_t total = 0;
    std::int64_t base = 0;
    std::int64_t after_end = 0;  // bytes of all seconds after the end
    std::vector<std::int64_t> ring = std::vector<std::int64_t>(4, 0);
  };

  static std::int64_t& bin(Port& port, std::int64_t second);
  // Puts as many of the bytes into the second as fit, and returns how many did not.
  std::int64_t fill(Port& port, std::int64_t second, std::int64_t bytes) const;
  SimTime spread(Port& port, std::int64_t bytes, SimTime first, SimTime last) const;
  SimTime catch_up(Port& port, std::int64_t bytes, SimTime from, std::int64_t per_second) const;

  std::int64_t end_second_;
  std::vector<Port> ports_;
};

}  // namespace cdnsim
