#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "line_reader.hpp"
#include "parts.hpp"

namespace cdnsim {
namespace {

// The members of the object that is a line, each with its text as it stands there: a number keeps
// all its digits. What is neither number nor text is kept as no text at all.
class Members final : public nlohmann::json_sax<nlohmann::json> {
 public:
  // False when the line is no JSON object.
  bool read(std::string_view line) {
    found_.clear();
    depth_ = 0;
    is_object_ = false;
    nlohmann::json_sax<nlohmann::json>* const handler = this;
    return nlohmann::json::sax_parse(line.begin(), line.end(), handler) && is_object_;
  }
  // Of two of the same name the last counts.
  const std::string* find(std::string_view name) const {
    const auto member = std::find_if(found_.rbegin(), found_.rend(),
                                     [&](const auto& each) { return each.first == name; });
    return member == found_.rend() ? nullptr : &member->second;
  }

 private:
  bool add(std::string text) {
    if (depth_ == 1) found_.emplace_back(key_, std::move(text));
    return depth_ > 0;
  }
  bool begin() {
    add({});
    ++depth_;
    return true;
  }
  bool end() {
    --depth_;
    return true;
  }

  bool null() override { return add({}); }
  bool boolean(bool) override { return add({}); }
  bool number_integer(std::int64_t value) override { return add(std::to_string(value)); }
  bool number_unsigned(std::uint64_t value) override { return add(std::to_string(value)); }
  bool number_float(double, const std::string& text) override { return add(text); }
  bool string(std::string& value) override { return add(value); }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool key(std::string& name) override {
    if (depth_ == 1) key_ = name;
    return true;
  }
  bool start_object(std::size_t) override {
    is_object_ = is_object_ || depth_ == 0;
    return begin();
  }
  bool end_object() override { return end(); }
  bool start_array(std::size_t) override { return depth_ > 0 && begin(); }
  bool end_array() override { return end(); }
  bool parse_error(std::size_t, const std::string&, const nlohmann::json::exception&) override {
    return false;
  }

  std::vector<std::pair<std::string, std::string>> found_;
  std::string key_;
  int depth_ = 0;
  bool is_object_ = false;
};

class JsonLines final : public LineFormat {
 public:
  explicit JsonLines(std::map<std::string, std::string> columns) : wanted_(std::move(columns)) {}

  std::string_view name() const override { return "jsonl"; }

  std::string read_request(std::string_view line, TraceRequest& request,
                           std::uint64_t* client) const override {
    thread_local Members members;
    if (!members.read(line)) return "this line is not a JSON object";
    Parts parts;
    const std::array fields = {&parts.time, &parts.id, &parts.size, &parts.next, &parts.client};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const std::string* text = find(members, kColumns[i]);
      if (text == nullptr) continue;
      if (text->empty()) return fmt::format("{} is neither a number nor a text", kColumns[i].name);
      *fields[i] = *text;
    }
    if (client != nullptr) *client = client_in(parts);
    if (parts.id.empty()) return "no member names the object; use e.g. --columns id=NAME";
    return read_parts(parts, request);
  }

 private:
  const std::string* find(const Members& members, const Column& column) const {
    const auto given = wanted_.find(std::string(column.name));
    if (given != wanted_.end()) return members.find(given->second);
    for (const std::string_view usual : column.usual) {
      if (usual.empty()) break;
      if (const std::string* text = members.find(usual)) return text;
    }
    return nullptr;
  }

  std::map<std::string, std::string> wanted_;
};

}  // namespace

std::unique_ptr<LineFormat> json_lines_format(std::map<std::string, std::string> columns) {
  return std::make_unique<JsonLines>(std::move(columns));
}

}  // namespace cdnsim
