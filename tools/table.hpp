// Text in columns for a terminal: widths fit the cells, the first column is left, others right.
// Does not know what is in the cells.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace cdnsim::tools {

// Nothing that is printed as a table is wider.
inline constexpr std::size_t kWidthMax = 100;

// How many columns of a terminal the text takes; REQUIRES: valid UTF-8.
std::size_t width_of(std::string_view text);

// At most `width` columns, ending in "…" when something was left out; control characters are
// spaces.
std::string shortened(std::string_view text, std::size_t width);

// Broken at spaces into lines of at most kWidthMax - `indent`; each but the first is indented.
std::string wrapped(std::string_view text, std::size_t indent);

class Table {
 public:
  // The first title names the table; rows are indented below it.
  explicit Table(std::vector<std::string> titles);

  // REQUIRES: as many cells as titles. The first cell is shortened where the row would be too wide.
  void add(std::vector<std::string> cells);
  bool empty() const { return rows_.size() == 1; }
  std::string text() const;

 private:
  std::vector<std::vector<std::string>> rows_;  // the titles first
};

}  // namespace cdnsim::tools
