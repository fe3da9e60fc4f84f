#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// Starts a run of a simulated year, lets it get to work, sends it a signal, and waits for its end.
// Its exit status is that of the whole.
std::string stop_a_long_run(const std::string& signal) {
  return "\"$CDNSIM\" run small.json -o out --set /duration=365d & run=$!\n"
         "for i in $(seq 600); do\n"
         "  [ -z \"$(find . -path './.out.cdnsim-*/series.csv.gz' -size +0)\" ] || break\n"
         "  sleep 0.1\n"
         "done\n"
         "kill -" +
         signal + " $run; wait $run";
}

TEST_CASE("a killed run leaves the old output, and the next run cleans up after it") {
  const Workplace here;
  REQUIRE(here.cdnsim("run small.json -o out").status == 0);
  const auto before = here.files("out");
  CHECK(here.shell(stop_a_long_run("KILL")).status == 128 + 9);
  CHECK(here.files("out") == before);
  CHECK(here.names_in() != "out small.json");
  REQUIRE(here.cdnsim("run small.json --seed 8 -o out").status == 0);
  CHECK(here.names_in() == "out small.json");
  CHECK(here.names_in("out") == "result.json run.json scenario.json series.csv.gz");
  CHECK(here.files("out") != before);
}

TEST_CASE("a run that is told to stop cleans up itself") {
  const Workplace here;
  REQUIRE(here.cdnsim("run small.json -o out").status == 0);
  const auto before = here.files("out");
  const Called stopped = here.shell(stop_a_long_run("TERM"));
  CHECK(stopped.status == 128 + 15);
  CHECK(stopped.out.empty());
  CHECK(here.files("out") == before);
  CHECK(here.names_in() == "out small.json");
}

TEST_CASE("when the disk is full, the old output stays and nothing half-written") {
  const Workplace here;
  REQUIRE(here.cdnsim("run small.json -o out").status == 0);
  const auto before = here.files("out");
  // No file may become larger than 1 KiB; the signal that would end the program is ignored.
  const Called run = here.cdnsim("run small.json --seed 8 -o out", "trap '' XFSZ; ulimit -f 1;");
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK_THAT(run.err, Catch::Matches("cdnsim: cannot write out/[a-z.]+: File too large\n"));
  CHECK(here.files("out") == before);
  CHECK(here.names_in() == "out small.json");
}

}  // namespace
}  // namespace cdnsim::test
