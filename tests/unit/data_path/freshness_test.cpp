// Cache-Control as RFC 9111 and RFC 5861 define it for a shared cache, and what a copy may be used
// for at a given age.

#include <string>

#include <cdnsim/data_path/freshness.hpp>
#include <tests/support/rapidcheck.hpp>

namespace freshness_test {

using namespace cdnsim;

CacheControl control(const std::string& text) {
  const Parsed<CacheControl> parsed = parse<CacheControl>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value);
  return *parsed.value;
}

std::string problem_with(const std::string& text) {
  const Parsed<CacheControl> parsed = parse<CacheControl>(text);
  CHECK_FALSE(parsed.value);
  return parsed.problem;
}

TEST_CASE("a response's lifetime in a shared cache") {
  CHECK(control("public, max-age=3600").lifetime() == 1h);
  CHECK(control("max-age=3600, s-maxage=60").lifetime() == 60s);  // s-maxage is meant for it
  CHECK(control("s-maxage=0, max-age=9").lifetime() == 0s);
  CHECK(control("no-cache, max-age=9").lifetime() == 0s);
  CHECK_FALSE(control("public").lifetime());
  CHECK_FALSE(control("").lifetime());
  CHECK(control("max-age=99999999999999999999").lifetime() == std::chrono::seconds(1LL << 31));
}

TEST_CASE("what a shared cache may store") {
  CHECK(control("public, max-age=1").storable());
  CHECK(control("").storable());
  CHECK(control("no-cache").storable());
  CHECK_FALSE(control("no-store").storable());
  CHECK_FALSE(control("private, max-age=5").storable());
}

TEST_CASE("how long a stale copy may serve") {
  const CacheControl both = control("max-age=1, stale-while-revalidate=30, stale-if-error=600");
  CHECK(both.stale_windows() == StaleWindows{30s, 600s});
  CHECK(control("max-age=1").stale_windows() == StaleWindows{0s, 0s});
  for (const std::string strict : {"must-revalidate", "proxy-revalidate", "no-cache"}) {
    CHECK(control(strict + ", stale-while-revalidate=30").stale_windows() == StaleWindows{});
  }
}

TEST_CASE("directives are read as HTTP writes them") {
  CHECK(control("Public,MAX-AGE=5") == control("public, max-age=5"));
  CHECK(control(" ,max-age = \"5\" ,, ") == control("max-age=5"));
  CHECK(control("immutable, no-transform").immutable);
}

TEST_CASE("a mistake in Cache-Control is named") {
  CHECK(problem_with("max-aeg=5") ==
        "unknown Cache-Control directive \"max-aeg\"; did you mean \"max-age\"?");
  CHECK(problem_with("public, hello") == "unknown Cache-Control directive \"hello\"");
  CHECK(problem_with("max-age") == "\"max-age\" needs whole seconds; write e.g. \"max-age=60\"");
  CHECK(problem_with("max-age=-1") == problem_with("max-age"));
  CHECK(problem_with("max-age=1.5") == problem_with("max-age"));
  CHECK(problem_with("max-age=1min") == problem_with("max-age"));
  CHECK(problem_with("max-age=\"") == problem_with("max-age"));
  CHECK(problem_with("max-age=1, max-age=1") == "\"max-age\" is given twice");
  CHECK(problem_with("public, public") == "\"public\" is given twice");
  CHECK(problem_with("no-store=1") == "\"no-store\" takes no value");
  CHECK(problem_with("public; max-age=5") == "directives are separated by commas, not by \";\"");
  CHECK(problem_with("max-age=5;public") == problem_with("public; max-age=5"));
}

TEST_CASE("Cache-Control gives back the same value from its text") {
  rc::prop("for any directives", [] {
    CacheControl any;
    any.is_public = *rc::gen::arbitrary<bool>();
    any.no_cache = *rc::gen::arbitrary<bool>();
    any.immutable = *rc::gen::arbitrary<bool>();
    const auto some = rc::gen::inRange<std::int64_t>(0, 1 << 30);
    if (*rc::gen::arbitrary<bool>()) any.max_age = std::chrono::seconds(*some);
    if (*rc::gen::arbitrary<bool>()) any.s_maxage = std::chrono::seconds(*some);
    if (*rc::gen::arbitrary<bool>()) any.stale_if_error = std::chrono::seconds(*some);
    RC_ASSERT(parse<CacheControl>(to_text(any)).value == any);
  });
}

TEST_CASE("a copy is judged by its dates") {
  const SimTime stale_at = kTimeZero + 100s;
  const StaleWindows windows{.while_revalidate = 30s, .if_error = 600s};
  CHECK(judge(stale_at, stale_at - 1ns, windows) == Use::fresh);
  CHECK(judge(stale_at, stale_at, windows) == Use::stale_while_revalidate);
  CHECK(judge(stale_at, stale_at + 30s - 1ns, windows) == Use::stale_while_revalidate);
  CHECK(judge(stale_at, stale_at + 30s, windows) == Use::stale_if_error_only);
  CHECK(judge(stale_at, stale_at + 600s, windows) == Use::expired);
  CHECK(judge(stale_at, stale_at, StaleWindows{}) == Use::expired);
  CHECK(judge(SimTime::max(), stale_at, StaleWindows{}) == Use::fresh);
  CHECK(judge(stale_at, SimTime::max(), StaleWindows{Duration::max(), 0s}) ==
        Use::stale_while_revalidate);
}

}  // namespace freshness_test
