// Every format that traces come in: fields by hand, and what is wrong with a bad line.

#include <cstring>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/hash.hpp>
#include <cdnsim/trace/footprint.hpp>
#include <cdnsim/trace/trace_reader.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/oracle_general.hpp>
#include <tests/support/reference.hpp>
#include <tests/support/scratch_files.hpp>

namespace formats_test {

using namespace cdnsim;
using namespace cdnsim::test;

std::vector<TraceRequest> all_of(TraceReader& reader) {
  std::vector<TraceRequest> block(3), all;
  while (const std::size_t count = reader.read(block)) {
    all.insert(all.end(), block.begin(), block.begin() + static_cast<std::ptrdiff_t>(count));
  }
  return all;
}

struct Read {
  std::vector<TraceRequest> requests;
  TraceOmissions omissions;
  std::string mistake;
};
Read read(const std::string& name, const std::string& bytes, const TraceOptions& options = {}) {
  const ScratchFiles files;
  Read found;
  try {
    const auto reader = open_trace(files.write(name, bytes), options);
    found.requests = all_of(*reader);
    found.omissions = reader->omissions();
  } catch (const UserError& error) {
    found.mistake = files.shortened(error.what());
  }
  return found;
}

// Bytes of a record, field by field.
class Bytes {
 public:
  template <class T>
  Bytes& put(T value) {
    const std::size_t at = text.size();
    text.resize(at + sizeof value);
    std::memcpy(text.data() + at, &value, sizeof value);
    return *this;
  }
  std::string text;
};

std::string lcs_header(std::uint64_t version) {
  constexpr std::uint64_t kMagic = 0x123456789abcdef0ULL;
  std::string header(8192, '\0');
  std::memcpy(header.data(), &kMagic, 8);
  std::memcpy(header.data() + 8, &version, 8);
  std::memcpy(header.data() + 8184, &kMagic, 8);
  return header;
}

void check(const TraceRequest& request, std::uint64_t id, std::int64_t bytes, Duration at,
           std::int64_t next = TraceRequest::kUnknown) {
  CHECK(request.id == id);
  CHECK(request.bytes == bytes);
  CHECK(request.at == kTimeZero + at);
  CHECK(request.next == next);
}

TEST_CASE("vscsi, both versions") {
  // sn, len, nSG, cmd, ver, lbn, ts
  const auto first = [](std::uint64_t lbn, std::uint64_t us) {
    return Bytes()
        .put(7U)
        .put(4096U)
        .put(1U)
        .put<std::uint16_t>(42)
        .put<std::uint16_t>(0x0100)
        .put(lbn)
        .put(us)
        .text;
  };
  const Read v1 = read("t.vscsi", first(99, 1'500'000) + first(100, 2'000'001));
  REQUIRE(v1.requests.size() == 2);
  check(v1.requests[0], 99, 4096, 1500ms);
  check(v1.requests[1], 100, 4096, 2s + 1us);
  // cmd, ver, sn, len, nSG, lbn, ts, rt
  const auto second = [](std::uint64_t lbn) {
    return Bytes()
        .put<std::uint16_t>(42)
        .put<std::uint16_t>(0x0200)
        .put(7U)
        .put(512U)
        .put(1U)
        .put(lbn)
        .put<std::uint64_t>(3'000'000)
        .put<std::uint64_t>(0)
        .text;
  };
  const Read v2 = read("t.vscsi", second(5) + second(6) + second(5));
  REQUIRE(v2.requests.size() == 3);
  check(v2.requests[0], 5, 512, 3s);
  CHECK(read("t.vscsi", std::string(64, '\0')).mistake ==
        "t.vscsi: its first records are of no known version of vscsi");
}

TEST_CASE("lcs, versions 1 to 3") {
  const auto v1 = read("t.lcs", lcs_header(1) + oracle_general({{9, 5, 100, 3}}));
  REQUIRE(v1.requests.size() == 1);
  check(v1.requests[0], 5, 100, 9s, 3);
  const std::string record2 =
      Bytes().put(9U).put<std::uint64_t>(5).put(100U).put(0x0101U).put<std::int64_t>(-1).text;
  const auto v2 = read("t.lcs", lcs_header(2) + record2);
  REQUIRE(v2.requests.size() == 1);
  check(v2.requests[0], 5, 100, 9s, TraceRequest::kNever);
  const std::string record3 = Bytes()
                                  .put(9U)
                                  .put<std::uint64_t>(5)
                                  .put<std::int64_t>(5'000'000'000)
                                  .put(1U)
                                  .put(60U)
                                  .put<std::int64_t>(12)
                                  .text;
  const auto v3 = read("t.lcs", lcs_header(3) + record3 + record3);
  REQUIRE(v3.requests.size() == 2);
  check(v3.requests[1], 5, 5'000'000'000, 9s, 12);
  CHECK(read("t.lcs", lcs_header(3) + record3 + record3.substr(0, 10)).mistake ==
        "t.lcs: ends 10 bytes into the record at byte 8228; is it another format than lcs?");
  CHECK(read("t.lcs", lcs_header(9)).mistake ==
        "t.lcs: is of version 9 of lcs; versions 1 to 3 can be read");
  CHECK(read("t.lcs", record3).mistake == "t.lcs: does not begin with the header of an lcs file");
  Bytes negative;
  negative.put(9U).put<std::uint64_t>(5).put<std::int64_t>(-7).put(1U).put(60U);
  CHECK(read("t.lcs", lcs_header(3) + negative.put<std::int64_t>(1).text).mistake ==
        "t.lcs: byte 8192: no request has such a size or time; is it another format than lcs?");
}

TEST_CASE("webcachesim's text") {
  const Read found = read("t.tr", "1 26 100\n2 27 5 3 4\n\n  3\t26  7  \r\n3 9 0\n");
  REQUIRE(found.requests.size() == 3);
  check(found.requests[0], 26, 100, 1s);
  check(found.requests[1], 27, 5, 2s);
  check(found.requests[2], 26, 7, 3s);
  CHECK(found.omissions.empty == 1);
  CHECK(read("t.tr", "1 2 3\n4 5\n").mistake ==
        "t.tr:2: wanted at least three numbers: time, id and size; is it another format than "
        "webcachesim?");
  CHECK(read("t.tr", "1 2 3\n2 5 x\n").mistake ==
        "t.tr:2: \"x\" is not a size in bytes; is it another format than webcachesim?");
  CHECK(read("t.tr", "").mistake == "t.tr: is empty");
  CHECK(read("t.tr", "\n\n").mistake == "t.tr: is empty");
}

TEST_CASE("CSV finds its columns by their names") {
  const Read usual = read("t.csv", "version,Time,op,size,lbn\n1,5.25,2a,512,77\n1,6,28,9,url");
  REQUIRE(usual.requests.size() == 2);
  check(usual.requests[0], 77, 512, 5250ms);
  check(usual.requests[1], hash_name("url"), 9, 6s);
  TraceOptions options;
  options.columns = {{"id", "what"}, {"size", "many"}, {"next", "again"}};
  const Read named = read("t.csv", "what,many,again\n\"a b\",3,2\n\"a b\",3,-1\n", options);
  REQUIRE(named.requests.size() == 2);
  check(named.requests[0], hash_name("a b"), 3, 0s, 2);
  check(named.requests[1], hash_name("a b"), 3, 0s, TraceRequest::kNever);
  const Read ids = read("t.csv", "id\n5\n6\n");  // no sizes: each counts 1
  REQUIRE(ids.requests.size() == 2);
  check(ids.requests[1], 6, 1, 0s);
  CHECK(read("t.csv", "a,b\n1,2\n").mistake ==
        "t.csv:1: no column \"id\"; the header names \"a,b\". Name it, e.g. --columns id=NAME");
  CHECK(read("t.csv", "a,b\n1,2\n", options).mistake ==
        "t.csv:1: no column \"what\"; the header names \"a,b\". Name it, e.g. --columns id=NAME");
  CHECK(read("t.csv", "time,id,size\n1,2,3\n2,3\n").mistake ==
        "t.csv:3: column 3 of size is missing; is it another format than csv?");
}

TEST_CASE("JSON Lines") {
  const Read found = read("t.jsonl",
                          "{\"ts\": 1.5, \"key\": \"/a\", \"bytes\": 10}\n"
                          "{\"ts\": 2, \"key\": 7, \"bytes\": 20, \"more\": [1]}\n");
  REQUIRE(found.requests.size() == 2);
  check(found.requests[0], hash_name("/a"), 10, 1500ms);
  check(found.requests[1], 7, 20, 2s);
  // Every digit of a time counts, and powers of ten are numbers too.
  const Read times = read("t.jsonl",
                          "{\"ts\": 1.49e-07, \"key\": [1], \"key\": 7}\n"
                          "{\"more\": {\"ts\": 9}, \"ts\": 1234567890.123456789, \"key\": 7}\n");
  REQUIRE(times.requests.size() == 2);
  check(times.requests[0], 7, 1, 149ns);
  check(times.requests[1], 7, 1, 1234567890s + 123456789ns);
  CHECK(read("t.jsonl", "{\"key\": [7]}\n").mistake ==
        "t.jsonl:1: id is neither a number nor a text; is it another format than jsonl?");
  CHECK(read("t.jsonl", "{\"key\": 7, \"ts\": 1e40}\n").mistake ==
        "t.jsonl:1: \"1e40\" is not a time in seconds; is it another format than jsonl?");
  for (const char* no_object : {"7", "[{}]", "{\"key\": 7", "{\"key\": 7}}", "nul", "\"a\""}) {
    CHECK(read("t.jsonl", no_object).mistake ==
          "t.jsonl:1: this line is not a JSON object; is it another format than jsonl?");
  }
  CHECK(read("t.jsonl", "{\"key\": 1}\n[1]\n").mistake ==
        "t.jsonl:2: this line is not a JSON object; is it another format than jsonl?");
  CHECK(read("t.jsonl", "{\"ky\": 1}\n").mistake ==
        "t.jsonl:1: no member names the object; use e.g. --columns id=NAME; is it another format "
        "than jsonl?");
}

TEST_CASE("what is bad is left out and counted if so wished") {
  TraceOptions options;
  options.skip_bad = true;
  const Read text = read("t.tr", "1 2 3\nx\n5 2 3\n4 2 3\n6 2 3\n", options);
  CHECK(text.requests.size() == 3);
  CHECK(text.omissions.bad == 2);
  CHECK(text.mistake.empty());
  const Read records =
      read("t.bin", oracle_general({{5, 1}, {4, 1}, {6, 1}}) + "0123456789", options);
  CHECK(records.requests.size() == 2);
  CHECK(records.omissions.bad == 2);
}

TEST_CASE("a name that tells nothing needs a format") {
  CHECK(read("t.log", "1 2 3\n").mistake ==
        "t.log: its name tells no format; give --trace-format, one of oracleGeneral, lcs, vscsi, "
        "csv, webcachesim, jsonl");
  TraceOptions options;
  options.format = "webcachesim";
  CHECK(read("t.log", "1 2 3\n", options).requests.size() == 1);
}

TEST_CASE("published traces have the requests, objects and bytes that they should", "[reference]") {
  const auto folder = reference_folder();
  if (!folder) return;
  struct Known {
    const char* file;
    std::uint64_t requests, objects;
    std::int64_t bytes, footprint;
  };
  for (const Known& known :
       {Known{"cloudPhysicsIO.oracleGeneral.bin", 113'872, 48'974, 4'368'040'448, 2'029'769'728},
        Known{"cloudPhysicsIO.vscsi.gz", 113'872, 48'974, 4'205'978'112, 2'029'769'728},
        Known{"cloudPhysicsIO.csv.gz", 113'872, 48'974, 4'205'978'112, 2'029'769'728}}) {
    INFO(known.file);
    const auto reader = open_trace((*folder / "traces" / known.file).string());
    Footprint footprint;
    std::int64_t bytes = 0;
    const std::vector<TraceRequest> all = all_of(*reader);
    for (const TraceRequest& request : all) {
      footprint.add(request);
      bytes += request.bytes;
    }
    CHECK(all.size() == known.requests);
    CHECK(bytes == known.bytes);
    CHECK(footprint.objects() == known.objects);
    CHECK(footprint.bytes() == known.footprint);
  }
}

}  // namespace formats_test
