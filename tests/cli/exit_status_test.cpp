#include <array>
#include <iostream>
#include <new>
#include <sstream>
#include <stdexcept>

#include <cdnsim/tools/program.hpp>
#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

// What is written to a stream while this lives.
class Captured {
 public:
  explicit Captured(std::ostream& stream) : stream_(stream), before_(stream.rdbuf(text_.rdbuf())) {}
  ~Captured() { stream_.rdbuf(before_); }
  Captured(const Captured&) = delete;
  Captured& operator=(const Captured&) = delete;
  std::string text() const { return text_.str(); }

 private:
  std::ostringstream text_;
  std::ostream& stream_;
  std::streambuf* before_;
};

// The program itself, with something put into every run of it.
Called run_with_hook(const Workplace& here, std::function<void(Recorder&)> hook) {
  const std::string scenario = here.path("small.json").string();
  const std::string out = here.path("out").string();
  const std::array<const char*, 5> arguments = {"cdnsim", "run", scenario.c_str(), "-o",
                                                out.c_str()};
  const Captured cout(std::cout), cerr(std::cerr);
  const int status = tools::cdnsim_main(static_cast<int>(arguments.size()), arguments.data(),
                                        tools::Hooks{std::move(hook)});
  return {status, cout.text(), cerr.text()};
}

TEST_CASE("a miscount breaks an identity, and that is a mistake of the program") {
  const Workplace here;
  const Called run = run_with_hook(
      here, [](Recorder& recorder) { recorder.count_outcome(Phase::measured, 0, Outcome::hit); });
  CHECK(run.status == 70);
  CHECK(run.out.empty());
  CHECK(run.err.find("a mistake of this program, not yours") != std::string::npos);
  CHECK(run.err.find("statuses + still waiting = requests") != std::string::npos);
  CHECK(here.names_in() == "small.json");
}

TEST_CASE("the same path without a miscount ends well") {
  const Workplace here;
  CHECK(run_with_hook(here, [](Recorder&) {}).status == 0);
}

TEST_CASE("too little memory and exceptions that nobody expects are told, too") {
  const Workplace here;
  const auto when = [&](auto fail) { return run_with_hook(here, [=](Recorder&) { fail(); }); };
  const Called memory = when([] { throw std::bad_alloc(); });
  CHECK(memory.status == 70);
  CHECK(memory.err == "cdnsim: there is not enough memory for this run\n");
  const Called unexpected = when([] { throw std::out_of_range("map::at"); });
  CHECK(unexpected.status == 70);
  CHECK(unexpected.err.find("map::at") != std::string::npos);
  CHECK(when([] { throw 7; }).status == 70);  // NOLINT(hicpp-exception-baseclass)
  CHECK(here.names_in() == "small.json");
}

TEST_CASE("--gate ends in 3 when a target is missed, and says which") {
  const Workplace here;
  const Called open = here.cdnsim("run small.json");
  CHECK(open.status == 0);
  CHECK(open.out.find("MISSED") != std::string::npos);
  const Called gated = here.cdnsim("run small.json --gate -o out");
  CHECK(gated.status == 3);
  CHECK(gated.out == open.out);
  CHECK(gated.err == "cdnsim: targets missed: hard\n");
  CHECK(here.names_in("out") == "result.json run.json scenario.json series.csv.gz");
  CHECK(here.cdnsim("run small.json --gate --set /slo/hard=null").status == 0);
}

TEST_CASE("--gate without targets is pointed out") {
  const Workplace here;
  const Called run = here.cdnsim("run small.json --gate --set /slo=null");
  CHECK(run.status == 0);
  CHECK(run.err == "cdnsim: --gate: the scenario has no targets (slo)\n");
}

TEST_CASE("a broken scenario is told place by place, and nothing is written") {
  const Workplace here;
  const Called run =
      here.cdnsim("run small.json -o a/out --set /caching/edge/polcy=lru --set /duration=soon");
  CHECK(run.status == 2);
  CHECK(run.out.empty());
  CHECK(run.err.find("#/caching/edge/polcy: unknown key; did you mean \"policy\"?\n") !=
        std::string::npos);
  CHECK(run.err.find("#/duration: \"soon\"") != std::string::npos);
  CHECK(here.names_in() == "small.json");
}

}  // namespace
}  // namespace cdnsim::test
