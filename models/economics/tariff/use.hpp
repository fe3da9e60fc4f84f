// What a tariff may look at: one month of the thing that it is paid for, whatever that thing is.
// Does not know prices, nor how a month was composed.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/models/economics/bill_line.hpp>
#include <cdnsim/models/economics/units.hpp>

namespace cdnsim {

// Of a port: all but the inventory. Of a PoP: the inventory and what it sends. Of an origin: what
// it sends. What does not apply is nothing.
struct Usage {
  BitRate capacity;
  BitRate sent_p95;  // 95th percentile of the month's five-minute averages
  BitRate received_p95;
  Bytes sent;  // in the month
  Bytes received;
  std::uint32_t servers = 0;
  Power power;  // of all servers
  Bytes ssd;    // of all servers
  Bytes hdd;
  std::optional<BitRate> rented;      // capacity that is paid whether used or not
  std::optional<Money> server_price;  // for one, where the site has a price of its own
};

using BillLines = std::vector<BillLine>;

// How many of a size are needed. REQUIRES: each > 0.
constexpr std::int64_t pieces_for(BitRate capacity, BitRate each) {
  return capacity.count() / each.count() + (capacity.count() % each.count() != 0);
}

}  // namespace cdnsim
