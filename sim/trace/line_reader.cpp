#include "line_reader.hpp"

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>

namespace cdnsim {
namespace {

constexpr std::size_t kRead = std::size_t{1} << 16;
constexpr std::size_t kLongestLine = std::size_t{1} << 20;

}  // namespace

LineReader::LineReader(const std::string& path, std::unique_ptr<ByteSource> source,
                       std::unique_ptr<LineFormat> format, bool skip_bad)
    : path_(path),
      source_(std::move(source)),
      format_(std::move(format)),
      order_(path, format_->name(), skip_bad) {
  if (format_->has_header()) read_header();
}

void LineReader::read_header() {
  std::string_view line;
  if (!next_line(line)) order_.end();
  const std::string problem = format_->read_header(line);
  CDNSIM_REQUIRE_USER(problem.empty(), fmt::format("{}:1: {}", path_, problem));
}

bool LineReader::next_line(std::string_view& line) {
  std::size_t end = buffer_.find('\n', begin_);
  while (end == std::string::npos && !at_end_) {
    buffer_.erase(0, begin_);
    begin_ = 0;
    const std::size_t kept = buffer_.size();
    CDNSIM_REQUIRE_USER(
        kept < kLongestLine,
        fmt::format("{}:{}: a line of more than {} bytes; is it another format than "
                    "{}?",
                    path_, line_ + 1, kLongestLine, format_->name()));
    buffer_.resize(kept + kRead);
    const std::size_t got = source_->read(std::as_writable_bytes(std::span(buffer_)).subspan(kept));
    buffer_.resize(kept + got);
    at_end_ = got < kRead;
    end = buffer_.find('\n', kept);
  }
  if (end == std::string::npos) end = buffer_.size();
  if (begin_ >= buffer_.size()) return false;
  line = std::string_view(buffer_).substr(begin_, end - begin_);
  if (line.ends_with('\r')) line.remove_suffix(1);
  begin_ = end + 1;
  ++line_;
  return true;
}

std::size_t LineReader::fill(std::span<TraceRequest> block, std::uint64_t* clients) {
  std::size_t filled = 0;
  const auto place = [this] { return fmt::format(":{}", line_); };
  for (std::string_view line; filled < block.size();) {
    if (!next_line(line)) {
      if (filled == 0) order_.end();
      break;
    }
    if (line.find_first_not_of(" \t") == std::string_view::npos) continue;
    TraceRequest request;
    std::uint64_t* const client = clients == nullptr ? nullptr : clients + filled;
    const std::string problem = format_->read_request(line, request, client);
    if (!problem.empty()) {
      order_.reject(place(), problem);
    } else if (order_.takes(request, place)) {
      block[filled++] = request;
    }
  }
  return filled;
}

}  // namespace cdnsim
