// What HTTP header fields share: blanks, letters, tokens, lists separated by commas.
// Does not know which fields there are.
#pragma once

#include <string>
#include <string_view>

namespace cdnsim::detail {

std::string_view trimmed(std::string_view text);  // of spaces and tabs
std::string lowered(std::string_view text);       // ASCII letters only

// The token that `text` begins with (RFC 9110, 5.6.2); empty when it begins with none.
std::string_view leading_token(std::string_view text);

// The elements of a list, one by one and without blanks around them. A comma within a quoted string
// belongs to it; where a quoted string has no end, that quote and all later ones mean nothing, so
// that what follows is still seen.
class ListReader {
 public:
  explicit ListReader(std::string_view list) : rest_(list) {}
  bool done() const { return rest_.empty(); }
  std::string_view next();  // may be empty: RFC 9110 lets lists have empty elements

 private:
  std::size_t end_of_quoted(std::size_t open) const;

  std::string_view rest_;
  bool quotes_count_ = true;
};

}  // namespace cdnsim::detail
