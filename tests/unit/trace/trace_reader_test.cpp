// Traces as they come: every field, every compression, and what is wrong with a broken file.

#include <vector>

#include <fmt/format.h>
#include <zlib.h>
#include <zstd.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/oracle_general.hpp>
#include <tests/support/scratch_files.hpp>

namespace trace_reader_test {

using namespace cdnsim;
using namespace cdnsim::test;

std::vector<TraceRequest> all_of(TraceReader& reader, std::size_t block_size = 7) {
  std::vector<TraceRequest> block(block_size), all;
  while (const std::size_t count = reader.read(block)) {
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  CHECK(reader.read(block) == 0);
  return all;
}

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1000, '\0');
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  stream.avail_in = static_cast<uInt>(text.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

std::string zstandard(const std::string& text) {
  std::string out(ZSTD_compressBound(text.size()), '\0');
  out.resize(ZSTD_compress(out.data(), out.size(), text.data(), text.size(), 3));
  return out;
}

// 5000 records: more than a reader's buffer holds.
std::string long_trace() {
  std::vector<OracleRecord> records;
  for (std::uint32_t i = 0; i < 5000; ++i) records.push_back({i / 10, i * 7919ULL, i + 1, -2});
  return oracle_general(records);
}

std::string mistake_in(const ScratchFiles& files, const std::string& bytes) {
  try {
    const auto reader = open_trace(files.write("t.bin", bytes));
    all_of(*reader);
  } catch (const UserError& error) {
    return files.shortened(error.what());
  }
  return "none";
}

TEST_CASE("a record of oracleGeneral is a request") {
  const ScratchFiles files;
  const auto reader = open_trace(files.write(
      "t.bin", oracle_general({{0, 5, 100, 3},
                               {4'000'000'000, ~0ULL, 4'294'967'295, -1},
                               {4'000'000'001, 5, 7, std::numeric_limits<std::int64_t>::max()},
                               {4'000'000'001, 6, 7, -2}})));
  const std::vector<TraceRequest> all = all_of(*reader);
  REQUIRE(all.size() == 4);
  CHECK(all[0].id == 5);
  CHECK(all[0].bytes == 100);
  CHECK(all[0].at == kTimeZero);
  CHECK(all[0].next == 3);
  CHECK(all[1].id == ~0ULL);
  CHECK(all[1].bytes == 4'294'967'295);
  CHECK(all[1].at == SimTime{std::chrono::seconds(4'000'000'000)});
  CHECK(all[1].next == TraceRequest::kNever);
  CHECK(all[2].next == TraceRequest::kNever);
  CHECK(all[3].next == TraceRequest::kUnknown);
  CHECK(reader->share_read() == 1.0);
}

TEST_CASE("requests for no bytes are left out and counted") {
  const ScratchFiles files;
  const auto reader = open_trace(
      files.write("t.bin", oracle_general({{0, 1, 0}, {0, 2, 9}, {1, 3, 0}, {2, 4, 0}})));
  const std::vector<TraceRequest> all = all_of(*reader);
  REQUIRE(all.size() == 1);
  CHECK(all[0].id == 2);
  CHECK(reader->omissions().empty == 3);
}

TEST_CASE("compressed traces read as plain ones, whatever they are called") {
  const ScratchFiles files;
  const std::string text = long_trace();
  for (const std::string& bytes : {text, gzipped(text), zstandard(text),
                                   gzipped(text.substr(0, 1000)) + gzipped(text.substr(1000)),
                                   zstandard(text.substr(0, 77)) + zstandard(text.substr(77))}) {
    for (const std::size_t block : {std::size_t{1}, std::size_t{7}, std::size_t{8192}}) {
      const auto reader = open_trace(files.write("t.bin", bytes));
      const std::vector<TraceRequest> all = all_of(*reader, block);
      REQUIRE(all.size() == 5000);
      for (std::size_t i = 0; i < all.size(); ++i) {
        REQUIRE(all[i].id == i * 7919);
        REQUIRE(all[i].bytes == static_cast<std::int64_t>(i + 1));
      }
    }
  }
}

TEST_CASE("a broken trace says where and what") {
  const ScratchFiles files;
  const std::string text = long_trace();
  CHECK(mistake_in(files, "") == "t.bin: is empty");
  CHECK(mistake_in(files, text.substr(0, 100)) ==
        "t.bin: ends 4 bytes into the record at byte 96; is it another format than "
        "oracleGeneral?");
  CHECK(mistake_in(files, text.substr(0, text.size() - 1)) ==
        "t.bin: ends 23 bytes into the record at byte 119976; is it another format than "
        "oracleGeneral?");
  CHECK(mistake_in(files, oracle_general({{5, 1}, {6, 1}, {4, 1}})) ==
        "t.bin: byte 48: time goes back from 6s to 4s; is it another format than oracleGeneral?");
  const std::string gz = gzipped(text);
  CHECK(mistake_in(files, gz.substr(0, gz.size() / 2)) ==
        fmt::format("t.bin: byte {}: the gzip data end too early", gz.size() / 2));
  CHECK_THAT(mistake_in(files, gz.substr(0, 30) + std::string(50, '\xff') + gz.substr(80)),
             Catch::StartsWith("t.bin: byte ") && Catch::EndsWith(": the gzip data are damaged"));
  const std::string zst = zstandard(text);
  CHECK(mistake_in(files, zst.substr(0, zst.size() / 2)) ==
        fmt::format("t.bin: byte {}: the zstd data end too early", zst.size() / 2));
  CHECK_THAT(mistake_in(files, zst.substr(0, 8) + std::string(50, '\xff') + zst.substr(58)),
             Catch::StartsWith("t.bin: byte ") && Catch::EndsWith(": the zstd data are damaged"));
  CHECK_THROWS_WITH(open_trace(files.path("nothing.bin")),
                    "cannot open " + files.path("nothing.bin") + ": No such file or directory");
  CHECK_THROWS_WITH(open_trace(files.folder().string()),
                    files.folder().string() + ": is a folder; name a trace file");
}

}  // namespace trace_reader_test
