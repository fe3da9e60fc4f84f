#include <cdnsim/config/document.hpp>
#include <cdnsim/config/pointer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/scratch_files.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace extends_test {

using test::ScratchFiles;
using Lines = std::vector<std::string>;

std::vector<std::string> problems_of(const ScratchFiles& files, const std::string& name) {
  Document document;
  Problems problems(document);
  read_with_bases(files.path(name), document, problems);
  std::vector<std::string> lines;
  for (const std::string& line : lines_of(problems)) lines.push_back(files.shortened(line));
  return lines;
}

// A document whose problems are read by the garage's reader.
Reading read_file_of(const ScratchFiles& files, const std::string& name) {
  Document document;
  Problems problems(document);
  Reading reading;
  if (read_with_bases(files.path(name), document, problems)) {
    Reader(document, problems).read_document(reading.garage);
  }
  for (const std::string& line : lines_of(problems)) {
    reading.problems.push_back(files.shortened(line));
  }
  return reading;
}

TEST_CASE("a file changes what it extends, member by member, and null removes") {
  const ScratchFiles files;
  files.write(
      "bases/b.json",
      R"({"name": "base", "places": 20, "fuel": "diesel", "wheel": {"pressure": 3, "bolts": 4}})");
  files.write("x.json",
              R"({"extends": "bases/b.json", "name": "x", "fuel": null, "wheel": {"bolts": 6}})");
  const Reading reading = read_file_of(files, "x.json");
  CHECK(reading.problems.empty());
  CHECK(reading.garage.name == "x");
  CHECK(reading.garage.places == 20);
  CHECK(reading.garage.fuel == garage::Fuel::petrol);  // the default again
  CHECK(reading.garage.wheel.pressure == 3.0);
  CHECK(reading.garage.wheel.bolts == 6);
}

TEST_CASE("a mistake is placed in the file that made it") {
  const ScratchFiles files;
  files.write("bases/b.json", "{\"name\": \"base\",\n \"plces\": 20, \"wheel\": {}}");
  files.write("x.json", "{\"extends\": \"bases/b.json\",\n\n  \"opne\": true}");
  CHECK(read_file_of(files, "x.json").problems ==
        Lines{"x.json:3:3 #/opne: unknown key; did you mean \"open\"?",
              "bases/b.json:2:2 #/plces: unknown key; did you mean \"places\"?",
              "bases/b.json:2:24 #/wheel: missing key \"pressure\": in bar; wanted a number, e.g. "
              "0.5"});
}

TEST_CASE("bases extend bases, each path relative to its own file") {
  const ScratchFiles files;
  files.write("bases/europe/c.json", R"({"name": "c", "places": 1, "level": 5})");
  files.write("bases/b.json", R"({"extends": "europe/c.json", "places": 2})");
  files.write("x.json", R"({"extends": "bases/b.json", "name": "x"})");
  const Reading reading = read_file_of(files, "x.json");
  CHECK(reading.problems.empty());
  CHECK(reading.garage.name == "x");
  CHECK(reading.garage.places == 2);
  CHECK(reading.garage.level == 5);
}

TEST_CASE("a file that extends itself is a problem that names the chain") {
  const ScratchFiles files;
  files.write("a.json", R"({"extends": "b.json"})");
  files.write("b.json", R"({"extends": "./a.json"})");
  CHECK(problems_of(files, "a.json") ==
        Lines{"b.json:1:13 #/extends: a file extends itself: a.json -> b.json -> a.json"});
  files.write("self.json", R"({"extends": "self.json"})");
  CHECK(problems_of(files, "self.json") ==
        Lines{"self.json:1:13 #/extends: a file extends itself: self.json -> self.json"});
}

TEST_CASE("a missing base is a problem that names the chain") {
  const ScratchFiles files;
  files.write("b.json", R"({"extends": "c.json"})");
  files.write("a.json", R"({"extends": "b.json"})");
  CHECK(problems_of(files, "a.json") ==
        Lines{"b.json:1:13 #/extends: cannot read \"c.json\": No such file or directory "
              "(a.json -> b.json -> c.json)"});
}

TEST_CASE("what is extended must be a name of an object's file") {
  const ScratchFiles files;
  files.write("a.json", R"({"extends": 5})");
  CHECK(problems_of(files, "a.json") ==
        Lines{"a.json:1:13 #/extends: found the number 5; wanted the path of a base file, e.g. "
              "\"bases/europe.json\""});
  files.write("list.json", "[1]");
  files.write("b.json", R"({"extends": "list.json"})");
  CHECK(problems_of(files, "b.json") == Lines{"list.json:1:1: found a list; wanted an object"});
}

TEST_CASE("a chain of 17 files is too long") {
  const ScratchFiles files;
  files.write("0.json", "{}");
  for (int i = 1; i <= 16; ++i) {
    files.write(std::to_string(i) + ".json",
                "{\"extends\": \"" + std::to_string(i - 1) + ".json\"}");
  }
  CHECK(problems_of(files, "15.json").empty());
  REQUIRE(problems_of(files, "16.json").size() == 1);
  CHECK(problems_of(files, "16.json")[0].starts_with("1.json:1:13 #/extends: too many bases: "));
}

TEST_CASE("duplicate keys of a file and a syntax error of its base are told together") {
  const ScratchFiles files;
  files.write("b.json", "{,}");
  files.write("a.json", R"({"extends": "b.json", "name": "x", "name": "y"})");
  CHECK(problems_of(files, "a.json") ==
        Lines{"a.json:1:36 #/name: duplicate key; first at 1:23",
              "b.json:1:2: unexpected ','; expected text in quotes"});
}

TEST_CASE("a file that cannot be read says why") {
  const ScratchFiles files;
  CHECK(problems_of(files, "none.json") ==
        Lines{"none.json: cannot read \"none.json\": No such file or directory"});
  files.write("folder/x", "");
  CHECK(problems_of(files, "folder") == Lines{"folder: cannot read \"folder\": Is a directory"});
}

TEST_CASE("a file of 16 MiB is parsed, one byte more is refused unparsed") {
  const ScratchFiles files;
  files.write("fits.json", "{,}" + std::string(kFileBytesMax - 3, ' '));
  CHECK(problems_of(files, "fits.json") ==
        Lines{"fits.json:1:2: unexpected ','; expected text in quotes"});
  files.write("large.json", "{,}" + std::string(kFileBytesMax - 2, ' '));
  CHECK(problems_of(files, "large.json") ==
        Lines{"large.json: cannot read \"large.json\": larger than 16 MiB"});
}

TEST_CASE("$schema is not read") {
  const ScratchFiles files;
  files.write("b.json", R"({"$schema": "s.json", "name": "b"})");
  files.write("a.json", R"({"$schema": "s.json", "extends": "b.json"})");
  CHECK(read_file_of(files, "a.json").problems.empty());
}

TEST_CASE("merging follows RFC 7396") {
  // The examples of its appendix A, as far as they are not about mere texts.
  const auto merge = [](std::string_view base, std::string_view patch) {
    Document a, b;
    Problems of_a(a), of_b(b);
    REQUIRE(read_text("a", base, a, of_a));
    REQUIRE(read_text("b", patch, b, of_b));
    return merged(a.root, b.root);
  };
  CHECK(merge(R"({"a":"b"})", R"({"a":"c"})").as<Object>()->size() == 1);
  CHECK(merge(R"({"a":"b"})", R"({"a":null})").as<Object>()->empty());
  CHECK(merge(R"({"a":"b","b":"c"})", R"({"a":null})").as<Object>()->size() == 1);
  CHECK(merge(R"({"a":["b"]})", R"({"a":"c"})").as<Object>()->front().value.is<std::string>());
  CHECK(merge(R"({"a":"c"})", R"({"a":["b"]})").as<Object>()->front().value.is<Array>());
  CHECK(at_pointer(merge(R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})"), "/a/c") == nullptr);
  CHECK(merge(R"({"a":"foo"})", R"(["c"])").is<Array>());
  CHECK(merge(R"({"e":null})", R"({"a":1})").as<Object>()->size() == 2);
  CHECK(at_pointer(merge("[1,2]", R"({"a":"b","c":null})"), "/c") == nullptr);
  const Value nested = merge("{}", R"({"a":{"bb":{"ccc":null}}})");
  CHECK(at_pointer(nested, "/a/bb")->as<Object>()->empty());
}

}  // namespace extends_test

}  // namespace cdnsim::config
