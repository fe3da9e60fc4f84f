// The text form of key rules: what it means, what it comes back as, and how a mistake is told.

#include <set>
#include <string>

#include <cdnsim/data_path/url_key.hpp>
#include <tests/support/catch.hpp>

namespace key_rules_test {

using namespace cdnsim;

KeyRules rules(const std::string& text) {
  const Parsed<KeyRules> parsed = parse<KeyRules>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value);
  return *parsed.value;
}

std::string problem_with(const std::string& text) {
  const Parsed<KeyRules> parsed = parse<KeyRules>(text);
  INFO(text);
  CHECK_FALSE(parsed.value);
  return parsed.problem;
}

TEST_CASE("key rules are read from their text") {
  KeyRules expected;
  CHECK(rules("query=all") == expected);
  CHECK(rules("order=kept; scheme=count; host=count") == expected);
  expected.query = QueryRule::all_but;
  expected.parameters = {"utm_*", "session"};
  expected.vary = {{"accept-encoding", VaryBy::coding}};
  expected.host_counts = false;
  CHECK(rules("query=all-but:utm_*,session; vary=accept-encoding; host=ignore") == expected);
  CHECK(rules(" query = all-but : utm_* , session ;vary=Accept-Encoding;host=ignore ") == expected);
  expected = {};
  expected.query = QueryRule::only;
  expected.tracking = true;
  expected.parameters = {"id"};
  expected.sorted = true;
  expected.scheme_counts = false;
  expected.vary = {{"user-agent", VaryBy::given},
                   {"accept-language", VaryBy::lower},
                   {"accept-encoding", VaryBy::given}};
  CHECK(rules("query=only:tracking,id; order=sorted; scheme=ignore; "
              "vary=user-agent,accept-language:lower,accept-encoding:given") == expected);
}

TEST_CASE("key rules come back from their text in its shortest form") {
  for (const std::string text :
       {"query=all", "query=none", "query=only:a,b*", "query=all-but:tracking,session",
        "query=all-but:tracking", "query=all-but:tracking=", "order=sorted",
        "scheme=ignore; host=ignore", "query=none; order=sorted; vary=accept-encoding",
        "vary=accept-encoding:given,user-agent,x-device:lower", "query=only:%26,a%C3%BC*,l[]"}) {
    CHECK(to_text(rules(text)) == text);
  }
  CHECK(to_text(rules("host=count;vary=user-agent:given,accept-encoding:coding;query=only:a=")) ==
        "query=only:a; vary=user-agent,accept-encoding");
}

TEST_CASE("tracking parameters are in no answer, and each is named once") {
  const auto all = tracking_parameters();
  CHECK(std::set(all.begin(), all.end()).size() == all.size());
  const KeyRules but = rules("query=all-but:tracking");
  for (const std::string name : {"utm_source", "utm_", "gclid", "fbclid", "msclkid", "mc_eid"}) {
    CHECK_FALSE(but.counts(name));
    CHECK(rules("query=only:tracking").counts(name));
    CHECK(rules("query=all").counts(name));
    CHECK_FALSE(rules("query=none").counts(name));
  }
  for (const std::string name : {"id", "utm", "Gclid", "gclid2", "tracking", "q", "v", ""}) {
    CHECK(but.counts(name));
  }
}

TEST_CASE("a mistake in key rules is named, with how to mend it") {
  const std::string not_rules =
      " is not a set of key rules; write e.g. "
      "\"query=all-but:tracking,session; vary=accept-encoding\"";
  CHECK(problem_with("") == "\"\"" + not_rules);
  CHECK(problem_with("tracking") == "\"tracking\"" + not_rules);
  CHECK(problem_with("query=all;") == "\"query=all;\"" + not_rules);
  CHECK(problem_with("quer=all") == "unknown key rule \"quer\"; did you mean \"query\"?");
  CHECK(problem_with("cookies=all") ==
        "unknown key rule \"cookies\"; write query, order, scheme, host or vary");
  CHECK(problem_with("host=ignore; host=count") == "key rule \"host\" is given twice");
  CHECK(problem_with("query=all-bu:x") ==
        "unknown query rule \"all-bu\"; did you mean \"all-but\"?");
  CHECK(problem_with("query=everything") ==
        "unknown query rule \"everything\"; write all, none, only or all-but");
  CHECK(problem_with("query=only") == "query=only needs names; write e.g. \"query=only:id,page\"");
  CHECK(problem_with("query=all-but:") ==
        "query=all-but needs names; write e.g. \"query=all-but:id,page\"");
  CHECK(problem_with("query=none:id") == "query=none takes no names");
  CHECK(problem_with("order=sort") == "unknown order rule \"sort\"; did you mean \"sorted\"?");
  CHECK(problem_with("host=no") == "unknown host rule \"no\"; write count or ignore");
  CHECK(problem_with("vary=user-agent:device") ==
        "unknown way to read a header \"device\"; write given, lower or coding");
}

TEST_CASE("a mistake in a list of names is named, with how to mend it") {
  const std::string gap =
      "a list of parameters needs names between its commas, such as \"utm_*,session\"";
  CHECK(problem_with("query=only:a,,b") == gap);
  CHECK(problem_with("query=only:a,") == gap);
  CHECK(problem_with("query=all-but:*") == gap);
  CHECK(problem_with("query=only:a,a") == "\"a\" is given twice");
  CHECK(problem_with("query=only:a,%61") == "\"%61\" is given twice");
  CHECK(problem_with("query=only:tracking,tracking") == "\"tracking\" is given twice");
  CHECK(problem_with("query=only:a*b") ==
        "parameter \"a*b\": a \"*\" can only be the last character");
  CHECK(problem_with("query=only:utm_*=") ==
        "parameter \"utm_*=\" has a character that no name has");
  CHECK(problem_with("query=only:a&b") == "parameter \"a&b\" has a character that no name has");
  CHECK(problem_with("query=only:a=b") == "parameter \"a=b\" has a character that no name has");
  CHECK(problem_with("query=only:100%") ==
        "parameter \"100%\" has a \"%\" without two hex digits; write it \"%25\"");
  CHECK(problem_with("query=only:a b").ends_with("write a blank \"%20\""));
  CHECK(problem_with("vary=") ==
        "\"\" is not a header's name; write e.g. \"vary=accept-encoding\"");
  CHECK(problem_with("vary=user agent") ==
        "\"user agent\" is not a header's name; write e.g. \"vary=accept-encoding\"");
  CHECK(problem_with("vary=a,") == problem_with("vary="));
  CHECK(problem_with("vary=*") == "vary=* would match no request; name the headers that count");
  CHECK(problem_with("vary=a,A") == "\"a\" is given twice");
  CHECK(problem_with("vary=user-agent:coding") ==
        "only accept-encoding can be read as \"coding\", not \"user-agent\"");
}

}  // namespace key_rules_test
