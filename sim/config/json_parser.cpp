#include <algorithm>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/config/json_parser.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/syntax_message.hpp>
#include <cdnsim/config/text_cursor.hpp>

namespace cdnsim::config {
namespace {

// A list or an object that is not closed yet.
struct Open {
  Value value;
  std::string key;  // of the member that comes next
  Place key_place;
};

struct Remark {
  Place place;
  std::string pointer;
  std::string message;
};

// Members in the order of the text: sorts them, and keeps the first of each key.
class TreeBuilder : public nlohmann::json_sax<nlohmann::json> {
 public:
  TreeBuilder(std::string_view text, std::uint32_t source, Problems& problems)
      : text_(text), cursor_(text, source), problems_(problems) {}

  bool null() override { return scalar(Null{}); }
  bool boolean(bool value) override { return scalar(value); }
  bool number_integer(std::int64_t value) override { return scalar(value); }
  bool number_unsigned(std::uint64_t value) override { return scalar(value); }
  bool number_float(double value, const std::string&) override { return scalar(value); }
  bool string(std::string& value) override { return scalar(std::move(value)); }
  bool binary(nlohmann::json::binary_t&) override { return false; }  // JSON text has none

  bool start_object(std::size_t) override { return open(Object{}); }
  bool start_array(std::size_t) override { return open(Array{}); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& key) override;

  bool parse_error(std::size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override;

  // What the text says; nothing after a syntax error.
  std::optional<Value> finish();

 private:
  Place next_token();
  bool scalar(Value::Data data);
  bool open(Value::Data data);
  bool close();
  bool put(Value value);
  bool fail(std::string message);
  void sort_members(Object& members);
  std::string pointer() const;
  void find_error(std::size_t read, bool inside_token);

  std::string_view text_;
  TextCursor cursor_;
  Problems& problems_;
  std::vector<Open> open_;
  std::size_t too_deep_ = 0;  // brackets open beyond kNestingMax
  Place too_deep_place_;
  std::size_t values_ = 0;
  std::vector<Remark> remarks_;  // told only if there is no syntax error
  bool failed_ = false;
  std::optional<Value> root_;
};

Place TreeBuilder::next_token() {
  cursor_.skip_separators();
  const Place place = cursor_.place();
  cursor_.skip_token();
  return place;
}

bool TreeBuilder::fail(std::string message) {
  failed_ = true;
  problems_.add(cursor_.place(), "", std::move(message));
  return false;
}

bool TreeBuilder::put(Value value) {
  if (++values_ > kValuesMax) {
    return fail(
        fmt::format("more than {} values; split the file or drop what is not needed", kValuesMax));
  }
  if (open_.empty()) {
    root_ = std::move(value);
  } else if (Array* array = open_.back().value.as<Array>()) {
    array->push_back(std::move(value));
  } else {
    open_.back().value.as<Object>()->push_back(
        {std::move(open_.back().key), open_.back().key_place, std::move(value)});
  }
  return true;
}

bool TreeBuilder::scalar(Value::Data data) {
  const Place place = next_token();
  return too_deep_ > 0 || put(Value(std::move(data), place));
}

bool TreeBuilder::key(std::string& key) {
  const Place place = next_token();
  if (too_deep_ > 0) return true;
  open_.back().key = std::move(key);
  open_.back().key_place = place;
  return true;
}

bool TreeBuilder::open(Value::Data data) {
  const Place place = next_token();
  if (open_.size() < kNestingMax) {
    open_.push_back({Value(std::move(data), place), {}, {}});
    return true;
  }
  if (too_deep_++ == 0) {
    too_deep_place_ = place;
    remarks_.push_back({place, pointer(), fmt::format("nested more than {} deep", kNestingMax)});
  }
  return true;
}

bool TreeBuilder::close() {
  next_token();
  if (too_deep_ > 0) {
    return --too_deep_ > 0 || put(Value(Broken{}, too_deep_place_));
  }
  Value value = std::move(open_.back().value);
  open_.pop_back();
  if (Object* members = value.as<Object>()) sort_members(*members);
  return put(std::move(value));
}

void TreeBuilder::sort_members(Object& members) {
  const auto in_order = [](const Member& a, const Member& b) {
    return std::tie(a.key, a.key_place) < std::tie(b.key, b.key_place);
  };
  std::ranges::sort(members, in_order);
  const std::string around = pointer();
  const Member* first = nullptr;
  for (const Member& member : members) {
    if (first && first->key == member.key) {
      remarks_.push_back({member.key_place, around + "/" + escaped(member.key),
                          fmt::format("duplicate key; first at {}:{}", first->key_place.line,
                                      first->key_place.column)});
    } else {
      first = &member;
    }
  }
  const auto repeated = std::ranges::unique(members, std::equal_to<>{}, &Member::key);
  members.erase(repeated.begin(), repeated.end());
}

// Of the value that comes next, or of what was closed last.
std::string TreeBuilder::pointer() const {
  std::string pointer;
  for (const Open& around : open_) {
    const Array* array = around.value.as<Array>();
    pointer += "/" + (array ? std::to_string(array->size()) : escaped(around.key));
  }
  return pointer;
}

// Moves the cursor to the token that the parser did not like. `read`: the byte it read last.
void TreeBuilder::find_error(std::size_t read, bool inside_token) {
  if (inside_token) {
    cursor_.advance_to(read);
  } else {
    cursor_.skip_separators(read);
  }
}

char last_before(std::string_view text, std::size_t offset) {
  const std::size_t at = text.substr(0, offset).find_last_not_of(" \t\r\n");
  return at == text.npos ? '\0' : text[at];
}

bool TreeBuilder::parse_error(std::size_t position, const std::string&,
                              const nlohmann::detail::exception& error) {
  const std::string_view what = error.what();
  const std::size_t read = std::min(position == 0 ? 0 : position - 1, text_.size());
  const bool in_text = what.find("invalid string: ") != what.npos;
  const bool at_end = what.find("unexpected end of input") != what.npos;
  find_error(read, at_end || (in_text && what.find("missing closing quote") == what.npos));
  if (at_end && !cursor_.at_end()) return fail("a NUL byte");
  if (at_end && open_.empty()) return fail("there is nothing in this file but spaces");
  if (at_end) {
    const Place& begin = open_.back().value.place();
    return fail(fmt::format("the text ends too early: what begins at {}:{} is not closed",
                            begin.line, begin.column));
  }
  const char before = last_before(text_, cursor_.offset());
  const bool in_word = what.find("invalid literal") != what.npos;
  if (in_word && open_.empty() && (before == '}' || before == ']')) {
    return fail("unexpected text after the end of the document");
  }
  return fail(syntax_message(what, cursor_.peek(), before));
}

std::optional<Value> TreeBuilder::finish() {
  // The parser takes a NUL byte for the end of the text.
  cursor_.skip_separators();
  if (!failed_ && !cursor_.at_end()) fail("a NUL byte");
  if (failed_) return std::nullopt;
  for (Remark& remark : remarks_) {
    problems_.add(remark.place, remark.pointer, std::move(remark.message));
  }
  return std::move(root_);
}

// Byte order marks: other programs refuse the first, and nothing reads the others as UTF-8.
std::string_view byte_order_problem(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) {
    return "the file begins with a byte order mark; save it as UTF-8 without one";
  }
  if (text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) {
    return "the file is UTF-16; save it as UTF-8";
  }
  return {};
}

}  // namespace

std::optional<Value> parse_json(std::string_view text, std::uint32_t source, Problems& problems) {
  if (const std::string_view problem = byte_order_problem(text); !problem.empty()) {
    problems.add({source, 1, 1}, "", std::string(problem));
    return std::nullopt;
  }
  TreeBuilder builder(text, source, problems);
  nlohmann::json::sax_parse(text.begin(), text.end(), &builder);
  return builder.finish();
}

bool is_utf8(std::string_view text) {
  std::string as_json = "\"";
  for (const char c : text) {
    const bool plain = static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\';
    as_json += plain ? c : ' ';
  }
  return nlohmann::json::accept(as_json + "\"");
}

}  // namespace cdnsim::config
