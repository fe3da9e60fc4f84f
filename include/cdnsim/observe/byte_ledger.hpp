// Bytes per port and second, prorated over the seconds that a transfer spans. Integers only.
// Does not know prices, capacities or who sends.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

class ByteLedger {
 public:
  explicit ByteLedger(std::size_t ports) : ports_(ports) {}

  // The bytes cross the port evenly between `first` and `last`.
  // REQUIRES: `first` is not in a second that was closed; first <= last.
  void charge(std::size_t index, Bytes bytes, SimTime first, SimTime last) {
    Port& port = ports_[index];
    CDNSIM_ASSERT(first.time_since_epoch().count() >= port.base_end - kSecond,
                  "a closed second takes no more bytes");
    port.total += bytes.count();
    // Most transfers begin and end in the earliest open second.
    if (last.time_since_epoch().count() < port.base_end) [[likely]] {
      port.earliest += bytes.count();
    } else {
      spread(port, bytes.count(), first, last);
    }
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
    std::int64_t total = 0;
    std::int64_t base = 0;
    std::vector<std::int64_t> ring = std::vector<std::int64_t>(4, 0);
  };

  static std::int64_t& bin(Port& port, std::int64_t second);
  static void spread(Port& port, std::int64_t bytes, SimTime first, SimTime last);

  std::vector<Port> ports_;
};

}  // namespace cdnsim
