// A URL of the web in its parts, each in its one spelling (RFC 3986, section 6; RFC 9110, 4.2.3).
// Does not know which of them matter.
#pragma once

#include <string>
#include <string_view>

#include <cdnsim/base/text.hpp>

namespace cdnsim::detail {

struct Url {
  std::string scheme;  // "http" or "https"
  std::string host;    // in small letters
  std::string port;    // empty when it is the scheme's own
  std::string path;    // begins with '/', has no dot segments
  std::string query;   // what follows the '?', if there is one
};

inline constexpr std::string_view kHttpPort = "80", kHttpsPort = "443";

Parsed<Url> read_url(std::string_view text);

// One spelling for the percent-encoding of a path or query: letters, digits and -._~ stand for
// themselves, reserved characters stay as they are, all else is encoded with capital digits.
Parsed<std::string> one_spelling(std::string_view text);

// Writes what is not printable, blanks and '%' as %XX, so that different texts stay different.
std::string escaped(std::string_view text);

}  // namespace cdnsim::detail
