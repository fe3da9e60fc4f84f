// Which requests ask for the same copy: a URL and the headers that count, as a text and as a key.
// Does not know caches, nor which response a request would get. KEYS.md explains the rules.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/text.hpp>

namespace cdnsim {

enum class QueryRule : std::uint8_t { all, none, only, all_but };

// What of a request header's value counts.
enum class VaryBy : std::uint8_t {
  given,  // all of it, without blanks around it
  lower,  // likewise in small letters
  coding  // of Accept-Encoding: br, gzip or identity, the first of them that it accepts
};

struct VaryRule {
  std::string name;  // in small letters
  VaryBy by = VaryBy::given;
  bool operator==(const VaryRule&) const = default;
};

// The order of `parameters` and `vary` says nothing, but for that of `vary` in the key's text.
struct KeyRules {
  QueryRule query = QueryRule::all;
  std::vector<std::string> parameters;  // for `only` and `all_but`; a last '*' is any ending
  bool tracking = false;                // the tracking parameters belong to them
  bool sorted = false;                  // the order of parameters does not count
  bool scheme_counts = true;
  bool host_counts = true;
  std::vector<VaryRule> vary;

  bool operator==(const KeyRules&) const = default;

  // Does a parameter of this name count? As it stands in a canonical URL.
  bool counts(std::string_view parameter) const;
};

// Names that say where a visitor comes from and nothing about the answer, such as "utm_*".
std::span<const std::string_view> tracking_parameters();

template <>
struct UnitInfo<KeyRules> {
  static constexpr const char* kName = "a set of key rules";
  static constexpr const char* kExample = "query=all-but:tracking,session; vary=accept-encoding";
  static constexpr const char* kPattern = "^[ \\t]*(query|order|scheme|host|vary)[ \\t]*=";
};

template <>
Parsed<KeyRules> parse<KeyRules>(std::string_view text);
std::string to_text(const KeyRules& rules);

// A line of a request. Names are alike in small and capital letters; a name may come several times.
struct RequestHeader {
  std::string_view name;
  std::string_view value;
};

// The URL in its one spelling (RFC 3986, 6.2.2 and 6.2.3), without what does not count. The text
// comes from outside: whatever is wrong with it is a problem, and never more than that.
// REQUIRES of `rules`, here and below: as parse() gives them.
Parsed<std::string> canonical_url(const KeyRules& rules, std::string_view url);

struct UrlKey {
  std::string text;       // equal for two requests when they ask for the same copy, and only then
  std::uint64_t key = 0;  // the first 64 bits of its SHA-256

  bool operator==(const UrlKey&) const = default;
};

// `https://example.org/a?b=1 accept-encoding=br`; a header that is absent has no "=".
Parsed<UrlKey> url_key(const KeyRules& rules, std::string_view url,
                       std::span<const RequestHeader> headers = {});

}  // namespace cdnsim
