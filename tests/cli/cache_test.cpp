#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>
#include <tests/support/oracle_general.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// Footprint: 4 objects, 100 bytes. Requests: a b a c d a, of 10, 20, 10, 30, 40 and 10 bytes.
void write_trace(const Workplace& here) {
  here.write(
      "t.bin",
      oracle_general({{0, 1, 10}, {1, 2, 20}, {2, 1, 10}, {3, 3, 30}, {4, 4, 40}, {5, 1, 10}}));
}

TEST_CASE("cache plays a trace through every policy at every size") {
  const Workplace here;
  write_trace(here);
  // FIFO of 50 bytes: a b (30), a hits, c pushes a out (50), d pushes b and c out, a fits again.
  // LRU: c pushes b out (40), d pushes a and c out, a misses. All of 100 %: one hit more.
  const Called csv =
      here.cdnsim("cache t.bin --policy fifo,lru --size 50%,100B --format csv --threads 2");
  CHECK(csv.status == 0);
  CHECK(csv.err.empty());
  CHECK(csv.out ==
        "trace,policy,size,requests,misses,miss_ratio,bytes,miss_bytes,byte_miss_ratio\n"
        "t.bin,fifo,50,6,5,0.833333,120,110,0.916667\n"
        "t.bin,fifo,100,6,4,0.666667,120,100,0.833333\n"
        "t.bin,lru,50,6,5,0.833333,120,110,0.916667\n"
        "t.bin,lru,100,6,4,0.666667,120,100,0.833333\n");
  const Called json = here.cdnsim(
      "cache t.bin --policy s3fifo:small=0.5,ghost=1,lru --size 2 --ignore-object-size "
      "--format json");
  CHECK(json.status == 0);
  const nlohmann::json rows = nlohmann::json::parse(json.out);
  REQUIRE(rows.size() == 2);
  CHECK(rows[0].at("policy") == "s3fifo:ghost=1,small=0.5");
  CHECK(rows[1].at("policy") == "lru");
  CHECK(rows[1].at("size") == 2);
  CHECK(rows[1].at("misses") == 5);
  CHECK(rows[1].at("miss_bytes") == 5);
  const Called table = here.cdnsim("cache t.bin --size 1%");
  CHECK(table.status == 0);
  CHECK_THAT(table.out,
             Catch::StartsWith("policy                size  requests    misses  miss ratio"));
  CHECK_THAT(
      table.out,
      Catch::Contains("  lru                  1 B         6         6    100.00 %       120 B"));
}

TEST_CASE("cache tells delays and causes, and tries what may enter, when asked to") {
  const Workplace here;
  write_trace(here);
  // Objects a b a c d a at 0 to 5 s, room for two. Copies come 1 s after the request: b's at 2, so
  // that a, asked for then, is a hit; c's at 4 pushes b out, d's at 5 a, just before it is asked
  // for. Five misses of 1 s make 5/6 s a request. With nth only a enters, at 3 after its second
  // request, and is a hit at 5.
  const std::string command =
      "cache t.bin --size 2 --ignore-object-size --miss-latency 1s --ttl 3s --causes";
  CHECK(here.cdnsim(command + " --admission always,nth:n=2 --format csv").out ==
        "trace,policy,size,requests,misses,miss_ratio,bytes,miss_bytes,byte_miss_ratio,"
        "admission,delayed_hits,mean_latency_ms,first_request,evicted,not_admitted,expired\n"
        "t.bin,lru,2,6,5,0.833333,6,5,0.833333,always,0,833.333,4,1,0,0\n"
        "t.bin,lru,2,6,5,0.833333,6,5,0.833333,nth:n=2,0,833.333,4,0,1,0\n");
  const Called table = here.cdnsim(command);
  CHECK_THAT(table.out, Catch::Contains("delayed hits  mean latency, ms\n"));
  CHECK_THAT(table.out, Catch::Contains("first request   evicted  not admitted   expired\n"));
  CHECK_THAT(table.out, !Catch::Contains("admission"));
  const Called wrong = here.cdnsim("cache t.bin --ttl 0s --admission nht,size:most=x");
  CHECK(wrong.status == 2);
  CHECK_THAT(wrong.err, Catch::Contains("unknown admission policy \"nht\"; did you mean \"nth\"?"));
  CHECK_THAT(wrong.err, Catch::Contains("cdnsim: --ttl: \"0s\" is not from"));
  CHECK_THAT(wrong.err, Catch::Contains("--admission: most of \"size:most=x\""));
  CHECK_THAT(here.cdnsim("cache t.bin --ttl 0s").err, Catch::Contains("--ttl: \"0s\" is not from"));
  CHECK_THAT(here.cdnsim("cache t.bin --miss-latency soon").err,
             Catch::Contains("--miss-latency: \"soon\" is not a duration"));
  CHECK(here.cdnsim("cache t.bin --size-change grow").status == 2);
}

TEST_CASE("the same command prints the same bytes, unless it is asked for times") {
  const Workplace here;
  write_trace(here);
  const std::string command = "cache t.bin --policy lru,sieve --size 10%,40 --format csv";
  const std::string first = here.cdnsim(command).out;
  CHECK(here.cdnsim(command + " --threads 3").out == first);
  CHECK_THAT(here.cdnsim(command + " --timing").out,
             Catch::Contains("byte_miss_ratio,ns_per_request,bytes_per_object\n"));
}

TEST_CASE("mistakes of a cache command are told together and end in 2") {
  const Workplace here;
  write_trace(here);
  const Called lists =
      here.cdnsim("cache t.bin --policy lrru,lru,clock:bit=2 --size 1%,0,ten,0% --format csv");
  CHECK(lists.status == 2);
  CHECK(lists.out.empty());
  CHECK_THAT(lists.err,
             Catch::Contains("--policy: unknown eviction policy \"lrru\"; did you mean"));
  CHECK_THAT(lists.err, Catch::Contains("has no parameter \"bit\"; did you mean \"bits\"?"));
  CHECK_THAT(lists.err, Catch::Contains("--size: \"0\" is nothing"));
  CHECK_THAT(lists.err, Catch::Contains("--size: \"ten\" is not a size; write e.g. \"10MiB\""));
  CHECK_THAT(lists.err, Catch::Contains("--size: \"0%\" is nothing"));
  const Called objects = here.cdnsim("cache t.bin --ignore-object-size --size 10MB");
  CHECK(objects.status == 2);
  CHECK_THAT(objects.err, Catch::Contains("\"10MB\" is not a number of objects"));
  here.write("short.bin", "0123456789");
  const Called truncated = here.cdnsim("cache short.bin");
  CHECK(truncated.status == 2);
  CHECK(truncated.out.empty());
  CHECK_THAT(truncated.err, Catch::Contains("short.bin: ends 10 bytes into the record at byte 0"));
  CHECK(here.cdnsim("cache nothing.bin").status == 2);
}

TEST_CASE("requests for no bytes are left out, and that is said") {
  const Workplace here;
  here.write("t.bin", oracle_general({{0, 1, 10}, {1, 2, 0}, {2, 1, 10}}));
  const Called call = here.cdnsim("cache t.bin --size 10 --format csv");
  CHECK(call.status == 0);
  CHECK_THAT(call.out, Catch::Contains("t.bin,lru,10,2,1,0.500000,20,10,0.500000\n"));
  CHECK(call.err == "cdnsim: 1 requests for no bytes were left out\n");
}

TEST_CASE("other formats are told by name or by option") {
  const Workplace here;
  here.write("t.log", "at,what\n1,a\n2,b\n3,a\nx,a\n");
  const std::string command = "cache t.log --size 2 --ignore-object-size --format csv";
  CHECK_THAT(here.cdnsim(command).err, Catch::Contains("give --trace-format"));
  CHECK_THAT(here.cdnsim(command + " --trace-format cvs").err,
             Catch::Contains("did you mean \"csv\""));
  CHECK_THAT(here.cdnsim(command + " --trace-format csv --columns tim=at").err,
             Catch::Contains("--columns tim=at: write e.g. id=url"));
  const std::string named = command + " --trace-format csv --columns time=at,id=what";
  CHECK_THAT(here.cdnsim(named).err, Catch::Contains("t.log:5: \"x\" is not a time in seconds"));
  const Called skipped = here.cdnsim(named + " --skip-bad");
  CHECK(skipped.status == 0);
  CHECK_THAT(skipped.out, Catch::Contains("t.log,lru,2,3,2,"));
  CHECK(skipped.err == "cdnsim: 1 bad records were left out\n");
}

}  // namespace
}  // namespace cdnsim::test
