// Laws of the key builder for any request: its own spelling stays, what does not count never
// counts, and two requests share a key's text only if they are the same to the rules.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/data_path/url_key.hpp>
#include <tests/support/rapidcheck.hpp>

namespace url_key_laws_test {

using namespace cdnsim;

using Names = std::vector<std::string>;

// Rules by their text: any combination of them.
KeyRules some_rules() {
  const Names queries{"all", "none", "only:a,utm_*", "all-but:tracking,b", "all-but:a*"};
  std::string text = "query=" + *rc::gen::elementOf(queries);
  if (*rc::gen::arbitrary<bool>()) text += "; order=sorted";
  if (*rc::gen::arbitrary<bool>()) text += "; scheme=ignore";
  if (*rc::gen::arbitrary<bool>()) text += "; host=ignore";
  return parse<KeyRules>(text).value.value();
}

std::string joined(const Names& parts, const std::string& before_each) {
  std::string text;
  for (const std::string& part : parts) text += before_each + part;
  return text;
}

Names some_parameters() {
  return *rc::gen::container<Names>(rc::gen::element<std::string>(
      "a", "a=", "a=1", "ab=%26", "b=2", "utm_x=1", "gclid", "c=%c3%BC", "", "%61=1", "d|"));
}

std::string some_path() {
  return joined(*rc::gen::container<Names>(rc::gen::element<std::string>(
                    "", ".", "..", "%2e", "%2E.", "a", "B", "%62", "%2f", "a.", "..a", "|")),
                "/");
}

std::string some_host() {
  return *rc::gen::element<std::string>("a.example", "A.Example:80", "h:443", "h:0080",
                                        "[::A]:", "%41b");
}

// Of its scheme and host there is something again where the rules ignore them.
std::string whole_again(const KeyRules& rules, std::string text) {
  const std::string scheme = rules.scheme_counts ? text.substr(0, text.find(':') + 1) : "";
  text.erase(0, scheme.size());
  return (scheme.empty() ? "http:" : scheme) + (rules.host_counts ? "" : "//any") + text;
}

std::string url_of(const std::string& head, const Names& parameters) {
  return head + "?" + joined(parameters, "&");
}

// One request in parts that are their own spelling, so that equal parts are equal requests.
struct Request {
  std::string scheme, host, path;
  Names parameters;
  std::optional<std::string> device, agent;
  bool operator==(const Request&) const = default;
};

std::optional<std::string> some_value() {
  return *rc::gen::element<std::optional<std::string>>(std::nullopt, "", "x", "x-b", "x =y", "%20",
                                                       "x y", "x%20y", "x x-agent=y", "X", ",");
}

Request some_request() {
  Request request;
  request.scheme = *rc::gen::element<std::string>("http", "https");
  request.host = *rc::gen::element<std::string>("a", "a:1", "b", "a.b");
  request.path = *rc::gen::element<std::string>("/", "/a", "/a/", "//a", "/A", "/%3F", "/a%2F");
  request.parameters = *rc::gen::container<Names>(
      rc::gen::element<std::string>("a", "a=", "a=%26", "b=1", "b", "%3D", "a=b=1"));
  request.device = some_value();
  request.agent = some_value();
  return request;
}

UrlKey key_of(const KeyRules& rules, const Request& request) {
  std::vector<RequestHeader> headers;
  if (request.device) headers.push_back({"X-Device", *request.device});
  if (request.agent) headers.push_back({"x-agent", *request.agent});
  const std::string head = request.scheme + "://" + request.host + request.path;
  return url_key(rules, url_of(head, request.parameters), headers).value.value();
}

TEST_CASE("a canonical URL is its own canonical URL") {
  rc::prop("for any URL and rules", [] {
    const KeyRules rules = some_rules();
    const std::string head =
        *rc::gen::element<std::string>("http://", "HTTPS://") + some_host() + some_path();
    const Parsed<std::string> once = canonical_url(rules, url_of(head, some_parameters()));
    RC_ASSERT(once.value.has_value());
    RC_ASSERT(canonical_url(rules, whole_again(rules, *once.value)).value == once.value);
  });
}

TEST_CASE("a scheme or host that does not count changes no key") {
  rc::prop("for any URL", [] {
    const KeyRules rules = some_rules();
    const std::string rest = some_path();
    const std::string host = some_host(), other_host = some_host();
    const auto key = [&](const std::string& head) { return url_key(rules, head + rest).value; };
    RC_ASSERT(rules.scheme_counts || key("http://" + host) == key("HTTPS://" + host));
    RC_ASSERT(rules.host_counts || key("http://" + host) == key("http://" + other_host));
  });
}

TEST_CASE("any bytes give a key or a problem") {
  rc::prop("for any bytes", [] {
    const auto bytes = *rc::gen::arbitrary<std::string>();
    for (const std::string start : {"", "http://", "http://a/", "http://a/?", "https://["}) {
      const Parsed<UrlKey> key = url_key(some_rules(), start + bytes);
      RC_ASSERT(key.value.has_value() == key.problem.empty());
    }
  });
}

TEST_CASE("a parameter that does not count changes no key, wherever it stands") {
  rc::prop("for any place", [] {
    const KeyRules rules = some_rules();
    Names parameters = some_parameters();
    const auto before = url_key(rules, url_of("http://a/", parameters)).value;
    const std::string name = *rc::gen::element<std::string>("utm_x", "a", "b", "c", "gclid", "ab");
    const auto place = *rc::gen::inRange<std::size_t>(0, parameters.size() + 1);
    parameters.insert(parameters.begin() + static_cast<std::ptrdiff_t>(place), name + "=new");
    const auto after = url_key(rules, url_of("http://a/", parameters)).value;
    RC_ASSERT(before.has_value());
    RC_ASSERT((after == before) == !rules.counts(name));
  });
}

TEST_CASE("the order of parameters changes no key where they are sorted") {
  rc::prop("for any order", [] {
    KeyRules rules = some_rules();
    rules.sorted = true;
    Names parameters = some_parameters();
    const auto before = url_key(rules, url_of("http://a/", parameters)).value;
    for (std::size_t left = parameters.size(); left > 1; --left) {
      std::swap(parameters[left - 1], parameters[*rc::gen::inRange<std::size_t>(0, left)]);
    }
    RC_ASSERT(url_key(rules, url_of("http://a/", parameters)).value == before);
  });
}

TEST_CASE("two requests share a text, and a key, only if they are the same") {
  rc::prop("for any two", [] {
    const KeyRules rules = parse<KeyRules>("vary=x-device,x-agent").value.value();
    const Request one = some_request();
    Request other = *rc::gen::arbitrary<bool>() ? one : some_request();
    if (*rc::gen::arbitrary<bool>()) other.agent = some_value();
    if (*rc::gen::arbitrary<bool>()) other.device = some_value();
    RC_ASSERT((key_of(rules, one).text == key_of(rules, other).text) == (one == other));
    RC_ASSERT((key_of(rules, one).key == key_of(rules, other).key) == (one == other));
  });
}

}  // namespace url_key_laws_test
