#include "http_text.hpp"

#include <algorithm>
#include <cstddef>

namespace cdnsim::detail {

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string lowered(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

std::string_view leading_token(std::string_view text) {
  constexpr std::string_view kTokenLetters =
      "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
  return text.substr(0, std::min(text.find_first_not_of(kTokenLetters), text.size()));
}

// The place of the quote that ends the string which begins at `open`, or npos.
std::size_t ListReader::end_of_quoted(std::size_t open) const {
  for (std::size_t at = open + 1; at < rest_.size(); ++at) {
    if (rest_[at] == '"') return at;
    if (rest_[at] == '\\') ++at;
  }
  return std::string_view::npos;
}

std::string_view ListReader::next() {
  std::size_t end = 0;
  for (; end < rest_.size() && rest_[end] != ','; ++end) {
    if (rest_[end] != '"' || !quotes_count_) continue;
    const std::size_t close = end_of_quoted(end);
    quotes_count_ = close != std::string_view::npos;
    if (quotes_count_) end = close;
  }
  const std::string_view element = trimmed(rest_.substr(0, end));
  rest_.remove_prefix(std::min(end + 1, rest_.size()));
  return element;
}

}  // namespace cdnsim::detail
