#include <array>
#include <utility>

#include <fmt/format.h>

#include <cdnsim/config/syntax_message.hpp>

namespace cdnsim::config {
namespace {

std::string_view after(std::string_view text, std::string_view mark) {
  const std::size_t at = text.find(mark);
  return at == text.npos ? text : text.substr(at + mark.size());
}

std::string_view before_mark(std::string_view text, std::string_view mark) {
  return text.substr(0, text.find(mark));
}

// "[json.exception...] parse error at line 1, column 5: syntax error while parsing value - WHAT;
// ..."
std::string_view core_of(std::string_view what) {
  return before_mark(after(after(what, "] "), " - "), "; last read: ");
}

std::string in_our_words(std::string_view token) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 7> kWords = {{
      {"'[', '{', or a literal", "a value"},
      {"string literal", "text in quotes"},
      {"number literal", "a number"},
      {"true literal", "true"},
      {"false literal", "false"},
      {"null literal", "null"},
      {"end of input", "the end"},
  }};
  for (const auto& [theirs, ours] : kWords) {
    if (token == theirs) return std::string(ours);
  }
  return std::string(token);
}

std::string bad_text(std::string_view why) {
  if (why.starts_with("ill-formed UTF-8")) return "this byte is not valid UTF-8";
  if (why.starts_with("missing closing quote"))
    return "the text that begins here has no closing quote";
  const bool line_break = why.find("(LF)") != why.npos || why.find("(CR)") != why.npos;
  return fmt::format("{}{}", why, line_break ? "; is a closing quote missing?" : "");
}

std::string bad_word(char at) {
  if (at == '/' || at == '#') return "JSON has no comments";
  if (at == '\'') return "texts and keys stand in double quotes";
  return "not a value: words stand in double quotes, except true, false and null";
}

std::string unexpected(std::string_view core, char before) {
  const std::string got = in_our_words(before_mark(after(core, "unexpected "), "; expected "));
  const std::string wanted = in_our_words(after(core, "; expected "));
  const bool has_wanted = core.find("; expected ") != core.npos;
  if (wanted == "the end") return fmt::format("unexpected {} after the end of the document", got);
  if ((got == "'}'" || got == "']'") && before == ',') {
    return fmt::format("a comma too many before {}", got);
  }
  if ((wanted == "'}'" || wanted == "']'") && got != "':'") {
    return fmt::format("unexpected {}; expected a comma or {}", got, wanted);
  }
  return has_wanted ? fmt::format("unexpected {}; expected {}", got, wanted)
                    : fmt::format("unexpected {}", got);
}

}  // namespace

std::string syntax_message(std::string_view what, char at, char before) {
  if (what.find("number overflow") != what.npos) return "this number is too large";
  const std::string_view core = core_of(what);
  if (core.starts_with("invalid string: ")) return bad_text(after(core, ": "));
  if (core.starts_with("invalid literal")) return bad_word(at);
  if (core.starts_with("invalid number; "))
    return fmt::format("not a number: {}", after(core, "; "));
  return unexpected(core, before);
}

}  // namespace cdnsim::config
