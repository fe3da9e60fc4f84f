// Walks over JSON text token by token and knows the line and column.
// Does not know whether the text is right: a parser calls it for each token that it accepted.
#pragma once

#include <cstdint>
#include <string_view>

#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

class TextCursor {
 public:
  TextCursor(std::string_view text, std::uint32_t source) : text_(text), source_(source) {}

  // Skips what may stand between two tokens, but not beyond `limit`.
  void skip_separators(std::size_t limit = std::string_view::npos);
  // REQUIRES: the cursor is at the first character of a valid token.
  void skip_token();
  void advance_to(std::size_t offset);

  Place place() const { return {source_, line_, column_}; }
  std::size_t offset() const { return offset_; }
  bool at_end() const { return offset_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[offset_]; }

 private:
  std::size_t end_of_string() const;
  std::size_t end_of_number() const;

  std::string_view text_;
  std::uint32_t source_;
  std::uint32_t line_ = 1;
  std::uint32_t column_ = 1;
  std::size_t offset_ = 0;
};

}  // namespace cdnsim::config
