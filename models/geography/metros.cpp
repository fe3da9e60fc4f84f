#include <algorithm>
#include <vector>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/geography/metros.hpp>

#include "metro_table.hpp"

namespace cdnsim {

std::span<const Metro> metros() { return detail::kMetroTable; }

const Metro* find_metro(std::string_view id) {
  const auto found = std::ranges::lower_bound(detail::kMetroTable, id, {}, &Metro::id);
  return found != detail::kMetroTable.end() && found->id == id ? &*found : nullptr;
}

std::string unknown_metro(std::string_view id) {
  std::vector<std::string_view> ids;
  for (const Metro& metro : detail::kMetroTable) ids.push_back(metro.id);
  const std::string meant = did_you_mean(id, ids);
  return "unknown place " + quoted(id) +
         (meant.empty() ? "; `cdnsim list metros` prints those that are known" : meant);
}

}  // namespace cdnsim
