#include <cdnsim/config/pointer.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::config {
namespace pointer_test {

TEST_CASE("a pointer is split at slashes, and ~0 and ~1 stand for ~ and /") {
  CHECK(steps_of("") == std::vector<std::string>{});
  CHECK(steps_of("/") == std::vector<std::string>{""});
  CHECK(steps_of("/a/b~1c/~01/") == std::vector<std::string>{"a", "b/c", "~1", ""});
}

TEST_CASE("an index is a whole number without leading zeros inside the list") {
  CHECK(index_of("0", 3) == 0);
  CHECK(index_of("2", 3) == 2);
  for (const char* none : {"3", "-1", "01", "1x", "", "99999999999999999999"}) {
    CHECK(index_of(none, 3) == 3);
  }
}

TEST_CASE("escaping keeps every key") {
  rc::prop("unescaped(escaped(key)) == key", [](const std::string& key) {
    RC_ASSERT(unescaped(escaped(key)) == key);
    RC_ASSERT(steps_of("/" + escaped(key)) == std::vector<std::string>{key});
  });
}

}  // namespace pointer_test

}  // namespace cdnsim::config
