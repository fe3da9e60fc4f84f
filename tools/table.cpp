#include <algorithm>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/table.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kFirstWidthMin = 16;
constexpr std::size_t kOtherWidthMin = 8;

bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U; }

std::string spaces(std::size_t count) { return std::string(count, ' '); }

}  // namespace

std::size_t width_of(std::string_view text) {
  return static_cast<std::size_t>(
      std::count_if(text.begin(), text.end(), [](char c) { return !continues_character(c); }));
}

std::string shortened(std::string_view text, std::size_t width) {
  std::string out(text);
  std::replace_if(
      out.begin(), out.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }, ' ');
  if (width_of(out) <= width) return out;
  while (width_of(out) >= width) {
    while (continues_character(out.back())) out.pop_back();
    out.pop_back();
  }
  return out + "…";
}

std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  const std::string clean = shortened(text, text.size() + 1);
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t end = std::min(clean.find(' ', at), clean.size());
    const std::string word = shortened(clean.substr(at, end - at), kWidthMax - indent);
    at = end + 1;
    if (word.empty()) continue;
    const bool fits = column + (column > indent ? 1 : 0) + width_of(word) <= kWidthMax;
    if (!fits) {
      out += '\n' + spaces(indent);
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += width_of(word);
  }
  return out;
}

Table::Table(std::vector<std::string> titles) { rows_.push_back(std::move(titles)); }

void Table::add(std::vector<std::string> cells) {
  CDNSIM_ASSERT(cells.size() == rows_.front().size(), "a row has a cell for each title");
  cells.front() = spaces(kGap) + shortened(cells.front(), kWidthMax);
  rows_.push_back(std::move(cells));
}

std::string Table::text() const {
  std::vector<std::size_t> widths(rows_.front().size(), kOtherWidthMin);
  widths.front() = kFirstWidthMin;
  for (const auto& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], width_of(row[i]));
  }
  std::size_t others = 0;
  for (std::size_t i = 1; i < widths.size(); ++i) others += kGap + widths[i];
  widths.front() = std::min(widths.front(), std::max(kFirstWidthMin, kWidthMax - others));
  std::string out;
  for (const auto& row : rows_) {
    std::string line = shortened(row.front(), widths.front());
    line += spaces(widths.front() - width_of(line));
    for (std::size_t i = 1; i < row.size(); ++i) {
      line += spaces(kGap + widths[i] - width_of(row[i])) + row[i];
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + '\n';
  }
  return out;
}

}  // namespace cdnsim::tools
