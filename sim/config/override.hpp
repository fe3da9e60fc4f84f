// --set PATH=VALUE: changes a document by JSON pointers that may mean many places.
// Does not know which keys a scenario has: who reads the document reports unknown ones.
#pragma once

#include <string>
#include <vector>

#include <cdnsim/config/document.hpp>

namespace cdnsim::config {

// /caching/edge/policy=sieve            what is no JSON value is a text
// /network/pops/*/servers=48            every member
// /network/pops[tier=2]/servers=48      those members in which `tier` is 2
// /slo=null                             removes a member
// ~0 and ~1 are ~ and / in a key. Missing objects on the way are made.
//
// Returns the pointers of the objects that it made beside objects with names much like theirs: if
// something is wrong with one, it was probably not meant to be new.
struct MadeByOverride {
  Place place;
  std::string pointer;
  std::string meant;  // the name that is much like it
};
std::vector<MadeByOverride> apply_override(const std::string& text, Document& document,
                                           Problems& problems);

}  // namespace cdnsim::config
