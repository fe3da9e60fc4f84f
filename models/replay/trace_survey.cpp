#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include <cdnsim/models/replay/trace_survey.hpp>
#include <cdnsim/observe/digest.hpp>
#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kSurveyBlock = 4096;

std::string digest_of(const std::string& path) {
  Sha256 digest;
  const auto source = open_bytes(path);
  std::vector<std::byte> piece(std::size_t{1} << 16);
  for (std::size_t got = source->read(piece); got > 0; got = source->read(piece)) {
    digest.update(std::string_view(reinterpret_cast<const char*>(piece.data()), got));
  }
  return digest.hex();
}

}  // namespace

std::vector<std::string_view> replayed_formats() { return trace_format_names(); }

std::unique_ptr<TraceReader> open_replayed(const TraceReplay& trace) {
  TraceOptions options;
  options.format = trace.format.value_or("");
  options.columns = trace.columns;
  return open_trace(trace.file.path(), options);
}

void try_trace(const TraceReplay& trace) {
  std::array<TraceRequest, 64> block;
  open_replayed(trace)->read(block);
}

bool names_clients(const TraceReplay& trace) {
  std::vector<TraceRequest> block(kSurveyBlock);
  std::vector<std::uint64_t> clients(kSurveyBlock, TraceReader::kNobody);
  open_replayed(trace)->read_with_clients(block, clients);
  return std::ranges::any_of(clients, [](auto client) { return client != TraceReader::kNobody; });
}

TraceSurvey survey(const TraceReplay& trace) {
  TraceSurvey found;
  const auto reader = open_replayed(trace);
  std::vector<TraceRequest> block(kSurveyBlock);
  for (std::size_t got = reader->read(block); got > 0; got = reader->read(block)) {
    if (found.requests == 0) found.first = block.front().at;
    found.last = block[got - 1].at;
    found.requests += got;
    for (const TraceRequest& request : std::span(block).first(got)) {
      found.largest = std::max(found.largest, request.bytes);
    }
  }
  found.sha256 = digest_of(trace.file.path());
  return found;
}

}  // namespace cdnsim
