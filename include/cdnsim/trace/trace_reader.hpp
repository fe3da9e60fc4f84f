// A trace, read from its beginning to its end, a block of requests at a time.
// Does not know caches. Holds one block, however long the trace is.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

// What a reader left out.
struct TraceOmissions {
  std::uint64_t empty = 0;  // requests for no bytes: no use to a cache
  std::uint64_t bad = 0;    // with `skip_bad`: what could not be read, or went back in time
};

class TraceReader {
 public:
  virtual ~TraceReader() = default;

  // Fills as much of `block` as there is; 0 at the end. Throws a UserError that names the file and
  // the place of what cannot be read.
  virtual std::size_t read(std::span<TraceRequest> block) = 0;

  // The same, and who asked, as far as the file tells: kNobody where it does not.
  // REQUIRES: both are of one length.
  virtual std::size_t read_with_clients(std::span<TraceRequest> block,
                                        std::span<std::uint64_t> clients) {
    std::fill(clients.begin(), clients.end(), kNobody);
    return read(block);
  }
  static constexpr std::uint64_t kNobody = ~std::uint64_t{0};

  virtual double share_read() const = 0;  // for progress: 0 to 1
  virtual TraceOmissions omissions() const = 0;
};

struct TraceOptions {
  std::string format;  // one of trace_format_names(); empty: the file's name tells
  // Of CSV and JSON Lines: which column is the "time", the "id", the "size" and, if there, the
  // "next" and the "client". Those not named are looked for under usual names.
  std::map<std::string, std::string> columns = {};
  bool skip_bad = false;
};

// The names of the formats, for options and messages.
std::vector<std::string_view> trace_format_names();
// What `columns` can name.
std::vector<std::string_view> trace_column_names();

// The number by which a reader names the client that a text means: a decimal one is taken as it is,
// any other text is hashed.
std::uint64_t trace_client(std::string_view text);

// Throws a UserError.
std::unique_ptr<TraceReader> open_trace(const std::string& path, const TraceOptions& options = {});

}  // namespace cdnsim
