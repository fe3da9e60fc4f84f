// Writes a trace of records that are all equally long.
// Does not know, but for its format, what is in a record.
#pragma once

#include <algorithm>
#include <array>
#include <memory>
#include <string>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/new_file.hpp>
#include <cdnsim/trace/trace_writer.hpp>

#include "byte_sink.hpp"
#include "lcs_header.hpp"
#include "record_formats.hpp"
#include "request_links.hpp"

namespace cdnsim {

// Records behind each other, kept until there are enough for a write.
template <class Format>
class RecordBuffer {
 public:
  explicit RecordBuffer(std::string path) : path_(std::move(path)) {}

  // Throws a UserError that names the request when it does not fit the format.
  void add(const TraceRequest& request) {
    constexpr RecordLimits kLimits = Format::kLimits;
    if (request.bytes > kLimits.bytes_most) {
      refuse(fmt::format("is for {} bytes, and sizes have 32 bits", request.bytes));
    }
    if (second_of(request) > kLimits.second_most) {
      refuse(fmt::format("comes at {} s, and times end at {} s", second_of(request),
                         kLimits.second_most));
    }
    if (request.id > kLimits.id_most) {
      refuse(fmt::format("is for object {}, which is no sector of a disk: they end at {}",
                         request.id, kLimits.id_most));
    }
    std::array<std::byte, Format::kRecord> record;
    Format::encode(request, count_++, record.data());
    bytes_.append(reinterpret_cast<const char*>(record.data()), record.size());
  }
  bool is_full() const { return bytes_.size() >= kRecordsAtOnce * Format::kRecord; }
  std::string_view bytes() const { return bytes_; }
  void clear() { bytes_.clear(); }
  std::uint64_t count() const { return count_; }  // of all that were added

  static constexpr std::uint64_t kRecordsAtOnce = std::uint64_t{1} << 14;

 private:
  [[noreturn]] void refuse(const std::string& what) const {
    throw UserError(fmt::format("cannot write {}: request {} {}; {} cannot hold it, csv can", path_,
                                count_ + 1, what, Format::kFullName));
  }

  std::string path_;
  std::string bytes_;
  std::uint64_t count_ = 0;
};

// A format whose records know nothing of each other.
template <class Format>
class RecordWriter final : public TraceWriter {
 public:
  explicit RecordWriter(const std::string& path) : sink_(create_bytes(path)), buffer_(path) {}

  void write(std::span<const TraceRequest> requests) override {
    for (const TraceRequest& request : requests) buffer_.add(request);
    if (buffer_.is_full()) flush();
  }
  void finish() override {
    flush();
    sink_->finish();
  }

 private:
  void flush() {
    sink_->append(buffer_.bytes());
    buffer_.clear();
  }

  std::unique_ptr<ByteSink> sink_;
  RecordBuffer<Format> buffer_;
};

// A format whose records tell the next request of their object, and whose header tells all about
// the trace: both are filled in at the end. What the requests say of it is not taken over, as it
// may count requests that were left out since.
template <class Format>
class LinkedRecordWriter final : public TraceWriter {
 public:
  explicit LinkedRecordWriter(const std::string& path)
      : file_(path, fmt::format("_{}", Format::kFullName)), buffer_(path) {
    const std::string header(Format::kHeader, '\0');
    file_.append(header.data(), header.size());
  }

  void write(std::span<const TraceRequest> requests) override {
    for (const TraceRequest& request : requests) {
      if (totals_.requests++ == 0) totals_.first_second = second_of(request);
      totals_.last_second = second_of(request);
      totals_.bytes += request.bytes;
      buffer_.add(request);
    }
    if (buffer_.is_full()) flush();
  }
  void finish() override {
    flush();
    RequestLinks links;
    std::string records;
    for (std::uint64_t end = buffer_.count(); end > 0;) {
      const std::uint64_t begin = end - std::min(end, kAtOnce);
      read_back(begin, end, records);
      link(begin, records, links);
      file_.overwrite(offset(begin), records);
      end = begin;
    }
    if (Format::kHeader > 0) file_.overwrite(0, lcs_header(Format::kVersion, totals_, links));
    publish(file_);
  }

  // All that was written so far.
  void replay(TraceWriter& other) {
    flush();
    std::string records;
    for (std::uint64_t begin = 0; begin < buffer_.count(); begin += kAtOnce) {
      read_back(begin, std::min(begin + kAtOnce, buffer_.count()), records);
      for (std::size_t at = 0; at < records.size(); at += Format::kRecord) {
        const TraceRequest request = decode(records, at);
        other.write({&request, 1});
      }
    }
  }

 private:
  static constexpr std::uint64_t kAtOnce = RecordBuffer<Format>::kRecordsAtOnce;

  static std::uint64_t offset(std::uint64_t record) {
    return Format::kHeader + record * Format::kRecord;
  }
  static TraceRequest decode(const std::string& records, std::size_t at) {
    return Format::decode(reinterpret_cast<const std::byte*>(records.data() + at));
  }
  void flush() {
    file_.append(buffer_.bytes().data(), buffer_.bytes().size());
    buffer_.clear();
  }
  void read_back(std::uint64_t begin, std::uint64_t end, std::string& records) {
    records.resize((end - begin) * Format::kRecord);
    file_.read_back(offset(begin), records);
  }
  static void link(std::uint64_t first, std::string& records, RequestLinks& links) {
    for (std::size_t i = records.size() / Format::kRecord; i-- > 0;) {
      const std::size_t at = i * Format::kRecord;
      const std::int64_t next = links.link(decode(records, at), first + i + 1);
      put_field(reinterpret_cast<std::byte*>(records.data() + at), Format::kNext, next);
    }
  }

  NewFile file_;
  RecordBuffer<Format> buffer_;
  LcsTotals totals_;
};

}  // namespace cdnsim
