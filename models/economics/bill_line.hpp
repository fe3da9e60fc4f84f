// One line of a bill: a quantity, a unit price, and the amount that follows from the two.
// Does not know tariffs, links or how quantities were measured.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>

namespace cdnsim {

enum class BillCategory : std::uint8_t {
  transit,
  ixp,
  pni,
  backbone,
  colocation,
  hardware,
  egress,
  rent
};
inline constexpr std::size_t kBillCategories = 8;

constexpr std::array<EnumName<BillCategory>, kBillCategories> enum_names(BillCategory) {
  return {{{BillCategory::transit, "transit"},
           {BillCategory::ixp, "ixp"},
           {BillCategory::pni, "pni"},
           {BillCategory::backbone, "backbone"},
           {BillCategory::colocation, "colocation"},
           {BillCategory::hardware, "hardware"},
           {BillCategory::egress, "egress"},
           {BillCategory::rent, "rent"}}};
}

// What quantities are counted in, and how many of the smallest steps make one.
enum class BillUnit : std::uint8_t { piece, mbps, gbps, gb, kw };

constexpr std::array<EnumName<BillUnit>, 5> enum_names(BillUnit) {
  return {{{BillUnit::piece, "piece"},
           {BillUnit::mbps, "Mbps"},
           {BillUnit::gbps, "Gbps"},
           {BillUnit::gb, "GB"},
           {BillUnit::kw, "kW"}}};
}

constexpr std::int64_t steps_in(BillUnit unit) {
  switch (unit) {
    case BillUnit::piece: return 1;
    case BillUnit::kw: return 1'000;
    case BillUnit::mbps: return 1'000'000;
    case BillUnit::gbps:
    case BillUnit::gb: return 1'000'000'000;
  }
  return 1;
}

struct BillLine {
  BillCategory category = BillCategory::transit;
  std::string tariff;      // as the scenario names it
  std::string subject;     // the link, port, pool of ports, PoP or origin that it is paid for
  std::string item;        // what of it
  std::int64_t count = 0;  // of the unit's smallest steps: bit/s, bytes, watts, pieces
  BillUnit unit = BillUnit::piece;
  Money unit_price;  // for one unit
  Money amount;      // unit_price * count / steps_in(unit), to the nearest nano-dollar
};

// A line whose amount is worked out. REQUIRES: count and price are not negative.
BillLine bill_line(BillCategory category, std::string item, std::int64_t count, BillUnit unit,
                   Money unit_price);

// "1523.75 Mbps", exactly.
std::string quantity_text(const BillLine& line);
// "nyc-transit, 95th percentile: 1523.75 Mbps x 0.1 USD = 152.375 USD"
std::string to_text(const BillLine& line);

}  // namespace cdnsim
