#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

constexpr std::size_t kNamesListed = 12;
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// One letter in three may be wrong.
std::size_t tolerance(std::string_view typed) {
  return std::min<std::size_t>(3, std::max<std::size_t>(1, typed.size() / 3));
}

std::string listed(const std::vector<std::string>& known) {
  std::string text;
  for (std::size_t i = 0; i < std::min(known.size(), kNamesListed); ++i) {
    text += (i == 0 ? "" : ", ") + known[i];
  }
  if (known.size() > kNamesListed) {
    text += fmt::format(" and {} more", known.size() - kNamesListed);
  }
  return text;
}

}  // namespace

std::size_t edit_distance(std::string_view a, std::string_view b) {
  CDNSIM_ASSERT(b.size() <= kComparedBytesMax, "names are compared only up to a length");
  // Three rows of the table are enough: the swap of two neighbours looks two rows back.
  std::array<std::array<std::size_t, kComparedBytesMax + 1>, 3> rows{};
  for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& before = rows[(i + 1) % 3];
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1;
      row[j] = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + replaced});
      const bool swapped = i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) &&
                           lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
  }
  return rows[a.size() % 3][b.size()];
}

const std::string* nearest(std::string_view typed, const std::vector<std::string>& known) {
  const std::string* found = nullptr;
  std::size_t least = tolerance(typed) + 1;
  if (typed.size() > kComparedBytesMax) return found;
  for (const std::string& name : known) {
    const auto [shorter, longer] = std::minmax({typed.size(), name.size()});
    if (longer > kComparedBytesMax || longer - shorter >= least) continue;
    const std::size_t distance = edit_distance(typed, name);
    // All of a short name wrong is another name.
    if (distance >= least || distance >= name.size()) continue;
    least = distance;
    found = &name;
  }
  return found;
}

std::string hint(std::string_view typed, const std::vector<std::string>& known) {
  if (known.empty()) return "; none are known";
  const std::string* meant = nearest(typed, known);
  if (meant) return fmt::format("; did you mean {}?", cdnsim::quoted(*meant));
  return "; known: " + listed(known);
}

}  // namespace cdnsim::config
