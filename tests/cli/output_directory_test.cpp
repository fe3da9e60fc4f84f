#include <atomic>
#include <fcntl.h>
#include <optional>
#include <string>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>
#include <utility>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/output_directory.hpp>
#include <cdnsim/tools/output_file.hpp>
#include <tests/support/catch.hpp>

#include "workplace.hpp"

namespace cdnsim::test {
namespace {

namespace fs = std::filesystem;
using tools::OutputDirectory;
using tools::OutputFile;

const std::vector<std::string> kNames = {"series", "result"};

void write_all(const OutputDirectory& directory, const std::string& text) {
  for (const std::string& name : kNames) {
    OutputFile file(directory.scratch(name), directory.shown(name));
    file.write(text);
    file.close();
  }
}

void publish(const fs::path& target, const std::string& text) {
  OutputDirectory directory(target, kNames);
  write_all(directory, text);
  directory.publish();
}

TEST_CASE("new files replace the old ones, and nothing else stays behind") {
  const Workplace here;
  publish(here.path("a/b/out"), "old");
  CHECK(here.read("a/b/out/series") == "old");
  publish(here.path("a/b/out/"), "new");
  CHECK(here.read("a/b/out/series") == "new");
  CHECK(here.read("a/b/out/result") == "new");
  CHECK(here.names_in("a/b") == "out");
  CHECK(here.names_in("a/b/out") == "result series");
}

TEST_CASE("nothing can be seen of new files before they are published") {
  const Workplace here;
  publish(here.path("out"), "old");
  {
    const OutputDirectory directory(here.path("out"), kNames);
    write_all(directory, "new");
    CHECK(here.names_in("out") == "result series");
    CHECK(here.read("out/result") == "old");
  }
  CHECK(here.read("out/result") == "old");
  CHECK(here.names_in() == "out small.json");
}

// Both files as somebody sees them who opened the directory once; nothing when it is gone by then.
std::optional<std::pair<std::string, std::string>> seen_in(const fs::path& folder) {
  const int directory = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY);
  if (directory < 0) return std::nullopt;
  const auto read = [&](const std::string& name) {
    std::string text(16, '\0');
    const int file = ::openat(directory, name.c_str(), O_RDONLY);
    const ssize_t got = ::read(file, text.data(), text.size());
    ::close(file);
    return got <= 0 ? std::string() : text.substr(0, static_cast<std::size_t>(got));
  };
  std::pair seen(read("result"), read("series"));
  ::close(directory);
  if (seen.first.empty() || seen.second.empty()) return std::nullopt;
  return seen;
}

TEST_CASE("nobody ever sees old files beside new ones") {
  const Workplace here;
  publish(here.path("out"), "0");
  std::atomic<bool> over = false;
  std::thread writer([&] {
    for (int i = 1; i <= 300; ++i) publish(here.path("out"), std::to_string(i));
    over = true;
  });
  int mixtures = 0, looks = 0;
  while (!over) {
    const auto seen = seen_in(here.path("out"));
    looks += seen.has_value();
    mixtures += seen && seen->first != seen->second;
  }
  writer.join();
  CHECK(mixtures == 0);
  CHECK(looks > 0);
}

TEST_CASE("a file that the new run does not have is not left over from the old one") {
  const Workplace here;
  publish(here.path("out"), "old");
  const auto publish_result_only = [&] {
    OutputDirectory directory(here.path("out"), kNames);
    OutputFile file(directory.scratch("result"), "result");
    file.close();
    directory.publish();
  };
  publish_result_only();
  CHECK(here.names_in("out") == "result");
  here.write("out/series", "old");
  here.write("out/notes.txt", "mine");
  publish_result_only();
  CHECK(here.names_in("out") == "notes.txt result");
}

TEST_CASE("files of others survive in the output directory") {
  const Workplace here;
  publish(here.path("out"), "old");
  here.write("out/notes.txt", "mine");
  fs::create_directory(here.path("out/charts"));
  publish(here.path("out"), "new");
  CHECK(here.names_in("out") == "charts notes.txt result series");
  CHECK(here.read("out/notes.txt") == "mine");
  CHECK(here.read("out/result") == "new");
}

TEST_CASE("a file that somebody puts there during the run survives, too") {
  const Workplace here;
  publish(here.path("out"), "old");
  OutputDirectory directory(here.path("out"), kNames);
  write_all(directory, "new");
  here.write("out/notes.txt", "mine");
  directory.publish();
  CHECK(here.names_in("out") == "notes.txt result series");
  CHECK(here.read("out/result") == "new");
}

TEST_CASE("a symbolic link to the output directory stays one") {
  const Workplace here;
  fs::create_directory(here.path("disk"));
  fs::create_directory_symlink(here.path("disk"), here.path("out"));
  publish(here.path("out"), "old");
  publish(here.path("out"), "new");
  CHECK(fs::is_symlink(here.path("out")));
  CHECK(here.read("disk/result") == "new");
}

TEST_CASE("the directory keeps its permissions; a new one gets the usual ones") {
  const Workplace here;
  const auto mode = [&] {
    struct stat status{};
    CHECK(::stat(here.path("out").c_str(), &status) == 0);
    return status.st_mode & 07777U;
  };
  const mode_t mask = ::umask(0027);
  publish(here.path("out"), "old");
  CHECK(mode() == 0750);
  ::chmod(here.path("out").c_str(), 0705);
  publish(here.path("out"), "new");
  CHECK(mode() == 0705);
  ::umask(mask);
}

TEST_CASE("what killed runs left is removed, but not what a running one is writing") {
  const Workplace here;
  fs::create_directory(here.path(".out.cdnsim-killed"));
  here.write(".out.cdnsim-killed/result", "half");
  fs::create_directory(here.path(".other.cdnsim-killed"));
  OutputDirectory running(here.path("out"), kNames);
  write_all(running, "slow");
  publish(here.path("out"), "fast");
  CHECK_FALSE(fs::exists(here.path(".out.cdnsim-killed")));
  CHECK(fs::exists(here.path(".other.cdnsim-killed")));
  running.publish();
  CHECK(here.read("out/result") == "slow");
}

TEST_CASE("a place that cannot be written to is told at once, and stays as it was") {
  const Workplace here;
  const auto problem = [&](const std::string& target) {
    try {
      const OutputDirectory directory(target, kNames);
    } catch (const UserError& error) {
      return std::string(error.what());
    }
    return std::string("none");
  };
  const std::string file = here.path("small.json").string();
  CHECK(problem(file) == "cannot write " + file + ": Not a directory");
  CHECK(problem(file + "/out") == "cannot write " + file + "/out: Not a directory");
  CHECK(problem("/proc/out") == "cannot write /proc/out: No such file or directory");
  const std::string long_name = here.path(std::string(300, 'x')).string();
  CHECK(problem(long_name) == "cannot write " + long_name + ": File name too long");
  CHECK(problem("") == "the output directory has no name");
  const std::string link = here.path("link").string();
  fs::create_directory_symlink(here.path("nowhere"), link);
  CHECK(problem(link) == "cannot write " + link + ": No such file or directory");
  fs::create_directories(here.path("out/result"));
  const std::string out = here.path("out").string();
  CHECK(problem(out) == "cannot write " + out + "/result: Is a directory");
  CHECK(here.names_in() == "link out small.json");
  CHECK(here.names_in("out") == "result");
}

}  // namespace
}  // namespace cdnsim::test
