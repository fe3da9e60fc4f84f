#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

TEST_CASE("a mistake in the command line ends in 2 and says what to write") {
  const Workplace here;
  check_mistakes(
      here,
      {
          {"",
           "cdnsim: which command? known: run, cache, check, trace, topology, compare, "
           "verify, whatif, sweep, export, world, schema, list\n"},
          {"rnu small.json", "unknown command \"rnu\"; did you mean \"run\"?\n"},
          {"run", "cdnsim run: SCENARIO is required\n"},
          {"run small.json other.json", "not expected: other.json\n"},
          {"run small.json --thread 2",
           "unknown option \"--thread\"; did you mean \"--threads\"?\n"},
          {"run small.json --set", "--set: 1 required PATH=VALUE missing\n"},
          {"run small.json --format csv", "--format: unknown \"csv\"; known: table, json\n"},
          {"run small.json --threads 0", "--threads 0: write a whole number from 1 to 1024\n"},
          {"run small.json --threads 1025",
           "--threads 1025: write a whole number from 1 to 1024\n"},
          {"run small.json --threads two", "--threads two: write a whole number"},
          {"run small.json --threads 2.5", "--threads 2.5: write a whole number"},
          {"run small.json --threads ''", "write a whole number"},
          {"run small.json --seed -1", "--seed -1: write a whole number from 0 to"},
          {"run small.json --seed 18446744073709551616", "write a whole number from 0 to"},
          {"run small.json -o ''", "the output directory has no name\n"},
          {"run nothing.json", "nothing.json"},
          {"check", "cdnsim check: SCENARIO is required\n"},
          {"schema", "cdnsim schema: NAME is required\n"},
          {"schema scenarios", "unknown \"scenarios\"; did you mean \"scenario\"?\n"},
          {"list policie", "unknown \"policie\"; did you mean \"policies\"?\n"},
      });
  CHECK(here.names_in() == "small.json");
}

TEST_CASE("help shows examples and fits a terminal") {
  const Workplace here;
  for (const std::string command : {"", "run", "check", "schema", "list", "sweep", "export"}) {
    CAPTURE(command);
    const Called help = here.cdnsim(command + " --help");
    CHECK(help.status == 0);
    CHECK(help.err.empty());
    CHECK_THAT(help.out, Catch::Contains("Examples:\n  cdnsim " + command));
    CHECK(here.shell("\"$CDNSIM\" " + command + " --help | awk 'length > 100'").out.empty());
  }
}

TEST_CASE("--version names the program and its version") {
  const Workplace here;
  const Called version = here.cdnsim("--version");
  CHECK(version.status == 0);
  CHECK_THAT(version.out, Catch::Matches("cdnsim [0-9]+\\.[0-9]+\\.[0-9]+\n"));
}

TEST_CASE("progress is for terminals only") {
  const Workplace here;
  CHECK(here.cdnsim("run small.json").err.empty());
}

TEST_CASE("what cannot be printed is not passed over") {
  const Workplace here;
  for (const std::string arguments : {"list policies", "schema result", "run small.json"}) {
    const Called call = here.cdnsim(arguments + " >/dev/full");
    CHECK(call.status == 2);
    CHECK(call.err == "cdnsim: cannot write standard output: No space left on device\n");
  }
}

}  // namespace
}  // namespace cdnsim::test
