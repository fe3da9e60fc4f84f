#include <cdnsim/config/json_parser.hpp>
#include <cdnsim/config/pointer.hpp>
#include <tests/support/rapidcheck.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace json_parser_test {

// The problems of a text of its own, without the file's name.
std::vector<std::string> problems_of(std::string_view text) {
  Document document;
  Problems problems(document);
  read_text("t", text, document, problems);
  return lines_of(problems);
}

Place place_in(std::string_view text, std::string_view pointer) {
  Document document;
  Problems problems(document);
  REQUIRE(read_text("t", text, document, problems));
  return place_of(document.root, pointer);
}

TEST_CASE("every value knows its line and column") {
  const std::string text =
      "{ \"a\": 1,\n"
      "  \"list\" :[ true,\t-2.5e3 , {\"deep\": null}],\r\n"
      "\n"
      "  \"text\"\n"
      "    : \"a \\\" , : 1\", \"last\":0}\n";
  CHECK(place_in(text, "") == Place{0, 1, 1});
  CHECK(place_in(text, "/a") == Place{0, 1, 8});
  CHECK(place_in(text, "/list") == Place{0, 2, 11});
  CHECK(place_in(text, "/list/0") == Place{0, 2, 13});
  CHECK(place_in(text, "/list/1") == Place{0, 2, 19});
  CHECK(place_in(text, "/list/2") == Place{0, 2, 28});
  CHECK(place_in(text, "/list/2/deep") == Place{0, 2, 37});
  CHECK(place_in(text, "/text") == Place{0, 5, 7});
  CHECK(place_in(text, "/last") == Place{0, 5, 28});
}

TEST_CASE("columns count characters, not bytes") {
  CHECK(place_in("{\"größe\": 1}", "/größe") == Place{0, 1, 11});
}

TEST_CASE("what is not there is placed at what surrounds it") {
  CHECK(place_in("{\"a\":\n {\"b\": 1}}", "/a/c/d") == Place{0, 2, 2});
}

TEST_CASE("a syntax error says where and what") {
  const auto message = GENERATE(table<std::string, std::string>({
      {"", "t:1:1: there is nothing in this file but spaces"},
      {" \n\n", "t:3:1: there is nothing in this file but spaces"},
      {"{\"a\": 1,}", "t:1:9: a comma too many before '}'"},
      {"[1,\n 2,\n]", "t:3:1: a comma too many before ']'"},
      {"{\"a\" 1}", "t:1:6: unexpected a number; expected ':'"},
      {"{\"a\": 1 \"b\": 2}", "t:1:9: unexpected text in quotes; expected a comma or '}'"},
      {"{\"a\": tru}",
       "t:1:7: not a value: words stand in double quotes, except true, false and null"},
      {"{\n  a: 1}",
       "t:2:3: not a value: words stand in double quotes, except true, false and null"},
      {"{'a': 1}", "t:1:2: texts and keys stand in double quotes"},
      {"{ // no\n}", "t:1:3: JSON has no comments"},
      {"[1, 2", "t:1:6: the text ends too early: what begins at 1:1 is not closed"},
      {"{\"a\": {\"b\": 1}\n", "t:2:1: the text ends too early: what begins at 1:1 is not closed"},
      {"{\"a\": [1,\n", "t:2:1: the text ends too early: what begins at 1:7 is not closed"},
      {"{} {}", "t:1:4: unexpected '{' after the end of the document"},
      {"{} x", "t:1:4: unexpected text after the end of the document"},
      {"{}\n]", "t:2:1: unexpected ']' after the end of the document"},
      {"[1,,2]", "t:1:4: unexpected ','; expected a value"},
      {"[1e999]", "t:1:2: this number is too large"},
      {"[01]", "t:1:3: unexpected a number; expected a comma or ']'"},
      {"[truex]", "t:1:6: not a value: words stand in double quotes, except true, false and null"},
      {"[1.]", "t:1:2: not a number: expected digit after '.'"},
      {"{\"a\": \"abc}", "t:1:7: the text that begins here has no closing quote"},
      {"{\"a\": \"abc\n\"}",
       "t:1:11: control character U+000A (LF) must be escaped to \\u000A or \\n; is a "
       "closing quote missing?"},
      {"[\"a\\q\"]", "t:1:5: forbidden character after backslash"},
      {"[\"ab\xFFzz\"]", "t:1:5: this byte is not valid UTF-8"},
      {"[\"ab\xC3(\"]", "t:1:6: this byte is not valid UTF-8"},
      {"\xEF\xBB\xBF{}",
       "t:1:1: the file begins with a byte order mark; save it as UTF-8 without one"},
      {"\xFF\xFE{\0}", "t:1:1: the file is UTF-16; save it as UTF-8"},
  }));
  CHECK(problems_of(std::get<0>(message)) == std::vector<std::string>{std::get<1>(message)});
}

TEST_CASE("a NUL byte does not end the document unseen") {
  CHECK(problems_of(std::string("{}\0{}", 5)) == std::vector<std::string>{"t:1:3: a NUL byte"});
  CHECK(problems_of(std::string("[1,\0]", 5)) == std::vector<std::string>{"t:1:4: a NUL byte"});
}

TEST_CASE("a syntax error is told alone") {
  CHECK(problems_of("{\"a\": 1, \"a\": 2, }").size() == 1);
}

TEST_CASE("a duplicate key is named with both places, and the first counts") {
  const Reading reading =
      read_garage("{\"name\": \"x\",\n \"wheel\": {\"pressure\": 1,\n  \"pressure\": 2}}");
  CHECK(reading.problems ==
        std::vector<std::string>{"g.json:3:3 #/wheel/pressure: duplicate key; first at 2:12"});
  CHECK(reading.garage.wheel.pressure == 1.0);
}

TEST_CASE("duplicates and other mistakes of a file are told together") {
  const Reading reading = read_garage("{\"name\": \"x\", \"name\": \"y\", \"opne\": true}");
  CHECK(reading.problems ==
        std::vector<std::string>{"g.json:1:15 #/name: duplicate key; first at 1:2",
                                 "g.json:1:28 #/opne: unknown key; did you mean \"open\"?"});
}

TEST_CASE("64 levels are read, 65 are a problem at the bracket that is too deep") {
  const auto nested = [](std::size_t depth) {
    return std::string(depth, '[') + std::string(depth, ']');
  };
  CHECK(problems_of(nested(64)).empty());
  const std::vector<std::string> problems = problems_of(nested(65));
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].substr(0, 7) == "t:1:65 ");
  CHECK(problems[0].find(": nested more than 64 deep") != std::string::npos);
}

TEST_CASE("200,000 levels neither crash nor hide other mistakes") {
  const std::string deep = std::string(200'000, '[') + std::string(200'000, ']');
  const Reading reading =
      read_garage("{\"name\": \"x\", \"prices\": " + deep + ", \"opne\": true}");
  REQUIRE(reading.problems.size() == 3);
  CHECK(reading.problems[0].find("#/prices/0: found a list") != std::string::npos);
  CHECK(reading.problems[1].find("nested more than 64 deep") != std::string::npos);
  CHECK(reading.problems[2].find("#/opne: unknown key") != std::string::npos);
  CHECK(problems_of(std::string(200'000, '[')).size() == 1);
}

TEST_CASE("more than half a million values are a problem") {
  std::string text = "[0";
  for (std::size_t i = 1; i <= kValuesMax; ++i) text += ",0";
  const std::vector<std::string> problems = problems_of(text + "]");
  REQUIRE(problems.size() == 1);
  CHECK(problems[0].find("more than 500000 values") != std::string::npos);
}

// A random value, written with random spaces; remembers where each value begins.
class RandomText {
 public:
  std::string text;
  std::vector<std::pair<std::string, std::size_t>> offsets;  // pointer, byte

  void value(int depth, const std::string& pointer) {
    spaces();
    offsets.emplace_back(pointer, text.size());
    const int kind = *rc::gen::inRange(0, depth > 0 ? 6 : 4);
    if (kind == 0) text += std::to_string(*rc::gen::arbitrary<int>());
    if (kind == 1) text += "-12.5e-3";
    if (kind == 2) text += "true";
    if (kind == 3) text += "\"a,:{}[]\\\"\\\\\u00e4 \"";
    if (kind == 4) members(depth, pointer);
    if (kind == 5) elements(depth, pointer);
    spaces();
  }

 private:
  void spaces() {
    for (int n = *rc::gen::inRange(0, 3); n > 0; --n)
      text += *rc::gen::element(' ', '\n', '\t', '\r');
  }
  void members(int depth, const std::string& pointer) {
    text += '{';
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += ',';
      spaces();
      text += "\"k" + std::to_string(i) + "\"";
      spaces();
      text += ':';
      value(depth - 1, pointer + "/k" + std::to_string(i));
    }
    spaces();
    text += '}';
  }
  void elements(int depth, const std::string& pointer) {
    text += '[';
    const int count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
      if (i > 0) text += ',';
      value(depth - 1, pointer + "/" + std::to_string(i));
    }
    spaces();
    text += ']';
  }
};

// Counted anew from the start, unlike the cursor.
Place counted(const std::string& text, std::size_t offset) {
  Place place{0, 1, 1};
  for (std::size_t i = 0; i < offset; ++i) {
    const bool continues = (static_cast<unsigned char>(text[i]) & 0xC0) == 0x80;
    if (!continues) ++place.column;
    if (text[i] == '\n') place = {0, place.line + 1, 1};
  }
  return place;
}

TEST_CASE("places are right in any text") {
  rc::prop("every value begins where its place says", [] {
    RandomText random;
    random.value(4, "");
    Document document;
    Problems problems(document);
    RC_ASSERT(read_text("t", random.text, document, problems));
    for (const auto& [pointer, offset] : random.offsets) {
      RC_ASSERT(at_pointer(document.root, pointer) != nullptr);
      RC_ASSERT(place_of(document.root, pointer) == counted(random.text, offset));
    }
  });
  rc::prop("any bytes give a document or one problem", [](const std::string& text) {
    Document document;
    Problems problems(document);
    const bool read = read_text("t", text, document, problems);
    RC_ASSERT(read == problems.empty());
  });
}

}  // namespace json_parser_test

}  // namespace cdnsim::config
