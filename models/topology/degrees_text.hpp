// Millionths of a degree as a decimal number, from integers alone: no locale, no rounding.
// Does not know which way is north.
#pragma once

#include <cstdint>
#include <string>

namespace cdnsim {

// "-74.00597": no zeros at the end.
inline std::string degrees_text(std::int32_t millionths) {
  const std::int64_t size = millionths < 0 ? -std::int64_t{millionths} : millionths;
  std::string fraction = std::to_string(1'000'000 + size % 1'000'000);
  fraction[0] = '.';
  fraction.erase(fraction.find_last_not_of('0') + 1);
  if (fraction == ".") fraction.clear();
  return (millionths < 0 ? "-" : "") + std::to_string(size / 1'000'000) + fraction;
}

}  // namespace cdnsim
