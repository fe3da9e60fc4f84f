// A choice among weighted alternatives in O(1), by an alias table.
// Does not know what is chosen nor where random bits come from.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace cdnsim {

class Discrete {
 public:
  // Weights count relative to their sum, exact to about 2^-32 of the whole.
  // REQUIRES: none negative, not all zero, fewer than 2^20. A weight of zero is never picked.
  explicit Discrete(std::span<const double> weights);

  std::size_t pick(std::uint32_t bits) const {
    const std::uint64_t product = std::uint64_t{bits} * columns_.size();
    const std::size_t index = static_cast<std::size_t>(product >> 32);
    const Column& column = columns_[index];
    return static_cast<std::uint32_t>(product) < column.own ? index : column.alias;
  }

  std::size_t size() const { return columns_.size(); }

 private:
  // A column of height 2^32: the lower part is its own alternative's, what is above another's.
  struct Column {
    std::uint64_t own;
    std::uint32_t alias;
  };
  std::vector<Column> columns_;
};

}  // namespace cdnsim
