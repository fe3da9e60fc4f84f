#include <algorithm>
#include <bit>
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
  return static_cast<std::int64_t>(static_cast<Int128>(bytes) * part / whole);
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

void ByteLedger::spread(Port& port, std::int64_t bytes, SimTime first, SimTime last) {
  const std::int64_t begin = first.time_since_epoch().count();
  const std::int64_t end = last.time_since_epoch().count();
  const std::int64_t first_second = begin / kSecond;
  const std::int64_t last_second = std::max(first_second, (end - 1) / kSecond);
  if (first_second == last_second) {
    bin(port, first_second) += bytes;
    return;
  }
  // Differences of one running quotient, so that the parts sum to the whole.
  std::int64_t charged = 0;
  for (std::int64_t second = first_second; second <= last_second; ++second) {
    const std::int64_t until = std::min(end, (second + 1) * kSecond) - begin;
    const std::int64_t so_far = share(bytes, until, end - begin);
    bin(port, second) += so_far - charged;
    charged = so_far;
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
  return Bytes{std::accumulate(port.ring.begin(), port.ring.end(), port.earliest)};
}

}  // namespace cdnsim
