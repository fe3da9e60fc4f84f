// The link between an embedded cache and its host, where a scenario draws none.
// Does not know documents or problems.
#pragma once

#include <string>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// What a link is called that is made for a cache: "ID on-net".
std::string link_of_embedded(const std::string& cache);

// An embedded cache that no link names gets one to its host. What its servers' cards carry is its
// capacity. Hosts that are not there get none.
void join_embedded(NetworkSpec& network);

}  // namespace cdnsim::config
