#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>
#include <cdnsim/observe/byte_ledger.hpp>

namespace cdnsim {
namespace {

// bytes * part / whole, without a 128-bit division where 64 bits do.
std::int64_t share(std::int64_t bytes, std::int64_t part, std::int64_t whole) {
  constexpr std::int64_t kHalf = std::int64_t{1} << 31;
  if (bytes < kHalf && part < kHalf * 2) return bytes * part / whole;
  const Int128 exact = static_cast<Int128>(bytes) * part / whole;
  return static_cast<std::int64_t>(
      std::min(exact, static_cast<Int128>(std::numeric_limits<std::int64_t>::max())));
}

}  // namespace

std::int64_t& ByteLedger::bin(Port& port, std::int64_t second) {
  CDNSIM_ASSERT(second >= port.base, "a closed second takes no more bytes");
  if (second == port.base) return port.earliest;
  const auto size = static_cast<std::int64_t>(port.ring.size());
  if (second - port.base >= size) {
    const auto wanted = std::bit_ceil(static_cast<std::uint64_t>(second - port.base + 1));
    std::vector<std::int64_t> larger(wanted, 0);
    for (std::int64_t s = port.base; s < port.base + size; ++s) {
      larger[static_cast<std::uint64_t>(s) & (wanted - 1)] =
          port.ring[static_cast<std::size_t>(s & (size - 1))];
    }
    port.ring.swap(larger);
  }
  return port.ring[static_cast<std::size_t>(second) & (port.ring.size() - 1)];
}

std::int64_t ByteLedger::fill(Port& port, std::int64_t second, std::int64_t bytes) const {
  if (second >= end_second_) {
    port.after_end += bytes;
    return 0;
  }
  std::int64_t& there = bin(port, second);
  const std::int64_t fitting = std::clamp(port.most - there, std::int64_t{0}, bytes);
  there += fitting;
  return bytes - fitting;
}

SimTime ByteLedger::spread(Port& port, std::int64_t bytes, SimTime first, SimTime last) const {
  const std::int64_t begin = first.time_since_epoch().count();
  const std::int64_t end = last.time_since_epoch().count();
  const std::int64_t duration = std::max(end - begin, std::int64_t{1});
  const std::int64_t first_second = begin / kSecond;
  const std::int64_t last_second =
      std::min(std::max(first_second, (end - 1) / kSecond), std::max(first_second, end_second_));
  // The first second takes its part, the whole ones between as much each, the last one the rest;
  // what division leaves is handed on, so that the parts sum to the whole.
  const std::int64_t per_second = share(bytes, kSecond, duration);
  std::int64_t placed = 0;
  std::int64_t late = 0;
  for (std::int64_t second = first_second; second < last_second; ++second) {
    const std::int64_t until = (second + 1) * kSecond - begin;
    const std::int64_t so_far = share(bytes, until, duration);
    late += fill(port, second, so_far - placed);
    placed = so_far;
  }
  late += fill(port, last_second, bytes - placed);
  return late == 0 ? last : catch_up(port, late, last, std::max(per_second, std::int64_t{1}));
}

SimTime ByteLedger::catch_up(Port& port, std::int64_t bytes, SimTime from,
                             std::int64_t per_second) const {
  std::int64_t now = from.time_since_epoch().count();
  while (true) {
    const std::int64_t second = now / kSecond;
    const std::int64_t next = (second + 1) * kSecond;
    const std::int64_t wanted =
        second >= end_second_ ? bytes : std::min(bytes, share(per_second, next - now, kSecond));
    const std::int64_t sent = wanted - fill(port, second, wanted);
    bytes -= sent;
    if (bytes == 0) return SimTime{Duration{now + share(sent, kSecond, per_second)}};
    now = next;
  }
}

Bytes ByteLedger::close_second(std::size_t index, std::int64_t second) {
  Port& port = ports_[index];
  CDNSIM_ASSERT(second == port.base, "seconds are closed one after the other");
  const Bytes bytes{port.earliest};
  port.earliest = std::exchange(bin(port, second + 1), 0);
  ++port.base;
  port.base_end += kSecond;
  return bytes;
}

Bytes ByteLedger::open(std::size_t index) const {
  const Port& port = ports_[index];
  return Bytes{std::accumulate(port.ring.begin(), port.ring.end(), port.earliest + port.after_end)};
}

}  // namespace cdnsim
