#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/oracle_general.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// Footprint: 4 objects, 100 bytes. Requests: a b a c d a, of 10, 20, 10, 30, 40 and 10 bytes.
void write_curve_trace(const Workplace& here) {
  here.write("t.bin", oracle_general({{0, 1, 10, 3},
                                      {1, 2, 20, -1},
                                      {2, 1, 10, 6},
                                      {3, 3, 30, -1},
                                      {4, 4, 40, -1},
                                      {5, 1, 10, -1}}));
}

// 6,000 requests for 500 objects of one byte, each of them asked for among the first 500.
void write_longer_trace(const Workplace& here) {
  std::vector<OracleRecord> records;
  for (std::uint32_t i = 0; i < 6000; ++i) {
    records.push_back({i, i < 500 ? i : i * 7919ULL % (1 + i % 500)});
  }
  here.write("long.bin", oracle_general(records));
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t times = 0;
  for (std::size_t at = text.find(part); at != text.npos; at = text.find(part, at + 1)) ++times;
  return times;
}

TEST_CASE("curves list every policy at every size, exact") {
  const Workplace here;
  write_curve_trace(here);
  // LRU: the second a is 30 bytes away, the third 80. But in 10 bytes only a ever enters, and both
  // hit; FIFO likewise.
  const Called csv =
      here.cdnsim("cache t.bin --policy lru,fifo --mrc --size 10,40,100% --format csv --threads 2");
  CHECK(csv.err.empty());
  CHECK(csv.status == 0);
  CHECK(csv.out ==
        "trace,policy,size,requests,misses,miss_ratio,bytes,miss_bytes,byte_miss_ratio,error,"
        "byte_error,sample,few_objects\n"
        "t.bin,lru,10,6,4,0.666667,120,100,0.833333,0.000000,0.000000,1,0\n"
        "t.bin,lru,40,6,5,0.833333,120,110,0.916667,0.000000,0.000000,1,0\n"
        "t.bin,lru,100,6,4,0.666667,120,100,0.833333,0.000000,0.000000,1,0\n"
        "t.bin,fifo,10,6,4,0.666667,120,100,0.833333,0.000000,0.000000,1,0\n"
        "t.bin,fifo,40,6,5,0.833333,120,110,0.916667,0.000000,0.000000,1,0\n"
        "t.bin,fifo,100,6,4,0.666667,120,100,0.833333,0.000000,0.000000,1,0\n");
  // Objects: a is 2 and 3 away. Sizes from one object to all four: 1, 2, 4.
  const Called json = here.cdnsim(
      "cache t.bin --mrc --points 3 --ignore-object-size --format json --warmup 1 --sample 100%");
  const nlohmann::json rows = nlohmann::json::parse(json.out);
  REQUIRE(rows.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) {
    CHECK(rows[i].at("size") == (1 << i));
    CHECK(rows[i].at("requests") == 5);
    CHECK(rows[i].at("misses") == std::size_t{5} - i);
    CHECK(rows[i].at("error") == 0);
    CHECK(rows[i].at("sample") == 1);
    CHECK(rows[i].at("few_objects") == false);
  }
}

TEST_CASE("sizes are spread from a ten-thousandth of the footprint to all of it") {
  const Workplace here;
  write_longer_trace(here);
  // 500 objects of one byte: at least one, 500^(i/24); those that round to the same are one.
  const nlohmann::json rows =
      nlohmann::json::parse(here.cdnsim("cache long.bin --mrc --format json").out);
  CHECK(rows.front().at("size") == 1);
  CHECK(rows.back().at("size") == 500);
  CHECK(rows[rows.size() - 2].at("size") == 386);  // 500^(23/24) = 385.9
  CHECK(rows.back().at("misses") == 500);
}

TEST_CASE("estimates are marked, and the same on any number of threads") {
  const Workplace here;
  write_longer_trace(here);
  const std::string command = "cache long.bin --policy lru,sieve --mrc --size 200 --sample 50%";
  const Called table = here.cdnsim(command);
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("Estimates from 50.00 % of the objects; ± is half of a"));
  const Called csv = here.cdnsim(command + " --format csv");
  CHECK(count(csv.out, ",0.5,0\n") == 2);  // each row: the sample's share, 100 objects are not few
  CHECK(here.cdnsim(command + " --format csv --threads 3").out == csv.out);
  const std::string smaller = "cache long.bin --mrc --size 198 --sample 50%";
  CHECK_THAT(here.cdnsim(smaller).out, Catch::Contains("fewer than 100 objects"));
  CHECK(count(here.cdnsim(smaller + " --format csv").out, ",0.5,1\n") == 1);
}

TEST_CASE("Belady's curve can be sampled, and needs the future like any") {
  const Workplace here;
  write_curve_trace(here);
  const std::string command = "cache t.bin --policy belady --mrc --ignore-object-size --size 2";
  CHECK(here.cdnsim(command + " --sample 90%").status == 0);
  here.write("t.bin", oracle_general({{0, 1, 10}, {1, 1, 10}}));
  CHECK_THAT(here.cdnsim(command).err, Catch::Contains("cdnsim trace convert"));
}

TEST_CASE("charts show each policy") {
  const Workplace here;
  write_curve_trace(here);
  const std::string command = "cache t.bin --policy lru,s3fifo:small=0.2 --mrc --points 4";
  const Called table = here.cdnsim(command);
  CHECK(table.status == 0);
  CHECK_THAT(table.out, Catch::Contains("  lru"));
  CHECK_THAT(table.out, Catch::Contains("size of the cache:  * lru  o s3fifo:small=0.2\n"));
  const Called svg = here.cdnsim(command + " --format svg");
  CHECK(svg.status == 0);
  CHECK_THAT(svg.out, Catch::StartsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" "));
  CHECK_THAT(svg.out, Catch::EndsWith("</svg>\n"));
  CHECK(count(svg.out, "<polyline ") == 2);
  CHECK(count(svg.out, "<polygon ") == 0);
  CHECK_THAT(svg.out, Catch::Contains(">s3fifo:small=0.2</text>"));
  here.write("a<b&c.bin", here.read("t.bin"));
  const Called named = here.cdnsim("cache 'a<b&c.bin' --mrc --sample 99% --format svg");
  CHECK_THAT(named.out, Catch::Contains("Miss ratio of a&lt;b&amp;c.bin<"));
  CHECK(count(named.out, "<polygon ") == 1);
}

TEST_CASE("mistakes in options of curves say what to write") {
  const Workplace here;
  write_curve_trace(here);
  struct Mistake {
    const char* arguments;
    const char* told;
  };
  const Mistake mistakes[] = {
      {"--sample 1%", "--sample is for miss-ratio curves; add --mrc"},
      {"--points 3", "--points is for miss-ratio curves; add --mrc"},
      {"--format svg", "--format svg draws miss-ratio curves; add --mrc"},
      {"--mrc --timing", "leave out --timing or --mrc"},
      {"--mrc --sample 1% --timing", "leave out --timing or --mrc"},
      {"--mrc --sample 0%", "--sample 0%: write more than 0 % and at most 100 %, e.g. 1%"},
      {"--mrc --sample 101%", "--sample: \"101%\" is more than 100%; write e.g."},
      {"--mrc --sample some", "--sample"},
      {"--mrc --sample 0.0000001%", "none of the trace's objects is in so small a sample"},
      {"--mrc --points 0", "--points 0: write a whole number from 1 to 10000"},
      {"--mrc --points 3 --size 1%", "leave out one of the two"},
      {"--mrc --policy lrru", "--policy: unknown eviction policy \"lrru\"; did you mean"},
      {"--mrc --size 0%", "--size: \"0%\" is nothing"},
  };
  for (const Mistake& mistake : mistakes) {
    CAPTURE(mistake.arguments);
    const Called call = here.cdnsim(std::string("cache t.bin ") + mistake.arguments);
    CHECK(call.status == 2);
    CHECK(call.out.empty());
    CHECK_THAT(call.err, Catch::Contains(mistake.told));
  }
}

}  // namespace
}  // namespace cdnsim::test
