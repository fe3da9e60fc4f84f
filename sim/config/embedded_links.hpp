// The link between an embedded cache and its host, where a scenario draws none.
// Does not know documents or problems.
#pragma once

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// An embedded cache that no link names gets one to its host, "ID on-net". What its servers' cards
// carry is its capacity. Hosts that are not there get none.
void join_embedded(NetworkSpec& network);

}  // namespace cdnsim::config
