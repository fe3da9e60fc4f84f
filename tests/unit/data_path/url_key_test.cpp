// The key builder against the examples of RFC 3986 (section 6.2) and RFC 9110 (4.2.3), and what its
// rules leave in a key. Every figure was written by hand from those texts.

#include <string>
#include <vector>

#include <cdnsim/data_path/url_key.hpp>
#include <tests/support/catch.hpp>

namespace url_key_test {

using namespace cdnsim;

KeyRules rules(const std::string& text) {
  const Parsed<KeyRules> parsed = parse<KeyRules>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value);
  return *parsed.value;
}

std::string canonical(const std::string& url, const std::string& by = "query=all") {
  const Parsed<std::string> text = canonical_url(rules(by), url);
  INFO(url << ": " << text.problem);
  REQUIRE(text.value);
  return *text.value;
}

std::string problem_with(const std::string& url) {
  const Parsed<UrlKey> key = url_key({}, url);
  INFO(url);
  CHECK_FALSE(key.value);
  return key.problem;
}

std::string text(const std::string& by, const std::vector<RequestHeader>& headers) {
  const Parsed<UrlKey> key = url_key(rules(by), "https://example.org/", headers);
  REQUIRE(key.value);
  const std::string url = "https://example.org/";
  REQUIRE(key.value->text.starts_with(url));
  return key.value->text.substr(url.size());
}

TEST_CASE("the examples of RFC 3986, 6.2.2, are one URL") {
  CHECK(canonical("http://a/b/c/%7Bfoo%7D") == "http://a/b/c/%7Bfoo%7D");
  CHECK(canonical("hTTP://a/./b/../b/%63/%7bfoo%7d") == "http://a/b/c/%7Bfoo%7D");
  CHECK(canonical("HTTP://www.EXAMPLE.com/") == "http://www.example.com/");
  CHECK(canonical("http://a/%3a%41%5A%61%7a%30%39%2D%2E%2d%5f%7e") == "http://a/%3AAZaz09-.-_~");
}

TEST_CASE("the examples of RFC 3986, 6.2.3, and RFC 9110, 4.2.3, are one URL each") {
  for (const std::string same :
       {"http://example.com", "http://example.com/", "http://example.com:/",
        "http://example.com:80/", "http://example.com:0080/#top"}) {
    CHECK(canonical(same) == "http://example.com/");
  }
  for (const std::string same :
       {"http://example.com:80/~smith/home.html", "http://EXAMPLE.com/%7Esmith/home.html",
        "http://EXAMPLE.com:/%7esmith/home.html"}) {
    CHECK(canonical(same) == "http://example.com/~smith/home.html");
  }
  CHECK(canonical("https://example.com:443/") == "https://example.com/");
  CHECK(canonical("https://example.com:80/") == "https://example.com:80/");
  CHECK(canonical("http://example.com:443/") == "http://example.com:443/");
}

TEST_CASE("dot segments go as RFC 3986, 5.2.4 and 5.4, has them go") {
  CHECK(canonical("http://h/a/b/c/./../../g") == "http://h/a/g");
  CHECK(canonical("http://a/b/c/d/../../g") == "http://a/b/g");
  CHECK(canonical("http://a/b/c/.") == "http://a/b/c/");
  CHECK(canonical("http://a/b/c/..") == "http://a/b/");
  CHECK(canonical("http://a/b/c/../..") == "http://a/");
  CHECK(canonical("http://a/../../../g") == "http://a/g");
  CHECK(canonical("http://a/b/c/g.") == "http://a/b/c/g.");
  CHECK(canonical("http://a/b/c/..g") == "http://a/b/c/..g");
  CHECK(canonical("http://a/b/./g/.") == "http://a/b/g/");
  CHECK(canonical("http://a/x/%2e%2E/y") == "http://a/y");  // decoded first
  CHECK(canonical("http://a//..//b") == "http://a//b");     // an empty segment is a segment
  CHECK(canonical("http://a/b?y/../x") == "http://a/b?y/../x");
}

TEST_CASE("what differs stays different") {
  CHECK(canonical("http://a/Path") != canonical("http://a/path"));
  CHECK(canonical("http://a/b%2Fc") == "http://a/b%2Fc");  // a reserved character stays encoded
  CHECK(canonical("http://a/?x=%26") == "http://a/?x=%26");
  CHECK(canonical("http://a/%2541") == "http://a/%2541");  // decoded once only
  CHECK(canonical("http://a/b") != canonical("http://a/b/"));
  CHECK(canonical("http://a/?x") != canonical("http://a/?x="));
  CHECK(canonical("http://a/?x=1&x=2") != canonical("http://a/?x=2&x=1"));
  CHECK(canonical("http://a/") != canonical("https://a/"));
  CHECK(canonical("http://a:81/") != canonical("http://a/"));
  CHECK(canonical("http://a/?q=a+b") != canonical("http://a/?q=a%20b"));
  CHECK(canonical("http://a/?l[]=1") != canonical("http://a/?l%5B%5D=1"));
}

TEST_CASE("hosts are read in all their forms") {
  CHECK(canonical("http://ex%41mple.ORG/") == "http://example.org/");
  CHECK(canonical("http://b%c3%bccher.example/") == "http://b%C3%BCcher.example/");
  CHECK(canonical("http://[2001:DB8::7]:80/x") == "http://[2001:db8::7]/x");
  CHECK(canonical("http://[::1]:8080") == "http://[::1]:8080/");
  CHECK(canonical("http://192.0.2.7?x") == "http://192.0.2.7/?x");
}

TEST_CASE("characters that no URL has are encoded, as browsers send them") {
  CHECK(canonical("http://a/\xc3\xbc|\"<>\\^`{}") == "http://a/%C3%BC%7C%22%3C%3E%5C%5E%60%7B%7D");
  CHECK(canonical("http://a/?\xff") == "http://a/?%FF");
}

TEST_CASE("an empty query and empty parameters are none") {
  CHECK(canonical("http://a/?") == "http://a/");
  CHECK(canonical("http://a/?&&#x?y") == "http://a/");
  CHECK(canonical("http://a/?&x=1&&y&") == "http://a/?x=1&y");
}

TEST_CASE("parameters count as the rules say") {
  const std::string url = "http://a/?utm_source=x&id=7&page=2&session=9&fbclid=3&pages=4";
  CHECK(canonical(url, "query=none") == "http://a/");
  CHECK(canonical(url, "query=only:id,page") == "http://a/?id=7&page=2");
  CHECK(canonical(url, "query=only:page*") == "http://a/?page=2&pages=4");
  CHECK(canonical(url, "query=all-but:utm_*,session") == "http://a/?id=7&page=2&fbclid=3&pages=4");
  CHECK(canonical(url, "query=all-but:tracking") == "http://a/?id=7&page=2&session=9&pages=4");
  CHECK(canonical(url, "query=all-but:tracking,page*,id,session") == "http://a/");
  CHECK(canonical("http://a/?tracking=1&gclid=2", "query=all-but:tracking") ==
        "http://a/?tracking=1");
  CHECK(canonical("http://a/?tracking=1&gclid=2", "query=all-but:tracking=") ==
        "http://a/?gclid=2");
  CHECK(canonical("http://a/?ID=1&id&id=&id=2", "query=only:id") == "http://a/?id&id=&id=2");
  CHECK(canonical("http://a/?%75tm%5fx=1&y", "query=all-but:utm_*") == "http://a/?y");
  CHECK(canonical("http://a/?utm_x=1&y", "query=all-but:%75tm%5F*") == "http://a/?y");
}

TEST_CASE("sorted parameters have one order") {
  CHECK(canonical("http://a/?b=2&a=1&c", "order=sorted") == "http://a/?a=1&b=2&c");
  CHECK(canonical("http://a/?a=2&a=1", "order=sorted") == "http://a/?a=1&a=2");
  CHECK(canonical("http://a/?b=2&a=1&c", "order=kept") == "http://a/?b=2&a=1&c");
}

TEST_CASE("scheme and host may be left out") {
  const std::string url = "https://example.org:81/a?b";
  CHECK(canonical(url, "scheme=ignore") == "//example.org:81/a?b");
  CHECK(canonical(url, "host=ignore") == "https:/a?b");
  CHECK(canonical(url, "scheme=ignore; host=ignore") == "/a?b");
  for (const std::string same : {"http://a/", "https://a/", "http://a:443/", "https://a:80/"}) {
    CHECK(canonical(same, "scheme=ignore") == "//a/");
  }
}

TEST_CASE("headers that the rules name are part of a key's text") {
  CHECK(text("vary=x-device", {}) == " x-device");
  CHECK(text("vary=x-device", {{"X-Device", ""}}) == " x-device=");  // present, though empty
  CHECK(text("vary=x-device", {{"X-DEVICE", "  phone\t"}, {"Other", "1"}}) == " x-device=phone");
  CHECK(text("vary=x-device", {{"x-device", "A"}, {"x-device", "b"}}) == " x-device=A,%20b");
  CHECK(text("vary=x-device:lower", {{"x-device", "A=1 100%"}}) == " x-device=a=1%20100%25");
  CHECK(text("vary=user-agent,x-b", {{"x-b", "2"}, {"user-agent", "M/5 (\x01\xe9)"}}) ==
        " user-agent=M/5%20(%01%E9) x-b=2");
  CHECK(text("query=all", {{"x-device", "phone"}}).empty());
}

TEST_CASE("Accept-Encoding comes down to the best coding that it accepts") {
  const auto coding = [](std::string_view accepted) {
    return text("vary=accept-encoding", {{"Accept-Encoding", accepted}});
  };
  CHECK(text("vary=accept-encoding", {}) == " accept-encoding=identity");
  CHECK(coding("") == " accept-encoding=identity");
  CHECK(coding("gzip, deflate, br, zstd") == " accept-encoding=br");
  CHECK(coding("deflate, GZIP;q=0.5") == " accept-encoding=gzip");
  CHECK(coding("x-gzip") == " accept-encoding=gzip");
  CHECK(coding("br;q=0, gzip") == " accept-encoding=gzip");
  CHECK(coding("br ; q=0.000,gzip;q=0") == " accept-encoding=identity");
  CHECK(coding("br;q=0.001") == " accept-encoding=br");
  CHECK(coding("br;q=") == " accept-encoding=br");  // a weight that is none
  CHECK(coding("*") == " accept-encoding=br");
  CHECK(coding("*, br;q=0") == " accept-encoding=gzip");
  CHECK(coding("*;q=0") == " accept-encoding=identity");
  CHECK(coding("brotli, gzipped") == " accept-encoding=identity");
  CHECK(text("vary=accept-encoding:given", {{"accept-encoding", "br"}}) == " accept-encoding=br");
  CHECK(text("vary=accept-encoding:given", {}) == " accept-encoding");
}

TEST_CASE("a key is the first 64 bits of its text's SHA-256") {
  // From `printf %s TEXT | sha256sum`.
  CHECK(url_key({}, "https://example.org/").value->key == 0x8198d1bac40a1033);
  const std::vector<RequestHeader> headers{{"Accept-Encoding", "br, gzip"}};
  const Parsed<UrlKey> key =
      url_key(rules("vary=accept-encoding,user-agent"), "https://EXAMPLE.org/a?b=1", headers);
  CHECK(key.value->text == "https://example.org/a?b=1 accept-encoding=br user-agent");
  CHECK(key.value->key == 0x9a65e4436872917f);
}

TEST_CASE("the example of KEYS.md") {
  const std::vector<RequestHeader> headers{{"Accept-Encoding", "gzip, br"}};
  const Parsed<UrlKey> key = url_key(rules("query=all-but:tracking; vary=accept-encoding"),
                                     "http://Example.org:80/a?utm_source=x&b=1", headers);
  CHECK(key.value->text == "http://example.org/a?b=1 accept-encoding=br");
}

TEST_CASE("a URL that is none has a problem that says what is wrong") {
  const std::string start = "does not begin with \"http://\" or \"https://\"";
  CHECK(problem_with("") == "URL \"\" " + start);
  CHECK(problem_with("/path") == "URL \"/path\" " + start);
  CHECK(problem_with("ftp://a/") == "URL \"ftp://a/\" " + start);
  CHECK(problem_with("http:/a") == "URL \"http:/a\" " + start);
  CHECK(problem_with("http://") == "URL \"http://\" names no host");
  CHECK(problem_with("http://:80/") == "URL \"http://:80/\" names no host");
  CHECK(problem_with("http://a/100%") ==
        "URL \"http://a/100%\" has a \"%\" without two hex digits; write it \"%25\"");
  CHECK(problem_with("http://a/?x=%4g").ends_with("write it \"%25\""));
  CHECK(problem_with("http://%/").ends_with("write it \"%25\""));
  CHECK(problem_with("http://a/b c").ends_with("write a blank \"%20\""));
  CHECK(problem_with(std::string("http://a/\0x", 11)).ends_with("write a blank \"%20\""));
  CHECK(problem_with("http://a/?\x7f").ends_with("write a blank \"%20\""));
  CHECK(problem_with("http://a:8o/").ends_with("has a port that is no number: \"8o\""));
  CHECK(problem_with("http://a:65536/").ends_with("has a port above 65535"));
  CHECK(problem_with("http://a:99999999999999999999/").ends_with("has a port above 65535"));
  CHECK(problem_with("http://me:x@a/").find("names a user before its host") != std::string::npos);
  CHECK(problem_with("http://a b/").ends_with("that hosts do not have: \"a b\""));
  CHECK(problem_with("http://a\\b/").find("that hosts do not have") != std::string::npos);
  CHECK(problem_with("http://[::1/").ends_with("has a \"[\" without a \"]\" in its host"));
  CHECK(problem_with("http://[::1]x/").ends_with("goes on after the \"]\" of its host"));
  CHECK(problem_with("http://[]/").find("no IPv6 address") != std::string::npos);
  CHECK(problem_with("http://[host]/").find("no IPv6 address") != std::string::npos);
  CHECK(canonical("http://a:65535/") == "http://a:65535/");
}

}  // namespace url_key_test
