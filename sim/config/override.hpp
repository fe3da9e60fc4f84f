// --set PATH=VALUE: changes a document by JSON pointers that may mean many places.
// Does not know which keys a scenario has: who reads the document reports unknown ones.
#pragma once

#include <string>

#include <cdnsim/config/document.hpp>

namespace cdnsim::config {

// /caching/edge/policy=sieve            what is no JSON value is a text
// /network/pops/*/servers=48            every member
// /network/pops[tier=2]/servers=48      those members in which `tier` is 2
// /slo=null                             removes a member
// ~0 and ~1 are ~ and / in a key. Missing objects on the way are made.
void apply_override(const std::string& text, Document& document, Problems& problems);

}  // namespace cdnsim::config
