#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <limits>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/slot_index.hpp>
#include <cdnsim/trace/trace_writer.hpp>

#include "format_names.hpp"

namespace cdnsim {
namespace {

// A file under another name until it is whole.
class NewFile {
 public:
  explicit NewFile(std::string path)
      : path_(std::move(path)), scratch_(path_ + ".unfinished." + std::to_string(::getpid())) {
    descriptor_ = ::open(scratch_.c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (descriptor_ < 0) fail();
  }
  ~NewFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
    if (!finished_) ::unlink(scratch_.c_str());
  }
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;

  void append(const void* bytes, std::size_t count) {
    const char* from = static_cast<const char*>(bytes);
    while (count > 0) {
      const ssize_t written = ::write(descriptor_, from, count);
      if (written < 0 && errno == EINTR) continue;
      if (written < 0) fail();
      from += written;
      count -= static_cast<std::size_t>(written);
    }
  }
  void overwrite(std::uint64_t offset, const std::string& bytes) {
    if (::pwrite(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) !=
        static_cast<ssize_t>(bytes.size())) {
      fail();
    }
  }
  // REQUIRES: the file is that long.
  void read_back(std::uint64_t offset, std::string& bytes) {
    if (::pread(descriptor_, bytes.data(), bytes.size(), static_cast<off_t>(offset)) !=
        static_cast<ssize_t>(bytes.size())) {
      fail();
    }
  }
  void finish() {
    if (::close(std::exchange(descriptor_, -1)) != 0) fail();
    if (std::rename(scratch_.c_str(), path_.c_str()) != 0) fail();
    finished_ = true;
  }

 private:
  [[noreturn]] void fail() const {
    const std::string reason = std::strerror(errno);
    if (!finished_) ::unlink(scratch_.c_str());
    throw UserError("cannot write " + path_ + ": " + reason);
  }

  std::string path_, scratch_;
  int descriptor_ = -1;
  bool finished_ = false;
};

// For each object a request of it.
class KnownRequests {
 public:
  // Remembers request `number`, counted from 1, and returns the one remembered before, or 0.
  std::uint64_t exchange(std::uint64_t id, std::uint64_t number) {
    const Slot known = index_.find(id, [this](Slot slot) { return rows_[slot].id; });
    if (known != kNoSlot) return std::exchange(rows_[known].number, number);
    const Slot slot = static_cast<Slot>(++count_);
    if (slot >= rows_.size()) rows_.reach(static_cast<Slot>(slot + slot / 4 + 1023));
    rows_[slot] = {id, number};
    if (index_.full()) {
      index_.grow();
      for (Slot each = 1; each < slot; ++each) index_.insert(rows_[each].id, each);
    }
    index_.insert(id, slot);
    return 0;
  }

 private:
  struct Row {
    std::uint64_t id, number;
  };
  SlotIndex index_;
  SlotArray<Row> rows_;
  std::uint64_t count_ = 0;
};

// Where the next request of an object is not known it is filled in at the end, from the last record
// to the first.
class OracleGeneralWriter final : public TraceWriter {
 public:
  explicit OracleGeneralWriter(const std::string& path) : path_(path), file_(path) {}

  void write(std::span<const TraceRequest> requests) override {
    for (const TraceRequest& request : requests) add(request);
    if (kept_.size() >= kRecordsAtOnce * kRecord) flush();
  }
  void finish() override {
    flush();
    if (has_unknown_) fill_in();
    file_.finish();
  }

 private:
  static constexpr std::size_t kRecord = 24;
  static constexpr std::size_t kRecordsAtOnce = std::size_t{1} << 14;

  void add(const TraceRequest& request) {
    const std::int64_t second = request.at.time_since_epoch() / std::chrono::seconds(1);
    CDNSIM_REQUIRE_USER(
        request.bytes <= std::numeric_limits<std::uint32_t>::max() &&
            second <= std::numeric_limits<std::uint32_t>::max(),
        fmt::format("cannot write {}: request {} of {} bytes at {} s does not fit oracleGeneral, "
                    "which has 32 bits for each",
                    path_, written_ + 1, request.bytes, second));
    ++written_;
    has_unknown_ = has_unknown_ || request.next == TraceRequest::kUnknown;
    std::array<char, kRecord> record{};
    const auto time = static_cast<std::uint32_t>(second);
    const auto bytes = static_cast<std::uint32_t>(request.bytes);
    std::memcpy(record.data(), &time, 4);
    std::memcpy(record.data() + 4, &request.id, 8);
    std::memcpy(record.data() + 12, &bytes, 4);
    std::memcpy(record.data() + 16, &request.next, 8);
    kept_.append(record.data(), record.size());
  }
  void flush() {
    file_.append(kept_.data(), kept_.size());
    kept_.clear();
  }

  void fill_in() {
    KnownRequests known;
    std::string records;
    for (std::uint64_t end = written_; end > 0;) {
      const std::uint64_t begin = end > kRecordsAtOnce ? end - kRecordsAtOnce : 0;
      records.resize((end - begin) * kRecord);
      file_.read_back(begin * kRecord, records);
      for (std::uint64_t i = end; i > begin; --i) {
        char* const record = records.data() + (i - 1 - begin) * kRecord;
        std::uint64_t id = 0;
        std::memcpy(&id, record + 4, 8);
        const std::uint64_t later = known.exchange(id, i);
        const std::int64_t next =
            later == 0 ? TraceRequest::kNever : static_cast<std::int64_t>(later);
        std::memcpy(record + 16, &next, 8);
      }
      file_.overwrite(begin * kRecord, records);
      end = begin;
    }
  }

  std::string path_;
  NewFile file_;
  std::string kept_;
  std::uint64_t written_ = 0;
  bool has_unknown_ = false;
};

// One line a request.
class LineWriter final : public TraceWriter {
 public:
  using Line = void (*)(const TraceRequest&, std::string& out);
  LineWriter(const std::string& path, std::string_view header, Line line)
      : file_(path), line_(line), kept_(header) {}

  void write(std::span<const TraceRequest> requests) override {
    for (const TraceRequest& request : requests) line_(request, kept_);
    if (kept_.size() < kKept) return;
    file_.append(kept_.data(), kept_.size());
    kept_.clear();
  }
  void finish() override {
    file_.append(kept_.data(), kept_.size());
    file_.finish();
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 16;

  NewFile file_;
  Line line_;
  std::string kept_;
};

// Seconds, with as many decimals as there are.
std::string seconds_of(const TraceRequest& request) {
  const std::int64_t ns = request.at.time_since_epoch().count();
  std::string text = std::to_string(ns / 1'000'000'000);
  if (ns % 1'000'000'000 == 0) return text;
  text += fmt::format(".{:09}", ns % 1'000'000'000);
  while (text.back() == '0') text.pop_back();
  return text;
}

void csv_line(const TraceRequest& request, std::string& out) {
  out += fmt::format("{},{},{}\n", seconds_of(request), request.id, request.bytes);
}
void webcachesim_line(const TraceRequest& request, std::string& out) {
  out += fmt::format("{} {} {}\n", seconds_of(request), request.id, request.bytes);
}
void json_line(const TraceRequest& request, std::string& out) {
  out += fmt::format("{{\"time\":{},\"id\":{},\"size\":{}}}\n", seconds_of(request), request.id,
                     request.bytes);
}

}  // namespace

std::vector<std::string_view> writable_trace_formats() {
  return {"oracleGeneral", "csv", "webcachesim", "jsonl"};
}

std::unique_ptr<TraceWriter> create_trace(const std::string& path, const std::string& format) {
  const std::string_view name = format.empty() ? format_by_name(path) : std::string_view(format);
  const bool is_packed = path.ends_with(".gz") || path.ends_with(".zst");
  CDNSIM_REQUIRE_USER(!is_packed, path + ": write it plain and compress it afterwards");
  if (name == "oracleGeneral") return std::make_unique<OracleGeneralWriter>(path);
  if (name == "csv") return std::make_unique<LineWriter>(path, "time,id,size\n", csv_line);
  if (name == "webcachesim") return std::make_unique<LineWriter>(path, "", webcachesim_line);
  if (name == "jsonl") return std::make_unique<LineWriter>(path, "", json_line);
  throw UserError(fmt::format(
      "{}: {}; give --to, one of {}", path,
      name.empty() ? "its name tells no format" : fmt::format("{} is not written", name),
      fmt::join(writable_trace_formats(), ", ")));
}

}  // namespace cdnsim
