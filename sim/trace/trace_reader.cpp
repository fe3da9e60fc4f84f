#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

#include "format_names.hpp"
#include "lcs_header.hpp"
#include "line_reader.hpp"
#include "record_formats.hpp"
#include "record_reader.hpp"

namespace cdnsim {
namespace {

using Reader = std::unique_ptr<TraceReader>;

template <class Format>
Reader records(const std::string& path, const TraceOptions& options, std::uint64_t promised = 0) {
  auto source = open_bytes(path, options.skip_bad);
  if constexpr (Format::kHeader > 0) {
    std::vector<std::byte> header(Format::kHeader);
    source->read(header);
  }
  return std::make_unique<RecordReader<Format>>(path, std::move(source), options.skip_bad,
                                                promised);
}

// The first two records tell the version; the later one is tried first, as libCacheSim does.
Reader open_vscsi(const std::string& path, const TraceOptions& options) {
  std::array<std::byte, 80> first{};
  const std::size_t there = open_bytes(path, options.skip_bad)->read(first);
  const auto is_version = [&](std::size_t record, std::size_t at, unsigned version) {
    for (std::size_t i = 0; i < std::min<std::size_t>(there / record, 2); ++i) {
      if (field<std::uint16_t>(first.data() + i * record, at) >> 8 != version) return false;
    }
    return there >= record;
  };
  if (is_version(Vscsi2::kRecord, 2, 2)) return records<Vscsi2>(path, options);
  if (is_version(Vscsi1::kRecord, 14, 1)) return records<Vscsi1>(path, options);
  CDNSIM_REQUIRE_USER(there < Vscsi2::kRecord,
                      path + ": its first records are of no known version of vscsi");
  return records<Vscsi2>(path, options);  // which tells that there is not even one
}

Reader open_lcs(const std::string& path, const TraceOptions& options) {
  std::array<std::byte, kLcsHeader> header{};
  const std::size_t there = open_bytes(path, options.skip_bad)->read(header);
  CDNSIM_REQUIRE_USER(there > 0, path + ": is empty");
  CDNSIM_REQUIRE_USER(there == header.size() &&
                          field<std::uint64_t>(header.data(), 0) == kLcsMagic &&
                          field<std::uint64_t>(header.data(), kLcsHeader - 8) == kLcsMagic,
                      there < header.size() && field<std::uint64_t>(header.data(), 0) == kLcsMagic
                          ? fmt::format("{}: ends at byte {}, within its header of {} bytes", path,
                                        there, header.size())
                          : path + ": does not begin with the header of an lcs file");
  const auto told = field<std::int64_t>(header.data(), kLcsRequestsAt);
  const auto promised = static_cast<std::uint64_t>(std::max<std::int64_t>(told, 0));
  switch (const auto version = field<std::uint64_t>(header.data(), 8)) {
    case 1: return records<Lcs1>(path, options, promised);
    case 2: return records<Lcs2>(path, options, promised);
    case 3: return records<Lcs3>(path, options, promised);
    default:
      throw UserError(
          fmt::format("{}: is of version {} of lcs; versions 1 to 3 can be read", path, version));
  }
}

}  // namespace

Reader open_trace(const std::string& path, const TraceOptions& options) {
  const std::string_view format =
      options.format.empty() ? format_by_name(path) : std::string_view(options.format);
  const auto lines = [&](std::unique_ptr<LineFormat> of) {
    return std::make_unique<LineReader>(path, open_bytes(path, options.skip_bad), std::move(of),
                                        options.skip_bad);
  };
  if (format == "oracleGeneral") return records<OracleGeneral>(path, options);
  if (format == "lcs") return open_lcs(path, options);
  if (format == "vscsi") return open_vscsi(path, options);
  if (format == "csv") return lines(csv_format(options.columns));
  if (format == "webcachesim") return lines(webcachesim_format());
  if (format == "jsonl") return lines(json_lines_format(options.columns));
  open_bytes(path);  // what is wrong with the file goes before what is wrong with its name
  throw UserError(fmt::format("{}: its name tells no format; give --trace-format, one of {}", path,
                              fmt::join(trace_format_names(), ", ")));
}

}  // namespace cdnsim
