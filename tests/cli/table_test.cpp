#include <sstream>

#include <cdnsim/tools/table.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::tools {
namespace {

TEST_CASE("columns are as wide as their cells: the first to the left, others to the right") {
  Table table({"Tiers", "requests", "hit ratio"});
  table.add({"edge", "1.00 M", "93.41 %"});
  table.add({"a rather long name", "7", ""});
  CHECK(table.text() ==
        "Tiers                 requests  hit ratio\n"
        "  edge                  1.00 M    93.41 %\n"
        "  a rather long name         7\n");
}

TEST_CASE("characters count, not bytes") {
  CHECK(width_of("São Paulo") == 9);
  CHECK(shortened("São Paulo", 9) == "São Paulo");
  CHECK(shortened("São Paulo", 3) == "Sã…");
}

TEST_CASE("control characters of a name never reach the terminal") {
  CHECK(shortened("a\033[2Jb\nc", 20) == "a [2Jb c");
  CHECK(wrapped("one\ntwo\t three", 0) == "one two three");
}

TEST_CASE("text is broken at spaces, and later lines are indented") {
  const std::string word(40, 'x');
  CHECK(wrapped(word + ' ' + word + ' ' + word, 4) == word + ' ' + word + "\n    " + word);
}

TEST_CASE("whatever is in a table, it fits the terminal") {
  rc::prop("no line is wider than kWidthMax", [] {
    const auto cells = *rc::gen::container<std::vector<std::string>>(
        6, rc::gen::container<std::string>(rc::gen::inRange('!', '~')));
    Table table({"first", "second", "third"});
    for (const std::string& cell : cells) table.add({cell + std::string(120, 'y'), "123456", "%"});
    std::istringstream lines(table.text() + wrapped(cells.front() + std::string(300, 'z'), 7));
    for (std::string line; std::getline(lines, line);) RC_ASSERT(width_of(line) <= kWidthMax);
  });
}

}  // namespace
}  // namespace cdnsim::tools
