#include <nlohmann/json.hpp>

#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

TEST_CASE(
    "trace generate draws the same trace for the same numbers, and another for another seed") {
  const Workplace here;
  const std::string command = "trace generate --requests 2k --objects 100 --popularity zipf:0.9 ";
  CHECK(here.cdnsim(command + "-o a.csv --object-size lognormal:median=10kB,sigma=1").status == 0);
  CHECK(here.cdnsim(command + "-o b.csv --object-size lognormal:median=10kB,sigma=1").status == 0);
  CHECK(here.cdnsim(command + "-o c.csv --seed 2").status == 0);
  CHECK(here.read("a.csv") == here.read("b.csv"));
  CHECK(here.read("a.csv") != here.read("c.csv"));
  CHECK_THAT(here.read("c.csv"), Catch::StartsWith("time,id,size\n"));
  CHECK_THAT(here.cdnsim("cache a.csv --size 100%").out, Catch::Contains("2000"));
}

TEST_CASE("trace convert keeps the requests, and there and back the bytes") {
  const Workplace here;
  REQUIRE(here.cdnsim("trace generate --requests 3k --objects 50 --rate 1/s -o a.oracleGeneral")
              .status == 0);
  CHECK(here.cdnsim("trace convert a.oracleGeneral -o b.log --to jsonl").status == 0);
  const std::string caches = " --policy lru,sieve --size 5,10 --ignore-object-size --format csv";
  const auto without_name = [](const std::string& text) { return text.substr(text.find(",lru")); };
  CHECK(without_name(here.cdnsim("cache b.log --trace-format jsonl" + caches).out).size() > 10);
  CHECK(here.cdnsim("trace convert b.log --trace-format jsonl -o c.tr").status == 0);
  CHECK(here.cdnsim("trace convert c.tr -o d.bin").status == 0);
  // Times have lost what is less than a second on the way to oracleGeneral, as in the first file.
  CHECK(here.read("d.bin") == here.read("a.oracleGeneral"));
}

// With one space where there are more: how wide a table is does not matter.
std::string squeezed(const std::string& text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' || !out.ends_with(' ')) out += c;
  }
  return out;
}

TEST_CASE("trace info tells requests, objects, sizes and the law") {
  const Workplace here;
  here.write("t.tr", "1 1 10\n2 2 30\n3 1 10\n5 3 20\n");
  const Called text = here.cdnsim("trace info t.tr");
  CHECK(text.status == 0);
  const std::string told = squeezed(text.out);
  CHECK_THAT(told, Catch::Contains("\n requests 4\n"));
  CHECK_THAT(told, Catch::Contains(" asked for once 66.67 %\n"));
  CHECK_THAT(told, Catch::Contains(" requests for those 50.00 %\n"));
  CHECK_THAT(told, Catch::Contains(" footprint 60 B\n"));
  CHECK_THAT(told, Catch::Contains(" mean rate 1.00 /s\n"));
  const nlohmann::json json =
      nlohmann::json::parse(here.cdnsim("trace info t.tr --format json").out);
  CHECK(json.at("objects") == 3);
  CHECK(json.at("bytes") == 70);
  CHECK(json.at("size_median") == 20);
  CHECK(json.at("duration_s") == 4.0);
  CHECK(json.at("zipf_exponent").is_null());
  CHECK(json.at("popularity_argument") == "-");
  // Request 3 of 4 asks for what the first did: half of the trace ago.
  CHECK(json.at("reused_within_tenth") == 0);
}

TEST_CASE("trace info gives the arguments that draw such a trace") {
  const Workplace here;
  REQUIRE(here.cdnsim("trace generate -o a.lcs.zst --requests 200k --objects 5k --popularity "
                      "zipf:0.8 --object-size lognormal:median=20kB,sigma=0.5 "
                      "--one-hit-wonders 5% --churn 0.1/s")
              .status == 0);
  const nlohmann::json json =
      nlohmann::json::parse(here.cdnsim("trace info a.lcs.zst --format json").out);
  const std::string laws = " --popularity " + json.at("popularity_argument").get<std::string>() +
                           " --object-size " + json.at("size_argument").get<std::string>();
  CHECK_THAT(laws, Catch::StartsWith(" --popularity zipf:0."));
  CHECK_THAT(laws, Catch::Contains("lognormal:median="));
  CHECK(json.at("asked_once").get<int>() >= 9'500);  // 5 % of 200k, and a few of the 5k perhaps
  CHECK(here.cdnsim("trace generate -o b.vscsi.gz --requests 1k" + laws).status == 0);
  CHECK_THAT(here.cdnsim("trace info b.vscsi.gz").out, Catch::Contains("as --object-size"));
}

TEST_CASE("mistakes of the trace commands") {
  const Workplace here;
  struct Mistake {
    const char* arguments;
    const char* told;
  };
  for (const Mistake mistake :
       {Mistake{"trace generate -o t.bin --requests ten",
                "--requests: \"ten\" is not a whole number"},
        Mistake{"trace generate -o t.bin --objects 0", "--objects 0: from 1 to"},
        Mistake{"trace generate -o t.bin --rate 0/s", "--rate: must be more than nothing"},
        Mistake{"trace generate -o t.bin --one-hit-wonders 101%", "--one-hit-wonders"},
        Mistake{"trace generate -o t.bin --churn 100000G/s",
                "--churn: there are no ids for so many"},
        Mistake{"trace generate -o t.vscsi --one-hit-wonders 5", "--one-hit-wonders"},
        Mistake{"trace generate -o t.bin --popularity zip",
                "--popularity: \"zip\" is not a popularity"},
        Mistake{"trace generate -o t.log", "t.log: its name tells no format; give --to, one of"},
        Mistake{"trace generate -o no/t.bin", "cannot write no/t.bin: No such file or directory"},
        Mistake{"trace convert small.json -o t.bin", "small.json: its name tells no format"},
        Mistake{"trace convert nothing.tr -o t.bin", "cannot open nothing.tr"}}) {
    CAPTURE(mistake.arguments);
    const Called call = here.cdnsim(mistake.arguments);
    CHECK(call.status == 2);
    CHECK_THAT(call.err, Catch::Contains(mistake.told));
    CHECK(here.names_in() == "small.json");
  }
}

TEST_CASE("a new trace follows a link, and takes the place of nothing but a file") {
  const Workplace here;
  here.write("old.csv", "old");
  REQUIRE(here.shell("ln -s old.csv link.csv && mkfifo pipe.csv").status == 0);
  const std::string generate = "trace generate --requests 3 --quiet -o ";
  CHECK(here.cdnsim(generate + "link.csv").status == 0);
  CHECK_THAT(here.read("old.csv"), Catch::StartsWith("time,"));
  CHECK(std::filesystem::is_symlink(here.path("link.csv")));
  const Called pipe = here.cdnsim(generate + "pipe.csv");
  CHECK(pipe.status == 2);
  CHECK_THAT(pipe.err, Catch::Contains("cannot write pipe.csv: it is there and no file"));
  CHECK(std::filesystem::is_fifo(here.path("pipe.csv")));
}

TEST_CASE("a trace that may not grow is told, and leaves nothing behind") {
  const Workplace here;
  const Called call =
      here.cdnsim("trace generate --requests 100k --quiet -o t.csv", "ulimit -f 20;");
  CHECK(call.status == 2);
  CHECK_THAT(call.err, Catch::Contains("cannot write t.csv: File too large"));
  CHECK(here.names_in() == "small.json");
}

}  // namespace
}  // namespace cdnsim::test
