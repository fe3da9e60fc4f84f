// Each format cut short around every record, damaged, unsorted and empty: what is told, and what
// is counted instead where that is wished.

#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <cdnsim/trace/trace_writer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace broken_trace_test {

using namespace cdnsim;
using namespace cdnsim::test;

constexpr std::size_t kRequests = 20;

struct Format {
  const char* name;
  const char* read_name;
  std::size_t header, record;  // 0: lines
  bool tells_requests;
};
constexpr Format kFormats[] = {{"oracleGeneral", "oracleGeneral", 0, 24, false},
                               {"lcs1", "lcs", 8192, 24, true},
                               {"lcs2", "lcs", 8192, 28, true},
                               {"lcs3", "lcs", 8192, 36, true},
                               {"vscsi1", "vscsi", 0, 32, false},
                               {"vscsi2", "vscsi", 0, 40, false},
                               {"csv", "csv", 0, 0, false},
                               {"webcachesim", "webcachesim", 0, 0, false},
                               {"jsonl", "jsonl", 0, 0, false}};

std::string written(const ScratchFiles& files, const Format& format, const char* packing = "",
                    std::size_t backwards = kRequests) {
  const std::string path = files.path("whole" + std::string(packing));
  const auto writer = create_trace(path, format.name);
  for (std::size_t i = 0; i < kRequests; ++i) {
    const std::size_t second = i == backwards ? 1 : 10 + i;
    const TraceRequest request{1000 + i % 7, 500, SimTime{std::chrono::seconds(second)}};
    writer->write({&request, 1});
  }
  writer->finish();
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

struct Read {
  std::size_t requests = 0;
  std::uint64_t bad = 0;
  std::string mistake;
};
Read read(const ScratchFiles& files, const Format& format, const std::string& bytes,
          bool skip_bad) {
  Read found;
  try {
    const auto reader = open_trace(files.write("t", bytes), {format.read_name, {}, skip_bad});
    std::vector<TraceRequest> block(3);
    while (const std::size_t count = reader->read(block)) found.requests += count;
    found.bad = reader->omissions().bad;
  } catch (const UserError& error) {
    found.mistake = files.shortened(error.what());
  }
  return found;
}

TEST_CASE("records cut short are told with the byte, or counted") {
  const ScratchFiles files;
  for (const Format& format : kFormats) {
    if (format.record == 0) continue;
    const std::string whole = written(files, format);
    REQUIRE(whole.size() == format.header + kRequests * format.record);
    for (std::size_t record = 0; record <= kRequests; ++record) {
      const std::size_t boundary = format.header + record * format.record;
      for (const std::size_t size : {boundary - 1, boundary, boundary + 1}) {
        if (size > whole.size()) continue;  // before the first byte, or behind the last
        CAPTURE(format.name, record, size);
        const Read strict = read(files, format, whole.substr(0, size), false);
        const Read lenient = read(files, format, whole.substr(0, size), true);
        if (size < format.header) {
          const std::string told = fmt::format("t: ends at byte {}, within its header", size);
          CHECK_THAT(strict.mistake, Catch::StartsWith(told));
          CHECK_THAT(lenient.mistake, Catch::StartsWith(told));
        } else if (size == format.header) {
          CHECK(strict.mistake == "t: is empty");
          CHECK(lenient.mistake == "t: is empty");
        } else {
          const std::size_t full = (size - format.header) / format.record;
          const std::size_t part = (size - format.header) % format.record;
          const bool lacks = format.tells_requests && full < kRequests;
          const std::string told =
              part > 0
                  ? fmt::format("t: ends {} bytes into the record at byte {}; ", part, size - part)
                  : fmt::format("t: ends at byte {}, after {} of the 20 records", size, full);
          if (part > 0 || lacks) {
            CHECK_THAT(strict.mistake, Catch::StartsWith(told));
          } else {
            CHECK(strict.mistake.empty());
          }
          CHECK(lenient.mistake.empty());
          CHECK(lenient.requests == full);
          CHECK(lenient.bad == std::uint64_t{part > 0} + std::uint64_t{lacks});
        }
      }
    }
  }
}

TEST_CASE("lines cut short are told with their number, or counted") {
  const ScratchFiles files;
  for (const Format& format : kFormats) {
    if (format.record != 0) continue;
    const std::string whole = written(files, format);
    const std::size_t first_line = std::string_view(format.name) == "csv" ? 2 : 1;
    std::size_t begin = first_line == 2 ? whole.find('\n') + 1 : 0;
    for (std::size_t line = first_line; line < first_line + kRequests; ++line) {
      const std::size_t end = whole.find('\n', begin);
      const std::size_t read_before = line - first_line;
      CAPTURE(format.name, line);
      // Within the time, and behind it; before the last line's end it is whole.
      for (const std::size_t size : {begin + 1, begin + 2}) {
        const Read strict = read(files, format, whole.substr(0, size), false);
        const Read lenient = read(files, format, whole.substr(0, size), true);
        CHECK_THAT(strict.mistake, Catch::StartsWith(fmt::format("t:{}: ", line)));
        CHECK(lenient.mistake.empty());
        CHECK(lenient.requests == read_before);
        CHECK(lenient.bad == 1);
      }
      for (const std::size_t size : {end, end + 1}) {
        const Read strict = read(files, format, whole.substr(0, size), false);
        CHECK(strict.mistake.empty());
        CHECK(strict.requests == read_before + 1);
      }
      begin = end + 1;
    }
  }
}

TEST_CASE("time that goes back is told with its place, or counted") {
  const ScratchFiles files;
  for (const Format& format : kFormats) {
    CAPTURE(format.name);
    const std::string whole = written(files, format, "", 13);
    const std::size_t line = 14 + (std::string_view(format.name) == "csv");
    const std::string place = format.record > 0
                                  ? fmt::format("t: byte {}", format.header + 13 * format.record)
                                  : fmt::format("t:{}", line);
    CHECK_THAT(read(files, format, whole, false).mistake,
               Catch::StartsWith(place + ": time goes back from 22s to 1s"));
    const Read lenient = read(files, format, whole, true);
    CHECK(lenient.requests == kRequests - 1);
    CHECK(lenient.bad == 1);
  }
}

TEST_CASE("nothing at all is told for each format, compressed or not") {
  const ScratchFiles files;
  for (const Format& format : kFormats) {
    CAPTURE(format.name);
    CHECK(read(files, format, "", false).mistake == "t: is empty");
    CHECK(read(files, format, "", true).mistake == "t: is empty");
    // gzip of nothing: a header, an empty block, no bytes and their sum
    CHECK(read(files, format, std::string("\x1f\x8b\x08\0\0\0\0\0\0\3\3\0\0\0\0\0\0\0\0\0", 20),
               false)
              .mistake == "t: is empty");
  }
}

TEST_CASE("compressed traces that end early are told with the byte, or read so far") {
  const ScratchFiles files;
  for (const Format& format : kFormats) {
    for (const char* packing : {".gz", ".zst"}) {
      const std::string whole = written(files, format, packing);
      CAPTURE(format.name, packing);
      CHECK(read(files, format, whole, false).requests == kRequests);
      const std::size_t cut = whole.size() - 1;  // within the check sum: all requests are there
      const std::string told = fmt::format("t: byte {}: the {} data end too early", cut,
                                           packing[1] == 'g' ? "gzip" : "zstd");
      CHECK(read(files, format, whole.substr(0, cut), false).mistake == told);
      const Read lenient = read(files, format, whole.substr(0, cut), true);
      CHECK(lenient.mistake.empty());
      CHECK(lenient.requests == kRequests);
      CHECK(lenient.bad == 1);
      std::string damaged = whole;
      damaged.back() = static_cast<char>(damaged.back() ^ 1);
      CHECK_THAT(read(files, format, damaged, false).mistake,
                 Catch::StartsWith("t: byte ") && Catch::EndsWith("data are damaged"));
    }
  }
}

}  // namespace broken_trace_test
