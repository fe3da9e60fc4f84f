#include <CLI/Version.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include <cdnsim/scenario/result.hpp>
#include <cdnsim/tools/build_info.hpp>

namespace cdnsim::tools {

// All three are defined by the build system, for this file only.
std::string_view version() { return CDNSIM_VERSION; }
std::string_view compiler() { return CDNSIM_COMPILER; }

std::string about_build() {
  return fmt::format(
      "cdnsim {}\n"
      "  compiler   {}, {}\n"
      "  results    schema {}\n"
      "  libraries  CLI11 {}, fmt {}.{}.{}, nlohmann/json {}.{}.{}, zlib {}",
      version(), compiler(), CDNSIM_BUILD_TYPE, kResultSchemaVersion, CLI11_VERSION,
      FMT_VERSION / 10000, FMT_VERSION / 100 % 100, FMT_VERSION % 100, NLOHMANN_JSON_VERSION_MAJOR,
      NLOHMANN_JSON_VERSION_MINOR, NLOHMANN_JSON_VERSION_PATCH, zlibVersion());
}

}  // namespace cdnsim::tools
