#include <cdnsim/base/int128.hpp>
#include <cdnsim/models/replay/trace_stream.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kBlock = 4096;
// No run lasts as long as this, and sums of two such times do not overflow.
constexpr std::int64_t kFarAway = std::int64_t{1} << 61;

// From the last request to the first of the next round: as long as between two requests on average,
// so that looping makes no burst.
Duration round_length(const TraceSurvey& survey) {
  const Duration whole = survey.last - survey.first;
  if (survey.requests < 2) return whole;
  return whole + whole / static_cast<std::int64_t>(survey.requests - 1);
}

}  // namespace

struct TraceStream::Block {
  std::unique_ptr<TraceReader> reader;
  std::vector<TraceRequest> requests;
  std::vector<std::uint64_t> clients;
  std::size_t filled = 0;
  std::size_t used = 0;
};

TraceStream::TraceStream(const TraceReplay& spec, const TraceSurvey& survey)
    : spec_(&spec),
      first_(survey.first),
      round_length_(round_length(survey)),
      block_(std::make_unique<Block>()) {
  block_->reader = open_replayed(spec);
  block_->requests.resize(kBlock);
  block_->clients.resize(kBlock);
  next_.number = ~std::uint64_t{0};  // so that the first is 0
  advance();
}
TraceStream::TraceStream(TraceStream&&) noexcept = default;
TraceStream::~TraceStream() = default;

bool TraceStream::refill() {
  Block& block = *block_;
  block.used = 0;
  block.filled = block.reader->read_with_clients(block.requests, block.clients);
  if (block.filled == 0 && round_ + 1 < spec_->times) {
    ++round_;
    block.reader = open_replayed(*spec_);
    block.filled = block.reader->read_with_clients(block.requests, block.clients);
  }
  return block.filled > 0;
}

void TraceStream::advance() {
  Block& block = *block_;
  if (block.used == block.filled && !refill()) {
    at_end_ = true;
    return;
  }
  const TraceRequest& request = block.requests[block.used];
  const Int128 elapsed = static_cast<Int128>((request.at - first_).count()) +
                         static_cast<Int128>(round_length_.count()) * round_;
  const double speed = spec_->speed;
  const double scaled = static_cast<double>(elapsed) / speed;
  if (scaled > static_cast<double>(kFarAway)) {
    at_end_ = true;
    return;
  }
  // A double has no room for the nanoseconds of a year: at its own speed a trace needs none.
  const auto offset =
      static_cast<std::int64_t>(speed == 1.0 ? elapsed : static_cast<Int128>(scaled));
  next_.at = SimTime{spec_->starts + Duration{offset}};
  next_.id = request.id;
  next_.bytes = request.bytes;
  next_.client = block.clients[block.used];
  ++next_.number;
  ++block.used;
}

std::uint64_t requests_before(SimTime time, const TraceReplay& spec, const TraceSurvey& survey) {
  TraceStream stream(spec, survey);
  std::uint64_t count = 0;
  for (const PlayedRequest* next = stream.peek(); next != nullptr && next->at < time;
       next = stream.peek()) {
    ++count;
    stream.advance();
  }
  return count;
}

}  // namespace cdnsim
