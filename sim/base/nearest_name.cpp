#include <algorithm>
#include <cstddef>
#include <vector>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>

namespace cdnsim {

namespace {

// Levenshtein's distance, with one row.
std::size_t mistakes(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({replaced, row[j] + 1, row[j - 1] + 1});
    }
  }
  return row.back();
}

}  // namespace

std::string did_you_mean(std::string_view given, std::span<const std::string_view> known) {
  constexpr std::size_t kLongest = 64;
  if (given.size() > kLongest) return {};
  std::size_t fewest = given.size() / 3 + 2;
  std::string_view nearest;
  for (const std::string_view name : known) {
    const std::size_t count = mistakes(given, name);
    if (count >= fewest) continue;
    fewest = count;
    nearest = name;
  }
  return nearest.empty() ? std::string() : "; did you mean " + quoted(nearest) + "?";
}

}  // namespace cdnsim
