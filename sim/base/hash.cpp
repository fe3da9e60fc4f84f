#include <cdnsim/base/hash.hpp>

// Compiled into this file: nothing to link, and no other version's code at run time.
#define XXH_INLINE_ALL
#include <xxhash.h>

namespace cdnsim {

std::uint64_t hash_name(std::string_view name) { return XXH64(name.data(), name.size(), 0); }

}  // namespace cdnsim
