// From every format to every other, plain and compressed: what both can hold comes back equal.

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <cdnsim/trace/trace_writer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

namespace trace_convert_test {

using namespace cdnsim;
using namespace cdnsim::test;

struct Format {
  const char* name;       // as it is written
  const char* read_name;  // as it is read
  Duration resolution;
  bool has_next;
};
constexpr Format kFormats[] = {{"oracleGeneral", "oracleGeneral", 1s, true},
                               {"lcs1", "lcs", 1s, true},
                               {"lcs2", "lcs", 1s, true},
                               {"lcs3", "lcs", 1s, true},
                               {"lcs", "lcs", 1s, true},
                               {"vscsi1", "vscsi", 1us, false},
                               {"vscsi2", "vscsi", 1us, false},
                               {"csv", "csv", 1ns, false},
                               {"webcachesim", "webcachesim", 1ns, false},
                               {"jsonl", "jsonl", 1ns, false}};

// Any times, sizes up to 32 bits and ids up to the last sector; few objects and often the same.
std::vector<TraceRequest> requests(std::uint64_t seed) {
  std::vector<TraceRequest> list;
  std::int64_t ns = 0;
  const std::uint64_t count = 1 + mix64(seed) % 300;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t bits = mix64(seed * 1000 + i);
    const std::uint64_t id = mix64(bits % 40) >> (9 + bits % 40);
    ns += static_cast<std::int64_t>(mix64(bits) >> (30 + bits % 34));
    const auto bytes = static_cast<std::int64_t>(1 + (mix64(bits + 1) >> (32 + bits % 30)));
    list.push_back({id, std::min<std::int64_t>(bytes, 0xffffffff), SimTime{Duration{ns}}});
  }
  return list;
}

void write(const std::string& path, const Format& format, std::span<const TraceRequest> list) {
  const auto writer = create_trace(path, format.name);
  writer->write(list.first(list.size() / 2));
  writer->write(list.subspan(list.size() / 2));
  writer->finish();
}
std::vector<TraceRequest> read(const std::string& path, const Format& format) {
  const auto reader = open_trace(path, {format.read_name});
  std::vector<TraceRequest> block(97), all;
  while (const std::size_t count = reader->read(block)) {
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return all;
}

std::vector<std::int64_t> next_requests(const std::vector<TraceRequest>& list) {
  std::vector<std::int64_t> next(list.size(), TraceRequest::kNever);
  std::map<std::uint64_t, std::size_t> later;
  for (std::size_t i = list.size(); i-- > 0;) {
    if (later.contains(list[i].id)) next[i] = static_cast<std::int64_t>(later[list[i].id] + 1);
    later[list[i].id] = i;
  }
  return next;
}

std::string bytes_of(const std::string& path) {
  std::ifstream stream(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TEST_CASE("from every format to every other") {
  const ScratchFiles files;
  std::uint64_t seed = 0;
  for (const Format& from : kFormats) {
    for (const Format& to : kFormats) {
      const char* const packing[] = {"", ".gz", ".zst"};
      const std::string first = files.path("a" + std::string(packing[++seed % 3]));
      const std::string second = files.path("b" + std::string(packing[seed / 3 % 3]));
      CAPTURE(from.name, to.name, first, second, seed);
      const std::vector<TraceRequest> list = requests(seed);
      write(first, from, list);
      write(second, to, read(first, from));
      const std::vector<TraceRequest> back = read(second, to);
      const std::vector<std::int64_t> next = next_requests(list);
      const Duration resolution = std::max(from.resolution, to.resolution);
      REQUIRE(back.size() == list.size());
      for (std::size_t i = 0; i < list.size(); ++i) {
        REQUIRE(back[i].id == list[i].id);
        REQUIRE(back[i].bytes == list[i].bytes);
        const Duration at = list[i].at.time_since_epoch();
        REQUIRE(back[i].at == SimTime{at - at % resolution});
        REQUIRE(back[i].next == (to.has_next ? next[i] : TraceRequest::kUnknown));
      }
    }
  }
  CHECK(std::distance(std::filesystem::directory_iterator(files.folder()), {}) == 6);
}

TEST_CASE("the next request is found anew: what the source says may count what was left out") {
  const ScratchFiles files;
  const std::vector<TraceRequest> list = {
      {7, 1, kTimeZero, 9}, {8, 1, kTimeZero, 9}, {7, 1, kTimeZero, -1}};
  write(files.path("t.bin"), kFormats[0], list);
  const std::vector<TraceRequest> back = read(files.path("t.bin"), kFormats[0]);
  CHECK(back[0].next == 3);
  CHECK(back[1].next == TraceRequest::kNever);
  CHECK(back[2].next == TraceRequest::kNever);
}

TEST_CASE("compressed files are what their names say, and smaller") {
  const ScratchFiles files;
  const std::vector<TraceRequest> list = requests(4);
  for (const char* name : {"t.csv", "t.lcs", "t.vscsi", "t.bin"}) {
    CAPTURE(name);
    for (const std::string packing : {"", ".gz", ".zst"}) {
      const auto writer = create_trace(files.path(name + packing));
      writer->write(list);
      writer->finish();
    }
    const std::string plain = bytes_of(files.path(name));
    const std::string gz = bytes_of(files.path(name + std::string(".gz")));
    const std::string zst = bytes_of(files.path(name + std::string(".zst")));
    CHECK(gz.substr(0, 2) == "\x1f\x8b");
    CHECK(zst.substr(0, 4) == "\x28\xb5\x2f\xfd");
    CHECK(gz.size() < plain.size());
    CHECK(zst.size() < plain.size());
  }
}

TEST_CASE("lcs takes version 3 from the first size on that needs it") {
  const ScratchFiles files;
  std::vector<TraceRequest> list;
  for (std::uint64_t i = 0; i < 40'000; ++i) list.push_back({i % 300, 5, kTimeZero});
  const auto version = [&] { return bytes_of(files.path("t.lcs"))[8]; };
  const auto write_it = [&] {
    const auto writer = create_trace(files.path("t.lcs"));
    writer->write(std::span(list).first(30'000));
    writer->write(std::span(list).subspan(30'000));
    writer->finish();
  };
  write_it();
  CHECK(version() == 1);
  list[35'000].bytes = 5'000'000'000;
  write_it();
  CHECK(version() == 3);
  const std::vector<TraceRequest> back = read(files.path("t.lcs"), kFormats[4]);
  REQUIRE(back.size() == 40'000);
  CHECK(back[35'000].bytes == 5'000'000'000);
  CHECK(back[34'999].bytes == 5);
  CHECK(back[0].next == 301);
  CHECK(std::distance(std::filesystem::directory_iterator(files.folder()), {}) == 1);
}

TEST_CASE("the header of lcs tells what is in it, by hand") {
  const ScratchFiles files;
  // Objects 1, 2 and 3 of 10, 20 and 20 bytes, asked for 3, 1 and 1 times; 1 has grown to 15.
  const std::vector<TraceRequest> list = {{1, 10, kTimeZero + 5s},
                                          {2, 20, kTimeZero + 6s},
                                          {1, 15, kTimeZero + 6s},
                                          {3, 20, kTimeZero + 8s},
                                          {1, 15, kTimeZero + 9s}};
  for (std::uint64_t version : {1, 2, 3}) {
    write(files.path("t"), kFormats[version], list);
    const std::string header = bytes_of(files.path("t")).substr(0, 8192);
    const auto at = [&]<class T>(std::size_t offset, T) {
      T value;
      std::memcpy(&value, header.data() + offset, sizeof value);
      return value;
    };
    const auto whole = [&](std::size_t offset) { return at(offset, std::int64_t{}); };
    CHECK(at(0, std::uint64_t{}) == 0x123456789abcdef0ULL);
    CHECK(at(8, std::uint64_t{}) == version);
    CHECK(whole(16) == 1);
    CHECK(whole(24) == 5);   // requests
    CHECK(whole(32) == 3);   // objects
    CHECK(whole(40) == 80);  // bytes of requests
    CHECK(whole(48) == 50);  // of objects
    CHECK(whole(56) == 5);
    CHECK(whole(64) == 9);
    CHECK(whole(96) == 10);   // the least size
    CHECK(whole(104) == 20);  // the most
    CHECK(whole(112) == 20);  // the most common size, 16 of them
    CHECK(whole(120) == 10);
    CHECK(whole(128) == 0);
    CHECK(at(240, float{}) == Approx(2.0 / 3));
    CHECK(at(244, float{}) == Approx(1.0 / 3));
    CHECK(whole(304) == 3);  // requests for the most popular, 16 of them
    CHECK(whole(312) == 1);
    CHECK(whole(320) == 1);
    CHECK(whole(328) == 0);
    CHECK(at(432, std::int32_t{}) == 1);  // two objects are asked for once
    CHECK(at(436, std::int32_t{}) == 3);
    CHECK(at(496, float{}) == Approx(2.0 / 3));
    // Least squares through (0, log 3), (log 2, 0), (log 3, 0): the slope is
    // (3 x 0 - log 6 x log 3) / (3 (log^2 2 + log^2 3) - log^2 6) = -1.968449 / 1.851804.
    CHECK(at(560, double{}) == Approx(1.0630).margin(0.0002));
    CHECK(at(568, std::int32_t{}) == 1);  // tenants
    CHECK(at(700, std::int32_t{}) == 1);  // times to live
    CHECK(at(8184, std::uint64_t{}) == 0x123456789abcdef0ULL);
  }
}

TEST_CASE("what a format cannot hold is told with the request") {
  const ScratchFiles files;
  struct Unfit {
    const char* format;
    TraceRequest request;
    const char* told;
  };
  const TraceRequest large{1, 4'294'967'296, kTimeZero};
  const TraceRequest late{1, 1, kTimeZero + 4'294'967'296s};
  const TraceRequest hashed{std::uint64_t{1} << 55, 1, kTimeZero};
  const char* const kLarge = "request 2 is for 4294967296 bytes, and sizes have 32 bits; ";
  const char* const kLate = "request 2 comes at 4294967296 s, and times end at 4294967295 s; ";
  for (const Unfit& unfit : {Unfit{"oracleGeneral", large, kLarge}, Unfit{"lcs1", large, kLarge},
                             Unfit{"lcs2", large, kLarge}, Unfit{"vscsi1", large, kLarge},
                             Unfit{"vscsi2", large, kLarge}, Unfit{"oracleGeneral", late, kLate},
                             Unfit{"lcs3", late, kLate}, Unfit{"lcs", late, kLate},
                             Unfit{"vscsi1", hashed,
                                   "request 2 is for object 36028797018963968, "
                                   "which is no sector of a disk"},
                             Unfit{"vscsi2", hashed, "vscsi2 cannot hold it, csv can"}}) {
    CAPTURE(unfit.format);
    {
      const auto writer = create_trace(files.path("t"), unfit.format);
      const std::vector<TraceRequest> list = {{1, 1, kTimeZero}, unfit.request};
      CHECK_THROWS_WITH(writer->write(list), Catch::Contains(unfit.told));
    }
    CHECK(std::filesystem::is_empty(files.folder()));
  }
  for (const TraceRequest& request : {large, late, hashed}) {
    write(files.path("t"), kFormats[7], {&request, 1});
    const std::vector<TraceRequest> back = read(files.path("t"), kFormats[7]);
    REQUIRE(back.size() == 1);
    CHECK(back[0].bytes == request.bytes);
    CHECK(back[0].at == request.at);
    CHECK(back[0].id == request.id);
  }
}

}  // namespace trace_convert_test
