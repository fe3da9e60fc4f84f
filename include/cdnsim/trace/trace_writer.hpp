// Writes a trace in one of the formats that can be read; nothing is there before it is whole.
// Does not know where the requests come from.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

class TraceWriter {
 public:
  virtual ~TraceWriter() = default;
  // In the order of time. Throws a UserError that names the file when it cannot be written.
  virtual void write(std::span<const TraceRequest> requests) = 0;
  // Completes the file and gives it its name. REQUIRES: nothing is written afterwards.
  virtual void finish() = 0;
};

std::vector<std::string_view> writable_trace_formats();

// `format` is one of those; empty: the file's name tells. Throws a UserError.
std::unique_ptr<TraceWriter> create_trace(const std::string& path, const std::string& format = {});

}  // namespace cdnsim
