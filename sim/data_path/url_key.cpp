#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include <openssl/evp.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/data_path/url_key.hpp>

#include "http_text.hpp"
#include "url.hpp"

namespace cdnsim {

namespace {

// Where the scheme does not count, the usual ports of both are none: changing the scheme alone then
// changes nothing.
bool port_counts(const KeyRules& rules, std::string_view port) {
  if (port.empty()) return false;
  return rules.scheme_counts || (port != detail::kHttpPort && port != detail::kHttpsPort);
}

// Those of the parameters that count. Nothing between two '&' is no parameter.
std::string query_that_counts(const KeyRules& rules, std::string_view query) {
  std::vector<std::string_view> parameters;
  while (!query.empty()) {
    const std::string_view parameter = query.substr(0, query.find('&'));
    query.remove_prefix(std::min(parameter.size() + 1, query.size()));
    if (parameter.empty()) continue;
    if (rules.counts(parameter.substr(0, parameter.find('=')))) parameters.push_back(parameter);
  }
  if (rules.sorted) std::sort(parameters.begin(), parameters.end());
  std::string text;
  for (const std::string_view parameter : parameters) {
    if (!text.empty()) text += '&';
    text += parameter;
  }
  return text;
}

// Is its weight 0? `parameters` is what follows a coding: ";q=0.5"
bool refused(std::string_view parameters) {
  const std::size_t at = parameters.find('=');
  if (at == std::string_view::npos) return false;
  const std::string_view weight = detail::trimmed(parameters.substr(at + 1));
  return weight.starts_with('0') && weight.find_first_not_of("0.") == std::string_view::npos;
}

// RFC 9110, 12.5.3, for a server that has br, gzip and the plain answer and prefers them so.
std::string best_coding(std::string_view accepted) {
  std::optional<bool> br, gzip, any;
  for (detail::ListReader list(accepted); !list.done();) {
    const std::string_view element = list.next();
    const std::string_view token = detail::leading_token(element);
    const std::string coding = detail::lowered(token);
    const bool welcome = !refused(element.substr(token.size()));
    if (coding == "br") br = welcome;
    if (coding == "gzip" || coding == "x-gzip") gzip = welcome;
    if (coding == "*") any = welcome;
  }
  if (br.value_or(any.value_or(false))) return "br";
  return gzip.value_or(any.value_or(false)) ? "gzip" : "identity";
}

// All lines of a header as one (RFC 9110, 5.3), or nothing when there is none.
std::optional<std::string> value_of(std::string_view name, std::span<const RequestHeader> headers) {
  std::optional<std::string> all;
  for (const RequestHeader& header : headers) {
    if (detail::lowered(header.name) != name) continue;
    all = (all ? *all + ", " : "") + std::string(detail::trimmed(header.value));
  }
  return all;
}

std::string vary_text(const VaryRule& rule, std::span<const RequestHeader> headers) {
  const std::optional<std::string> value = value_of(rule.name, headers);
  const std::string name = " " + rule.name;
  if (rule.by == VaryBy::coding) return name + "=" + best_coding(value.value_or(""));
  if (!value) return name;
  return name + "=" + detail::escaped(rule.by == VaryBy::lower ? detail::lowered(*value) : *value);
}

std::uint64_t first_64_bits_of_sha256(std::string_view text) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned int length = 0;
  const int done =
      EVP_Digest(text.data(), text.size(), digest.data(), &length, EVP_sha256(), nullptr);
  CDNSIM_ASSERT(done == 1 && length == 32, "OpenSSL gave no SHA-256");
  std::uint64_t bits = 0;
  for (std::size_t i = 0; i < 8; ++i) bits = bits << 8 | digest[i];
  return bits;
}

}  // namespace

Parsed<std::string> canonical_url(const KeyRules& rules, std::string_view url) {
  Parsed<detail::Url> read = detail::read_url(url);
  if (!read.value) return {{}, std::move(read.problem)};
  std::string text;
  const detail::Url& parts = *read.value;
  if (rules.scheme_counts) text += parts.scheme + ":";
  if (rules.host_counts) text += "//" + parts.host;
  if (rules.host_counts && port_counts(rules, parts.port)) text += ":" + parts.port;
  text += parts.path;
  const std::string query = query_that_counts(rules, parts.query);
  if (!query.empty()) text += "?" + query;
  return {std::move(text), {}};
}

Parsed<UrlKey> url_key(const KeyRules& rules, std::string_view url,
                       std::span<const RequestHeader> headers) {
  Parsed<std::string> canonical = canonical_url(rules, url);
  if (!canonical.value) return {{}, std::move(canonical.problem)};
  UrlKey key{std::move(*canonical.value), 0};
  for (const VaryRule& rule : rules.vary) key.text += vary_text(rule, headers);
  key.key = first_64_bits_of_sha256(key.text);
  return {std::move(key), {}};
}

}  // namespace cdnsim
