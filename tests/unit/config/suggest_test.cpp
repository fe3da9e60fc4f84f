#include <cdnsim/config/suggest.hpp>
#include <tests/support/rapidcheck.hpp>

namespace cdnsim::config {
namespace suggest_test {

TEST_CASE("the edit distance counts letters put in, taken out, replaced and swapped") {
  CHECK(edit_distance("policy", "policy") == 0);
  CHECK(edit_distance("polcy", "policy") == 1);
  CHECK(edit_distance("poliicy", "policy") == 1);
  CHECK(edit_distance("pilicy", "policy") == 1);
  CHECK(edit_distance("ploicy", "policy") == 1);
  CHECK(edit_distance("Policy", "policy") == 0);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("", "abc") == 3);
}

TEST_CASE("the edit distance is symmetric and bounded by the longer text") {
  rc::prop("d(a, b) == d(b, a) <= max(|a|, |b|)", [] {
    const auto letters = rc::gen::container<std::string>(rc::gen::element('a', 'b', 'c'));
    const std::string a = (*letters).substr(0, kComparedBytesMax);
    const std::string b = (*letters).substr(0, kComparedBytesMax);
    RC_ASSERT(edit_distance(a, b) == edit_distance(b, a));
    RC_ASSERT(edit_distance(a, b) <= std::max(a.size(), b.size()));
    RC_ASSERT(edit_distance(a, b) >= std::max(a.size(), b.size()) - std::min(a.size(), b.size()));
  });
}

TEST_CASE("the nearest name is suggested, else all are listed") {
  const std::vector<std::string> policies = {"clock", "fifo", "lru", "sieve"};
  CHECK(hint("sive", policies) == "; did you mean \"sieve\"?");
  CHECK(hint("LRU", policies) == "; did you mean \"lru\"?");
  CHECK(hint("belady", policies) == "; known: clock, fifo, lru, sieve");
  CHECK(hint("x", {}) == "; none are known");
  // All of a short name wrong is another name.
  CHECK(hint("x", {"a", "b"}) == "; known: a, b");
}

TEST_CASE("a long list is cut") {
  std::vector<std::string> names;
  for (char c = 'a'; c <= 'z'; ++c) names.emplace_back(5, c);
  CHECK(hint("12345", names).ends_with("lllll and 14 more"));
}

}  // namespace suggest_test

}  // namespace cdnsim::config
