#include <algorithm>

#include <cdnsim/config/text_cursor.hpp>

namespace cdnsim::config {
namespace {

constexpr std::string_view kSeparators = " \t\r\n,:";
constexpr std::string_view kDigits = "0123456789";

// Bytes after the first of a character in UTF-8.
bool continues_character(char c) { return (static_cast<unsigned char>(c) & 0xC0) == 0x80; }

}  // namespace

void TextCursor::advance_to(std::size_t offset) {
  offset = std::min(offset, text_.size());
  for (; offset_ < offset; ++offset_) {
    if (text_[offset_] == '\n') {
      ++line_;
      column_ = 1;
    } else if (!continues_character(text_[offset_])) {
      ++column_;
    }
  }
}

void TextCursor::skip_separators(std::size_t limit) {
  advance_to(std::min(text_.find_first_not_of(kSeparators, offset_), limit));
}

std::size_t TextCursor::end_of_string() const {
  std::size_t at = offset_ + 1;
  while (at < text_.size() && text_[at] != '"') at += text_[at] == '\\' ? 2 : 1;
  return at + 1;
}

std::size_t TextCursor::end_of_number() const {
  const auto after_digits = [this](std::size_t at) {
    return std::min(text_.find_first_not_of(kDigits, at), text_.size());
  };
  const auto has = [this](std::size_t at, std::string_view marks) {
    return at < text_.size() && marks.find(text_[at]) != marks.npos;
  };
  std::size_t at = offset_ + (peek() == '-' ? 1 : 0);
  at = has(at, "0") ? at + 1 : after_digits(at);  // a zero stands alone
  if (has(at, ".")) at = after_digits(at + 1);
  if (has(at, "eE")) at = after_digits(at + (has(at + 1, "+-") ? 2 : 1));
  return at;
}

void TextCursor::skip_token() {
  switch (peek()) {
    case '"': return advance_to(end_of_string());
    case '{':
    case '}':
    case '[':
    case ']': return advance_to(offset_ + 1);
    case 't':
    case 'n': return advance_to(offset_ + 4);
    case 'f': return advance_to(offset_ + 5);
    default: return advance_to(end_of_number());
  }
}

}  // namespace cdnsim::config
