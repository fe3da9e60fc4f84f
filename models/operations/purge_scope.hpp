// Which objects a purge names: by class, URL, prefix of URLs or tag.
// Does not know nodes or copies.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include <cdnsim/base/text.hpp>
#include <cdnsim/models/node/action.hpp>
#include <cdnsim/models/operations/event_spec.hpp>

namespace cdnsim {

// A class of content as far as URLs go, in the catalogue's order.
struct ClassOfUrls {
  std::string name;
  std::uint64_t objects = 0;
  std::uint32_t tags = 1;
};

// REQUIRES: the event gives exactly one of what it can give.
Parsed<PurgeScope> purge_scope(const PurgeEvent& event, std::span<const ClassOfUrls> classes);

}  // namespace cdnsim
