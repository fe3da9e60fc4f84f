// Reads a trace of one request a line.
// Does not know what a line holds: its format parses it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/trace/byte_source.hpp>
#include <cdnsim/trace/trace_reader.hpp>

#include "order.hpp"

namespace cdnsim {

class LineFormat {
 public:
  virtual ~LineFormat() = default;
  virtual std::string_view name() const = 0;
  // What a line before the first request says, if the format has such: "" or what is wrong with it.
  virtual bool has_header() const { return false; }
  virtual std::string read_header(std::string_view) { return {}; }
  // "" or what is wrong with the line. `client`, if wanted, is who asks.
  virtual std::string read_request(std::string_view line, TraceRequest& request,
                                   std::uint64_t* client) const = 0;
};

std::unique_ptr<LineFormat> webcachesim_format();
std::unique_ptr<LineFormat> csv_format(std::map<std::string, std::string> columns);
std::unique_ptr<LineFormat> json_lines_format(std::map<std::string, std::string> columns);

class LineReader final : public TraceReader {
 public:
  LineReader(const std::string& path, std::unique_ptr<ByteSource> source,
             std::unique_ptr<LineFormat> format, bool skip_bad);

  std::size_t read(std::span<TraceRequest> block) override { return fill(block, nullptr); }
  std::size_t read_with_clients(std::span<TraceRequest> block,
                                std::span<std::uint64_t> clients) override {
    return fill(block, clients.data());
  }
  double share_read() const override { return source_->share_read(); }
  TraceOmissions omissions() const override { return order_.omissions(source_->bad()); }

 private:
  // `clients` is as long as the block, or nothing.
  std::size_t fill(std::span<TraceRequest> block, std::uint64_t* clients);
  // The next line without its end; false at the end of the file.
  bool next_line(std::string_view& line);
  void read_header();

  std::string path_;
  std::unique_ptr<ByteSource> source_;
  std::unique_ptr<LineFormat> format_;
  TraceOrder order_;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::uint64_t line_ = 0;
  bool at_end_ = false;
};

}  // namespace cdnsim
