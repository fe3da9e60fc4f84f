#include <utility>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/models/economics/bill_line.hpp>
#include <cdnsim/models/economics/exact.hpp>

namespace cdnsim {

BillLine bill_line(BillCategory category, std::string item, std::int64_t count, BillUnit unit,
                   Money unit_price) {
  BillLine line;
  line.category = category;
  line.item = std::move(item);
  line.count = count;
  line.unit = unit;
  line.unit_price = unit_price;
  line.amount = amount_of(unit_price, count, steps_in(unit));
  return line;
}

std::string quantity_text(const BillLine& line) {
  const std::int64_t steps = steps_in(line.unit);
  std::string text = std::to_string(line.count / steps);
  if (line.count % steps != 0) {
    // The digits behind the point, with the zeros that lead them.
    std::string digits = std::to_string(steps + line.count % steps).substr(1);
    digits.erase(digits.find_last_not_of('0') + 1);
    text += "." + digits;
  }
  return line.unit == BillUnit::piece ? text : fmt::format("{} {}", text, enum_name(line.unit));
}

std::string to_text(const BillLine& line) {
  return fmt::format("{}, {}: {} x {} = {}", line.subject, line.item, quantity_text(line),
                     to_text(line.unit_price), to_text(line.amount));
}

}  // namespace cdnsim
