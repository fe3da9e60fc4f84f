#include <cdnsim/tools/build_info.hpp>

namespace cdnsim::tools {

// Both are defined by the build system, for this file only.
std::string_view version() { return CDNSIM_VERSION; }
std::string_view compiler() { return CDNSIM_COMPILER; }

}  // namespace cdnsim::tools
