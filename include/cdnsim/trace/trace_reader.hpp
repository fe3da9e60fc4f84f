// A trace, read from its beginning to its end, a block of requests at a time.
// Does not know caches. Holds one block, however long the trace is.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

// What a reader left out, because a simulator of caches has no use for it.
struct TraceOmissions {
  std::uint64_t empty = 0;  // requests for no bytes
};

class TraceReader {
 public:
  virtual ~TraceReader() = default;

  // Fills as much of `block` as there is; 0 at the end. Throws a UserError that names the file and
  // the place of what cannot be read.
  virtual std::size_t read(std::span<TraceRequest> block) = 0;

  virtual double share_read() const = 0;  // for progress: 0 to 1
  virtual TraceOmissions omissions() const = 0;
};

// The names of the formats, for options and messages.
std::vector<std::string_view> trace_format_names();

// `format` is one of those names, or empty: then the file's name tells. Throws a UserError.
std::unique_ptr<TraceReader> open_trace(const std::string& path, std::string_view format = {});

}  // namespace cdnsim
