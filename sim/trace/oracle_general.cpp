#include "oracle_general.hpp"

#include <cstring>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kRecordsAtOnce = 2048;

// Little-endian, as the machine is.
template <class T>
T field(const std::byte* record, std::size_t offset) {
  T value;
  std::memcpy(&value, record + offset, sizeof value);
  return value;
}

}  // namespace

OracleGeneralReader::OracleGeneralReader(std::string path, std::unique_ptr<ByteSource> source)
    : path_(std::move(path)), source_(std::move(source)), buffer_(kRecordsAtOnce * kRecord) {}

std::size_t OracleGeneralReader::read(std::span<TraceRequest> block) {
  std::size_t filled = 0;
  while (filled < block.size()) {
    if (begin_ == end_ && !refill()) break;
    const std::byte* record = buffer_.data() + begin_;
    begin_ += kRecord;
    const TraceRequest request = request_at(record);
    ++records_;
    if (request.bytes == 0) {
      ++omissions_.empty;
      continue;
    }
    block[filled++] = request;
  }
  return filled;
}

bool OracleGeneralReader::refill() {
  begin_ = 0;
  end_ = source_->read(buffer_);
  CDNSIM_REQUIRE_USER(
      end_ % kRecord == 0,
      fmt::format(
          "{}: ends inside a record of {} bytes, after byte {}; is it truncated, or another "
          "format than {}?",
          path_, kRecord, records_ * kRecord + end_, kName));
  CDNSIM_REQUIRE_USER(end_ != 0 || records_ != 0, path_ + ": is empty");
  return end_ != 0;
}

TraceRequest OracleGeneralReader::request_at(const std::byte* record) {
  TraceRequest request;
  const auto second = field<std::uint32_t>(record, 0);
  CDNSIM_REQUIRE_USER(
      second >= latest_,
      fmt::format("{}: byte {}: time goes back from {} s to {} s; is it another format than {}?",
                  path_, records_ * kRecord, latest_, second, kName));
  latest_ = second;
  request.at = SimTime{std::chrono::seconds(second)};
  request.id = field<std::uint64_t>(record, 4);
  request.bytes = field<std::uint32_t>(record, 12);
  const auto next = field<std::int64_t>(record, 16);
  request.next = next == std::numeric_limits<std::int64_t>::max() ? TraceRequest::kNever : next;
  return request;
}

}  // namespace cdnsim
