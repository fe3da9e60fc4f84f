// A trace as traffic: which file, how it is read, who its clients are, and in what time it plays.
// Does not know cells, PoPs or caches, nor how a file is read.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/workload/file_path.hpp>

namespace cdnsim {

// In what time traces are played: their own, or so slowly that a request is over and done with
// before the next one comes.
enum class ReplayMode : std::uint8_t { timed, atomic };

constexpr std::array<EnumName<ReplayMode>, 2> enum_names(ReplayMode) {
  return {{{ReplayMode::timed, "timed"}, {ReplayMode::atomic, "atomic"}}};
}

// Where the sizes of a trace's objects come from.
enum class TraceSizes : std::uint8_t { trace, content };

constexpr std::array<EnumName<TraceSizes>, 2> enum_names(TraceSizes) {
  return {{{TraceSizes::trace, "trace"}, {TraceSizes::content, "content"}}};
}

struct TraceReplay {
  static constexpr std::string_view kKind = "trace";
  FilePath file;
  std::optional<std::string> format;           // none: the file's name tells
  std::map<std::string, std::string> columns;  // as TraceOptions has them
  std::string content;
  TraceSizes sizes = TraceSizes::trace;
  Duration starts{0};
  double speed = 1.0;
  std::uint32_t times = 1;
  std::map<std::string, std::string> clients;  // value in the trace to client network
};

// The formats that traces can be read in.
std::vector<std::string_view> replayed_formats();

template <class V>
void describe(V& v, TraceReplay& s) {
  v.required("file", s.file, "the trace, relative to the file that says it");
  v.optional("format", s.format, "its format; the file's name tells when not given",
             one_of(replayed_formats()));
  v.map("columns", s.columns,
        "of CSV and JSON Lines: the names of the columns time, id, size and client");
  v.required("content", s.content,
             "the class of its objects, which nobody else asks for: their origin and "
             "Cache-Control; how many there are and how popular, the trace says",
             refers_to("/content"));
  v.optional("sizes", s.sizes,
             "whether the trace or the class of content says how large objects are");
  v.optional("starts", s.starts, "when its first request comes, from the start of the run",
             at_least(Duration{0}));
  v.optional("speed", s.speed, "2 plays it twice as fast", at_least(1e-6), at_most(1e6));
  v.optional("times", s.times,
             "how often it is played; the next time begins a mean gap after the last request",
             at_least(1u), at_most(1'000'000u));
  v.map("clients", s.clients,
        "the client networks of clients named as in the trace; all others are spread by the hash "
        "of their names, in proportion to users, and requests of nobody by their number",
        refers_to("/network/client_networks"));
}

}  // namespace cdnsim
