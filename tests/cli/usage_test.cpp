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
           "verify, whatif, sweep, export, world, schema, list, completion, man\n"},
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
  CHECK_THAT(version.out, Catch::Matches("cdnsim [0-9]+\\.[0-9]+\\.[0-9]+\n"
                                         "  compiler   [A-Za-z]+ [0-9.]+, [A-Za-z]+\n"
                                         "  results    schema [0-9]+\n"
                                         "  libraries  CLI11 2[^\n]+\n"));
}

// As a shell does it: the words so far, and the number of the one that is completed.
TEST_CASE("the shell completes commands, options and the words that they take") {
  const Workplace here;
  const auto completed = [&](const std::string& words, int number) {
    const Called call = here.shell(
        "export CDNSIM; bash -c 'source <(\"$CDNSIM\" completion bash); COMP_WORDS=(" + words +
        "); COMP_CWORD=" + std::to_string(number) + "; _cdnsim; echo \"${COMPREPLY[*]}\"'");
    CHECK(call.err.empty());
    return call.out;
  };
  CHECK(completed("cdnsim wh", 1) == "whatif\n");
  CHECK(completed("cdnsim trace c", 2) == "convert\n");
  CHECK(completed("cdnsim schema s", 2) == "scenario sweep\n");
  CHECK(completed("cdnsim run x.json --qu", 3) == "--quiet\n");
  CHECK(completed("cdnsim compare a b --format j", 5) == "json junit\n");
  CHECK(completed("cdnsim trace info --format t", 4) == "table\n");
  CHECK(completed("cdnsim run x", 2) == "\n");  // files are the shell's own matter
}

TEST_CASE("the manual names every command and every option of its help") {
  const Workplace here;
  const Called page = here.cdnsim("man");
  CHECK(page.status == 0);
  CHECK_THAT(page.out, Catch::StartsWith(".TH CDNSIM 1 "));
  for (const std::string command :
       {"run", "whatif", "sweep", "export", "verify", "trace convert"}) {
    CHECK_THAT(page.out, Catch::Contains("\n.SS cdnsim " + command + "\n"));
  }
  CHECK_THAT(page.out, Catch::Contains("\n.B \\-\\-retry\\-failed"));
  CHECK_THAT(page.out, Catch::Contains("\n.B \\-o"));
  // Whatever begins a line with a dot is an order to troff that it knows.
  CHECK(
      here.shell("\"$CDNSIM\" man | grep '^[.]' | grep -cvE '^[.](TH|SH|SS|TP|B|I|PP|nf|fi)( |$)'")
          .out == "0\n");
}

TEST_CASE("it works with little room for addresses") {
  const Workplace here;
  const Called call = here.shell("ulimit -v 1000000; \"$CDNSIM\" run small.json --quiet");
  CHECK(call.status == 0);
  CHECK(call.err.empty());
}

TEST_CASE("nothing is coloured, on a terminal or not") {
  const Workplace here;
  CHECK(
      here.shell(
              "export CDNSIM; script -qec '\"$CDNSIM\" run small.json --quiet' /dev/null | grep -c "
              "\"$(printf '\\033')\"")
          .out == "0\n");
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
