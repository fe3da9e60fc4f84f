#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

#include "oracle_general.hpp"

namespace cdnsim {

std::vector<std::string_view> trace_format_names() { return {OracleGeneralReader::kName}; }

std::unique_ptr<TraceReader> open_trace(const std::string& path, std::string_view format) {
  const bool is_known = format.empty() || format == OracleGeneralReader::kName;
  CDNSIM_ASSERT(is_known, "formats are checked when the command line is read");
  return std::make_unique<OracleGeneralReader>(path, open_bytes(path));
}

}  // namespace cdnsim
