#include <algorithm>
#include <iterator>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/embedded_links.hpp>
#include <cdnsim/config/override.hpp>
#include <cdnsim/config/read_scenario.hpp>
#include <cdnsim/config/reader.hpp>

namespace cdnsim::config {

Scenario read_scenario(Document& document, std::span<const std::string> sets, Problems& problems) {
  std::vector<MadeByOverride> made;
  for (const std::string& set : sets) {
    std::ranges::move(apply_override(set, document, problems), std::back_inserter(made));
  }
  Scenario scenario;
  Reader(document, problems).read_document(scenario);
  join_embedded(scenario.network);
  check_scenario(scenario, problems);
  for (const MadeByOverride& object : made) {
    if (!problems.touches(object.pointer)) continue;
    problems.add(
        object.place, object.pointer,
        fmt::format("this override made it; did you mean {}?", cdnsim::quoted(object.meant)));
  }
  return scenario;
}

}  // namespace cdnsim::config
