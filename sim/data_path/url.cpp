#include "url.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

#include "http_text.hpp"

namespace cdnsim::detail {

namespace {

constexpr std::string_view kSubDelims = "!$&'()*+,;=";
constexpr std::string_view kReserved = ":/?#[]@!$&'()*+,;=";
constexpr std::string_view kHexDigits = "0123456789ABCDEF";

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_unreserved(char c) {
  constexpr std::string_view kMarks = "-._~";
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c) ||
         kMarks.find(c) != std::string_view::npos;
}

int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

void encode(char c, std::string& out) {
  const auto byte = static_cast<std::uint8_t>(c);
  out += {'%', kHexDigits[byte >> 4], kHexDigits[byte & 15]};
}

// The byte of the three characters at `at`, or -1 when they are no percent-encoding.
int encoded_byte(std::string_view text, std::size_t at) {
  if (at + 2 >= text.size()) return -1;
  const int high = hex_value(text[at + 1]);
  const int low = hex_value(text[at + 2]);
  return high < 0 || low < 0 ? -1 : high * 16 + low;
}

constexpr std::string_view kStrayPercent = "has a \"%\" without two hex digits; write it \"%25\"";

// Appends the spelling of what stands at `at`, an encoding or one character. Returns how many
// characters that were, or 0 for a stray '%'.
std::size_t spell(std::string_view text, std::size_t at, std::string_view kept, std::string& out) {
  if (text[at] != '%') {
    if (is_unreserved(text[at]) || kept.find(text[at]) != std::string_view::npos) {
      out += text[at];
    } else {
      encode(text[at], out);
    }
    return 1;
  }
  const int byte = encoded_byte(text, at);
  if (byte < 0) return 0;
  const char c = static_cast<char>(byte);
  if (is_unreserved(c)) {
    out += c;
  } else {
    encode(c, out);
  }
  return 3;
}

bool is_control_or_space(char c) {
  const auto byte = static_cast<std::uint8_t>(c);
  return byte <= ' ' || byte == 0x7f;
}

Parsed<std::string> read_name(std::string_view host) {
  std::string name;
  for (std::size_t at = 0; at < host.size();) {
    if (!is_unreserved(host[at]) && host[at] != '%' &&
        kSubDelims.find(host[at]) == std::string_view::npos) {
      return {{}, "has a character in its host that hosts do not have: " + quoted(host)};
    }
    const std::size_t before = name.size();
    const std::size_t taken = spell(host, at, kSubDelims, name);
    if (taken == 0) return {{}, std::string(kStrayPercent)};
    if (name.size() == before + 1) name.back() = lowered(name.substr(before)).front();
    at += taken;
  }
  return {std::move(name), {}};
}

// "[::1]"
Parsed<std::string> read_bracketed(std::string_view host) {
  const std::string low = lowered(host);
  const std::string_view address = std::string_view(low).substr(1, low.size() - 2);
  if (address.empty() || address.find_first_not_of("0123456789abcdef:.") != std::string::npos) {
    return {{}, "has no IPv6 address between [ and ]; write e.g. \"http://[2001:db8::1]/\""};
  }
  return {low, {}};
}

// "8080", or nothing for the port that `scheme` has anyway.
Parsed<std::string> read_port(std::string_view digits, std::string_view scheme) {
  if (digits.find_first_not_of("0123456789") != std::string_view::npos) {
    return {{}, "has a port that is no number: " + quoted(digits)};
  }
  if (digits.empty()) return {std::string(), {}};
  digits.remove_prefix(std::min(digits.find_first_not_of('0'), digits.size() - 1));
  if (digits.size() > 5 || (digits.size() == 5 && digits > "65535")) {
    return {{}, "has a port above 65535"};
  }
  if (digits == (scheme == "http" ? kHttpPort : kHttpsPort)) return {std::string(), {}};
  return {std::string(digits), {}};
}

// Reads host and port into `url`, whose scheme is known. Returns what is wrong, or nothing.
std::string read_authority(std::string_view text, Url& url) {
  if (text.find('@') != std::string_view::npos) {
    return "names a user before its host; leave out what ends in \"@\"";
  }
  const bool bracketed = text.starts_with('[');
  const std::size_t close = bracketed ? text.find(']') : 0;
  if (close == std::string_view::npos) return "has a \"[\" without a \"]\" in its host";
  const std::size_t colon = std::min(text.find(':', close), text.size());
  const std::string_view host = text.substr(0, colon);
  if (host.empty()) return "names no host";
  if (bracketed && colon != close + 1) return "goes on after the \"]\" of its host";
  Parsed<std::string> name = bracketed ? read_bracketed(host) : read_name(host);
  if (!name.value) return name.problem;
  Parsed<std::string> port = read_port(text.substr(std::min(colon + 1, text.size())), url.scheme);
  if (!port.value) return port.problem;
  url.host = std::move(*name.value);
  url.port = std::move(*port.value);
  return {};
}

// RFC 3986, 5.2.4. REQUIRES: begins with '/'.
std::string without_dot_segments(std::string_view path) {
  std::string out;
  while (!path.empty()) {
    path.remove_prefix(1);
    const std::string_view segment = path.substr(0, path.find('/'));
    path.remove_prefix(segment.size());
    if (segment == ".." && !out.empty()) out.resize(out.rfind('/'));
    if (segment != "." && segment != "..") {
      out += '/';
      out += segment;
    } else if (path.empty()) {
      out += '/';
    }
  }
  return out;
}

// Takes "http://" off the front of `text`; empty when nothing like that is there.
std::string take_scheme(std::string_view& text) {
  constexpr std::string_view kAfter = "://";
  const std::size_t end = text.find(kAfter);
  if (end == std::string_view::npos) return {};
  std::string scheme = lowered(text.substr(0, end));
  if (scheme != "http" && scheme != "https") return {};
  text.remove_prefix(end + kAfter.size());
  return scheme;
}

}  // namespace

Parsed<std::string> one_spelling(std::string_view text) {
  std::string out;
  for (std::size_t at = 0; at < text.size();) {
    if (is_control_or_space(text[at])) {
      return {{}, "has a blank or a control character; write a blank \"%20\""};
    }
    const std::size_t taken = spell(text, at, kReserved, out);
    if (taken == 0) return {{}, std::string(kStrayPercent)};
    at += taken;
  }
  return {std::move(out), {}};
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c > ' ' && c <= '~' && c != '%') {
      out += c;
    } else {
      encode(c, out);
    }
  }
  return out;
}

Parsed<Url> read_url(std::string_view text) {
  std::string_view rest = text.substr(0, text.find('#'));
  const auto wrong = [&](const std::string& what) -> Parsed<Url> {
    return {{}, "URL " + quoted(text) + " " + what};
  };
  Url url;
  url.scheme = take_scheme(rest);
  if (url.scheme.empty()) return wrong("does not begin with \"http://\" or \"https://\"");
  const std::string_view given = rest.substr(0, rest.find_first_of("/?"));
  rest.remove_prefix(given.size());
  const std::string problem = read_authority(given, url);
  if (!problem.empty()) return wrong(problem);
  const std::string_view before_query = rest.substr(0, rest.find('?'));
  Parsed<std::string> path = one_spelling(before_query.empty() ? "/" : before_query);
  if (!path.value) return wrong(path.problem);
  rest.remove_prefix(std::min(before_query.size() + 1, rest.size()));
  Parsed<std::string> query = one_spelling(rest);
  if (!query.value) return wrong(query.problem);
  url.path = without_dot_segments(*path.value);
  url.query = std::move(*query.value);
  return {std::move(url), {}};
}

}  // namespace cdnsim::detail
