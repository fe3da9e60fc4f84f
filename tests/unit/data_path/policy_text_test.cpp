// A policy's name and parameters as a person writes them, and what they are told when it is wrong.

#include <algorithm>
#include <string>

#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/models/cache_policy/list.hpp>
#include <tests/support/rapidcheck.hpp>

namespace policy_text_test {

using namespace cdnsim;

// What a person is told who asks for `text`.
std::string problem_with(const std::string& text) {
  const Parsed<PolicyText> policy = parse<PolicyText>(text);
  if (!policy.value) return policy.problem;
  return with_cache_policy(*policy.value, [](auto) {});
}

std::string chosen(const std::string& text) {
  std::string name = "nobody";
  with_cache_policy(*parse<PolicyText>(text).value,
                    [&]<class P>(P) { name = std::string(P::kName); });
  return name;
}

TEST_CASE("every policy of the list is found by its name") {
  const std::vector<std::string_view> names = cache_policy_names();
  CHECK(std::is_sorted(names.begin(), names.end()));
  for (const std::string_view name : names) {
    CHECK(chosen(std::string(name)) == name);
  }
}

TEST_CASE("parameters are read by name, and the others keep their defaults") {
  const PolicyText text = *parse<PolicyText>("s3fifo:small=0.25,threshold=1").value;
  CHECK(text.name == "s3fifo");
  CHECK(*policy_values(text, S3Fifo::kParameters).value == std::vector<double>{0.25, 0.9, 1});
  CHECK(to_text(text) == "s3fifo:small=0.25,threshold=1");
}

TEST_CASE("a wrong policy says what is wrong and what may be written") {
  CHECK(problem_with("fifo") == "");
  std::string known;
  for (const std::string_view name : cache_policy_names()) {
    known += (known.empty() ? "" : ", ") + std::string(name);
  }
  CHECK(problem_with("fifoo") ==
        "unknown eviction policy \"fifoo\"; did you mean \"fifo\"? known: " + known);
  CHECK(problem_with("a-word") == "unknown eviction policy \"a-word\"; known: " + known);
  CHECK(problem_with("lru:bits=2") == "policy \"lru\" has no parameters");
  CHECK(problem_with("s3fifo:smal=0.1") ==
        "policy \"s3fifo\" has no parameter \"smal\"; did you mean \"small\"? known: small, "
        "ghost, threshold");
  CHECK(problem_with("s3fifo:small=2") == "policy \"s3fifo\": small is 2; it may be from 0 to 1");
  CHECK(problem_with("clock:bits=1.5") == "policy \"clock\": bits is 1.5, but must be whole");
  CHECK(problem_with("clock:bits=1,bits=2") == "\"clock:bits=1,bits=2\" gives bits twice");
  for (const char* text : {"", "LRU", "lru:", "clock:bits=1,", ":", "clock:=1", "l ru"}) {
    CHECK_THAT(problem_with(text), Catch::StartsWith(quoted(text) + " is not a policy; write"));
  }
  CHECK_THAT(problem_with("clock:bits=two"), Catch::StartsWith("bits of \"clock:bits=two\": "));
  CHECK_THAT(problem_with("clock:bits"), Catch::StartsWith("bits of \"clock:bits\": "));
}

TEST_CASE("a policy's text gives back the same policy") {
  rc::prop("for any parameters", [] {
    PolicyText text{"any", {}};
    const auto count = *rc::gen::inRange(0, 4);
    for (int i = 0; i < count; ++i) {
      text.parameters["p" + std::to_string(i)] = *rc::gen::inRange(0, 100'000) / 1000.0;
    }
    const Parsed<PolicyText> again = parse<PolicyText>(to_text(text));
    RC_ASSERT(again.value == text);
  });
}

}  // namespace policy_text_test
