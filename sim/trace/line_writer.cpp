#include "line_writer.hpp"

#include <fmt/format.h>

#include "byte_sink.hpp"

namespace cdnsim {
namespace {

class LineWriter final : public TraceWriter {
 public:
  using Line = void (*)(const TraceRequest&, std::string& out);
  LineWriter(const std::string& path, std::string_view header, Line line)
      : sink_(create_bytes(path)), line_(line), kept_(header) {}

  void write(std::span<const TraceRequest> requests) override {
    for (const TraceRequest& request : requests) line_(request, kept_);
    if (kept_.size() >= kKept) flush();
  }
  void finish() override {
    flush();
    sink_->finish();
  }

 private:
  static constexpr std::size_t kKept = std::size_t{1} << 16;

  void flush() {
    sink_->append(kept_);
    kept_.clear();
  }

  std::unique_ptr<ByteSink> sink_;
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

std::unique_ptr<TraceWriter> csv_writer(const std::string& path) {
  return std::make_unique<LineWriter>(path, "time,id,size\n", csv_line);
}
std::unique_ptr<TraceWriter> webcachesim_writer(const std::string& path) {
  return std::make_unique<LineWriter>(path, "", webcachesim_line);
}
std::unique_ptr<TraceWriter> json_lines_writer(const std::string& path) {
  return std::make_unique<LineWriter>(path, "", json_line);
}

}  // namespace cdnsim
