// Why a way was chosen: every way that there is or seems to be, and what each lost by.
// Does not know how it will be shown.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include <cdnsim/models/routing/routing.hpp>

namespace cdnsim {

enum class Verdict : std::uint8_t {
  chosen,
  kind,        // leaves over a link of a kind that is liked less
  length,      // as liked, more links
  delay,       // as long, takes more time
  name,        // equal in all: its links come later in the order of ids
  down,        // would be a way if its links were up
  valley,      // goes up or over a peering after it went down or over a peering
  no_session,  // two members of an exchange who do not peer there
  host         // leads through an origin or an embedded cache
};

struct Explained {
  Path path;
  LinkKind kind;
  Verdict verdict;
  std::string why;  // "length: 3 links, the chosen way has 2"
};

// First the ways that hold, best first, so that the first of them is best_path(); then those over
// links that are down; then those that break the rule. At most `most` of each.
std::vector<Explained> explain(const Routing& routing, std::uint32_t from, std::uint32_t to,
                               std::size_t most = 20);

}  // namespace cdnsim
