// Cache-Control and Age of real responses, held against the rules and examples of RFC 9111 (4.2,
// 5.1, 5.2.2, 5.2.3), RFC 5861 and RFC 8246, as far as they speak to a shared cache.

#include <optional>
#include <string>

#include <cdnsim/data_path/freshness.hpp>
#include <tests/support/rapidcheck.hpp>

namespace rfc_freshness_test {

using namespace cdnsim;

// What a copy may be used for at an age, by the header alone.
Use use_at(const std::string& header, Duration age) {
  const CacheControl control = read_cache_control(header);
  const SimTime made = kTimeZero;
  return judge(made + control.lifetime().value_or(Duration(0)), made + age,
               control.stale_windows());
}

std::optional<Duration> lifetime(const std::string& header) {
  return read_cache_control(header).lifetime();
}

bool storable(const std::string& header) { return read_cache_control(header).storable(); }

TEST_CASE("5.2: names in any letters, arguments as a token or in quotes, empty elements") {
  CHECK(lifetime("Max-Age=5") == 5s);
  CHECK(lifetime("max-age=\"5\"") == 5s);
  CHECK(lifetime(",, max-age=5 ,") == 5s);
  CHECK(lifetime("s-maxage=\"10\"") == 10s);
  CHECK(read_cache_control("") == CacheControl{});
  CHECK(read_cache_control(" ,\t,") == CacheControl{});
}

TEST_CASE("5.2.2: each directive means to a shared cache what the RFC says") {
  CHECK(lifetime("max-age=600") == 600s);              // 5.2.2.1
  CHECK(lifetime("s-maxage=10, max-age=600") == 10s);  // 5.2.2.10 overrides max-age
  CHECK(lifetime("max-age=600, s-maxage=10") == 10s);
  CHECK(read_cache_control("must-revalidate").must_revalidate);    // 5.2.2.2
  CHECK(read_cache_control("proxy-revalidate").proxy_revalidate);  // 5.2.2.8
  CHECK(read_cache_control("no-transform").no_transform);          // 5.2.2.6
  CHECK(read_cache_control("public").is_public);                   // 5.2.2.9
  CHECK(lifetime("no-cache") == 0s);                               // 5.2.2.4: asks each time
  CHECK(storable("no-cache"));
  CHECK_FALSE(storable("no-store"));  // 5.2.2.5
  CHECK_FALSE(storable("private"));   // 5.2.2.7
}

TEST_CASE("5.2.2.3: must-understand takes the place of no-store where the status is understood") {
  const CacheControl both = read_cache_control("must-understand, no-store, max-age=5");
  CHECK(both.storable(true));
  CHECK_FALSE(both.storable(false));
  CHECK_FALSE(read_cache_control("must-understand").storable(false));
  CHECK_FALSE(read_cache_control("must-understand, private").storable(true));
  CHECK(read_cache_control("max-age=5").storable(false));
}

TEST_CASE("5.2.2.4 and 5.2.2.7: a list of fields is read as the whole response") {
  CHECK(lifetime("no-cache=\"set-cookie\", max-age=60") == 0s);
  CHECK_FALSE(storable("private=\"set-cookie, x-user\", max-age=60"));
  CHECK(lifetime("private=\"set-cookie, x-user\", max-age=60") == 60s);
  CHECK_FALSE(storable("private=set-cookie"));  // a token, which senders ought not to write
}

TEST_CASE("5.2.3: an unknown directive changes nothing, whatever its argument says") {
  CHECK(read_cache_control("private, community=\"UCI\"") == read_cache_control("private"));
  CHECK(read_cache_control("max-age=5, x=\"no-store, max-age=1\"") ==
        read_cache_control("max-age=5"));
  CHECK(read_cache_control("x=\"a\\\", no-store\", public") == read_cache_control("public"));
  CHECK(read_cache_control("max-ages=5, nostore, x-no-store, =private") == CacheControl{});
}

TEST_CASE("4.2.1: of two values the first counts, of two that conflict the stricter") {
  CHECK(lifetime("max-age=5, max-age=600") == 5s);
  CHECK(lifetime("max-age=600, max-age=5") == 600s);
  CHECK(lifetime("max-age=x, max-age=5") == 0s);
  CHECK(lifetime("max-age=600, no-cache") == 0s);
  CHECK_FALSE(storable("public, private, max-age=600"));
  CHECK_FALSE(storable("no-store, public, max-age=600"));
  CHECK(read_cache_control("public, public") == read_cache_control("public"));
}

TEST_CASE("4.2.1: what is no number makes a response stale") {
  for (const std::string none :
       {"max-age=1.5", "max-age=-1", "max-age=", "max-age", "max-age=+5", "max-age=5s",
        "max-age=\"\"", "max-age=\"5", "max-age='5'", "max-age=5;public", "max-age 5",
        "max-age=5 6", "max-age=\"\\5\""}) {
    INFO(none);
    CHECK(lifetime(none) == 0s);
  }
  CHECK(lifetime("s-maxage=x, max-age=600") == 0s);  // s-maxage is meant for this cache
  CHECK(lifetime("max-age=x, s-maxage=600") == 600s);
}

TEST_CASE("1.2.2: a number too large is 2^31, and leading zeros are digits") {
  CHECK(lifetime("max-age=2147483648") == std::chrono::seconds(2147483648));
  CHECK(lifetime("max-age=2147483649") == std::chrono::seconds(2147483648));
  CHECK(lifetime("max-age=99999999999999999999999999") == std::chrono::seconds(2147483648));
  CHECK(lifetime("max-age=0060") == 60s);
}

TEST_CASE("what follows a name amiss hides no directive that forbids") {
  CHECK_FALSE(storable("no-store; max-age=60"));
  CHECK_FALSE(storable("private;max-age=60"));
  CHECK_FALSE(storable("no-store=1"));
  CHECK_FALSE(storable("x=\"open, no-store"));
  CHECK_FALSE(storable("\"\"\", private"));
}

TEST_CASE("3.5: after Authorization only what says so may be shared") {
  const auto shared = [](const std::string& header) {
    return read_cache_control(header).storable_when_authorized();
  };
  CHECK_FALSE(shared("max-age=60"));
  CHECK(shared("public"));
  CHECK(shared("must-revalidate, max-age=60"));
  CHECK(shared("s-maxage=60"));
  CHECK_FALSE(shared("proxy-revalidate, max-age=60"));
  CHECK_FALSE(shared("public, private"));
}

TEST_CASE("RFC 5861: its two examples") {
  const std::string revalidate = "max-age=600, stale-while-revalidate=30";
  CHECK(use_at(revalidate, 599s) == Use::fresh);
  CHECK(use_at(revalidate, 600s) == Use::stale_while_revalidate);
  CHECK(use_at(revalidate, 629s) == Use::stale_while_revalidate);
  CHECK(use_at(revalidate, 631s) == Use::expired);
  const std::string on_error = "max-age=600, stale-if-error=1200";
  CHECK(use_at(on_error, 599s) == Use::fresh);
  CHECK(use_at(on_error, 900s) == Use::stale_if_error_only);
  CHECK(use_at(on_error, 1799s) == Use::stale_if_error_only);
  CHECK(use_at(on_error, 1801s) == Use::expired);
}

TEST_CASE("4.2.4: no stale copy is used where a directive forbids it") {
  for (const std::string strict : {"must-revalidate", "proxy-revalidate", "no-cache"}) {
    const std::string header =
        strict + ", max-age=10, stale-while-revalidate=60, stale-if-error=60";
    CHECK(use_at(header, 20s) == Use::expired);
  }
}

TEST_CASE("RFC 8246: immutable lengthens nothing") {
  const std::string example = "max-age=31536000, immutable";
  CHECK(lifetime(example) == 365 * 24h);
  CHECK(read_cache_control(example).immutable);
  CHECK(use_at(example, 365 * 24h) == Use::expired);
  CHECK(read_cache_control("immutable=1, max-age=5").immutable);  // an argument is passed over
  CHECK_FALSE(lifetime("immutable"));
}

TEST_CASE("5.1: Age is the first number, or nothing") {
  CHECK(read_age("3600") == 3600s);
  CHECK(read_age(" 0 ") == 0s);
  CHECK(read_age("60, 70") == 60s);
  CHECK(read_age("99999999999") == std::chrono::seconds(1LL << 31));
  for (const std::string none : {"", "-1", "1.5", "x", ", 60", "60s", "\"60\""}) {
    CHECK_FALSE(read_age(none));
  }
}

TEST_CASE("4.2.3: the current age is the worse of what the date and what Age say") {
  // Asked at 100 s, answered at 104 s, looked at at 130 s: 4 s of delay, 26 s here.
  ResponseTimes<SimTime> response{.asked_at = kTimeZero + 100s, .came_at = kTimeZero + 104s};
  const SimTime now = kTimeZero + 130s;
  CHECK(current_age(response, now) == 30s);  // no Date, no Age: 0 + 4 + 26
  response.age = 50s;
  CHECK(current_age(response, now) == 80s);  // 50 + 4 + 26
  response.date = kTimeZero + 34s;
  CHECK(current_age(response, now) == 96s);  // 104 - 34 = 70 is more than 54
  response.age = 67s;
  CHECK(current_age(response, now) == 97s);  // 67 + 4 = 71 is more than 70
  response.date = kTimeZero + 500s;          // the origin's clock is ahead
  CHECK(current_age(response, now) == 97s);
  response.age = 0s;
  CHECK(current_age(response, response.came_at) == 4s);
}

TEST_CASE("the lenient reading agrees with the strict one wherever that has a value") {
  rc::prop("for any list of pieces", [] {
    const auto pieces = *rc::gen::container<std::vector<std::string>>(rc::gen::element<std::string>(
        "public", "Private", "no-store", "max-age", "s-maxage", "=", "5", "\"", "7\"", ",", ", ",
        " ", ";", "\\", "must-understand", "x"));
    std::string text;
    for (const std::string& piece : pieces) text += piece;
    const Parsed<CacheControl> strict = parse<CacheControl>(text);
    const CacheControl lenient = read_cache_control(text);
    RC_CLASSIFY(strict.value.has_value());
    if (strict.value) RC_ASSERT(*strict.value == lenient);
    RC_ASSERT(parse<CacheControl>(to_text(lenient)).value == lenient);
  });
}

}  // namespace rfc_freshness_test
