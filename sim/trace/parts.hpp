// The parts of a request as texts, and under which names columns hold them.
// Does not know how a line is split.
#pragma once

#include <array>
#include <string>
#include <string_view>

#include <cdnsim/trace/trace_request.hpp>

namespace cdnsim {

// As far as they were found; of a client that is not there the text is empty.
struct Parts {
  std::string_view time = "0", id, size = "1", next, client;
};

// "" or what is wrong with them. Seconds may have nine decimals; ids that are no decimal numbers
// are hashed.
std::string read_parts(const Parts& parts, TraceRequest& request);
// Who asks, or TraceReader::kNobody.
std::uint64_t client_in(const Parts& parts);

// Under which names a column goes in the traces that people publish.
struct Column {
  std::string_view name;
  std::array<std::string_view, 8> usual;
  bool is_needed;
};
inline constexpr std::array kColumns{
    Column{"time", {"time", "timestamp", "ts", "clock_time", "clock", "", "", ""}, false},
    Column{"id", {"id", "obj_id", "object", "object_id", "key", "url", "lbn", "obj"}, true},
    Column{"size", {"size", "obj_size", "bytes", "object_size", "length", "len", "", ""}, false},
    Column{"next", {"next", "next_access_vtime", "next_access", "", "", "", "", ""}, false},
    Column{
        "client", {"client", "client_id", "user", "user_id", "receiver", "ip", "host", ""}, false}};

}  // namespace cdnsim
