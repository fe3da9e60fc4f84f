// Any bytes as key rules, a URL and request headers, a line each: they give a key or a problem, and
// the laws of KEYS.md hold.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/url_key.hpp>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

using namespace cdnsim;

std::string_view take_line(std::string_view& rest) {
  const std::string_view line = rest.substr(0, rest.find('\n'));
  rest.remove_prefix(std::min(line.size() + 1, rest.size()));
  return line;
}

KeyRules rules_of(std::string_view text) {
  const Parsed<KeyRules> parsed = parse<KeyRules>(text);
  if (!parsed.value) {
    CDNSIM_ASSERT(!parsed.problem.empty(), "a problem must say something");
    return {};
  }
  CDNSIM_ASSERT(parse<KeyRules>(to_text(*parsed.value)).value == parsed.value,
                "rules must come back from their text");
  return *parsed.value;
}

std::vector<RequestHeader> headers_of(std::string_view lines) {
  std::vector<RequestHeader> headers;
  while (!lines.empty()) {
    const std::string_view line = take_line(lines);
    const std::size_t colon = std::min(line.find(':'), line.size());
    headers.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
  }
  return headers;
}

// A canonical URL lacks what its rules ignore; this puts something there again.
std::string whole_again(const KeyRules& rules, const std::string& canonical) {
  if (rules.scheme_counts && rules.host_counts) return canonical;
  if (rules.host_counts) return "https:" + canonical;
  if (!rules.scheme_counts) return "http://any" + canonical;
  const std::size_t colon = canonical.find(':') + 1;
  return canonical.substr(0, colon) + "//any" + canonical.substr(colon);
}

// The same with the parameters in the opposite order.
std::string reversed_query(const std::string& url) {
  const std::size_t mark = std::min(url.find('?'), url.size());
  std::string_view rest = std::string_view(url).substr(std::min(mark + 1, url.size()));
  std::string reversed;
  while (!rest.empty()) {
    const std::string_view parameter = rest.substr(0, rest.find('&'));
    reversed.insert(0, "&" + std::string(parameter));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
  }
  return url.substr(0, mark) + "?" + reversed;
}

void check_url(const KeyRules& rules, std::string_view url, const std::string& canonical) {
  const auto same = [&](const std::string& other) {
    return canonical_url(rules, other).value == canonical;
  };
  const std::string whole = whole_again(rules, canonical);
  CDNSIM_ASSERT(same(whole), "a canonical URL must be its own canonical URL");
  if (rules.sorted) CDNSIM_ASSERT(same(reversed_query(whole)), "the order must not count");
  if (!rules.scheme_counts && url.starts_with("http://")) {
    CDNSIM_ASSERT(same("https" + std::string(url.substr(4))), "the scheme must not count");
  }
  const std::string before_fragment(url.substr(0, url.find('#')));
  const char joint = before_fragment.find('?') == std::string::npos ? '?' : '&';
  if (!rules.counts("utm_fuzz")) {
    CDNSIM_ASSERT(same(before_fragment + joint + "utm_fuzz=1#x"), "an excluded one must not count");
  } else {
    CDNSIM_ASSERT(!same(before_fragment + joint + "utm_fuzz=1#x"), "an included one must count");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  const KeyRules rules = rules_of(take_line(rest));
  const std::string_view url = take_line(rest);
  const std::vector<RequestHeader> headers = headers_of(rest);
  const Parsed<UrlKey> key = url_key(rules, url, headers);
  const Parsed<std::string> canonical = canonical_url(rules, url);
  CDNSIM_ASSERT(key.value.has_value() == canonical.value.has_value(), "headers are never wrong");
  if (!key.value) {
    CDNSIM_ASSERT(!key.problem.empty(), "a problem must say something");
    return 0;
  }
  const std::string& text = key.value->text;
  const auto is_plain = [](char c) { return c >= ' ' && c <= '~'; };
  CDNSIM_ASSERT(std::all_of(text.begin(), text.end(), is_plain), "a key's text must be printable");
  CDNSIM_ASSERT(text.starts_with(*canonical.value), "a key's text must begin with the URL");
  CDNSIM_ASSERT(
      static_cast<std::size_t>(std::count(text.begin(), text.end(), ' ')) == rules.vary.size(),
      "a key's text must have one part for each header");
  check_url(rules, url, *canonical.value);
  return 0;
}
