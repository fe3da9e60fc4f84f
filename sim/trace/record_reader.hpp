// Reads a trace of records that are all equally long.
// Does not know how the bytes are compressed, nor, but for its format, what is in a record.
#pragma once

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

#include "order.hpp"

namespace cdnsim {

template <class Format>
class RecordReader final : public TraceReader {
 public:
  // `promised` records there are, by the file's own word; 0 when it does not tell.
  // REQUIRES: the source stands at the first record.
  RecordReader(const std::string& path, std::unique_ptr<ByteSource> source, bool skip_bad,
               std::uint64_t promised = 0)
      : promised_(promised),
        source_(std::move(source)),
        order_(path, Format::kName, skip_bad),
        buffer_(kRecordsAtOnce * Format::kRecord) {}

  std::size_t read(std::span<TraceRequest> block) override {
    std::size_t filled = 0;
    while (filled < block.size()) {
      if (begin_ == end_ && !refill()) break;
      const std::span<TraceRequest> room = block.subspan(filled);
      const std::size_t count = std::min((end_ - begin_) / Format::kRecord, room.size());
      filled += take_faultless(room.first(count)) ? count : take_one_by_one(count, room);
    }
    return filled;
  }
  double share_read() const override { return source_->share_read(); }
  TraceOmissions omissions() const override { return order_.omissions(source_->bad()); }

 private:
  static constexpr std::size_t kRecordsAtOnce = 2048;
  static constexpr std::int64_t kBytesMost = 1'000'000'000'000;

  // The next records, if nothing is wrong with any of them, as is nearly always so: no branches.
  bool take_faultless(std::span<TraceRequest> into) {
    const std::byte* record = buffer_.data() + begin_;
    SimTime latest = std::max(order_.latest(), kTimeZero);
    bool faultless = true;
    for (TraceRequest& request : into) {
      request = Format::decode(record);
      record += Format::kRecord;
      faultless &= request.bytes > 0 && request.bytes <= kBytesMost && request.at >= latest;
      latest = request.at;
    }
    if (!faultless) return false;
    order_.took_up_to(latest);
    begin_ += into.size() * Format::kRecord;
    records_ += into.size();
    return true;
  }

  // Returns how many of the next `count` records are requests.
  std::size_t take_one_by_one(std::size_t count, std::span<TraceRequest> into) {
    std::size_t filled = 0;
    for (std::size_t i = 0; i < count; ++i) {
      const TraceRequest request = Format::decode(buffer_.data() + begin_);
      begin_ += Format::kRecord;
      const std::uint64_t byte = Format::kHeader + records_++ * Format::kRecord;
      const auto place = [byte] { return fmt::format(": byte {}", byte); };
      // No object has more than a terabyte; a negative size, or time, is no request.
      if (request.bytes < 0 || request.bytes > kBytesMost || request.at < kTimeZero) {
        order_.reject(place(), "no request has such a size or time");
        continue;
      }
      if (order_.takes(request, place)) into[filled++] = request;
    }
    return filled;
  }

  bool refill() {
    const std::size_t got = source_->read(buffer_);
    const std::size_t part = got % Format::kRecord;
    if (part != 0) {
      order_.reject("", fmt::format("ends {} bytes into the record at byte {}", part,
                                    Format::kHeader + records_ * Format::kRecord + got - part));
    }
    begin_ = 0;
    end_ = got - part;
    if (end_ == 0) at_end();
    return end_ != 0;
  }

  void at_end() {
    order_.end();
    if (records_ >= promised_) return;
    const std::uint64_t told = std::exchange(promised_, 0);
    order_.reject("",
                  fmt::format("ends at byte {}, after {} of the {} records that its header tells",
                              Format::kHeader + records_ * Format::kRecord, records_, told));
  }

  std::uint64_t promised_;

  std::unique_ptr<ByteSource> source_;
  TraceOrder order_;
  std::vector<std::byte> buffer_;
  std::size_t begin_ = 0, end_ = 0;  // what is left of the buffer
  std::uint64_t records_ = 0;
};

}  // namespace cdnsim
