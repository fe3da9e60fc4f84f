#include <nlohmann/json.hpp>

#include "line_reader.hpp"
#include "parts.hpp"

namespace cdnsim {
namespace {

class JsonLines final : public LineFormat {
 public:
  explicit JsonLines(std::map<std::string, std::string> columns) : wanted_(std::move(columns)) {}

  std::string_view name() const override { return "jsonl"; }

  std::string read_request(std::string_view line, TraceRequest& request) const override {
    const nlohmann::json object = nlohmann::json::parse(line, nullptr, false);
    if (!object.is_object()) return "this line is not a JSON object";
    std::array<std::string, kColumns.size()> texts;
    Parts parts;
    const std::array fields = {&parts.time, &parts.id, &parts.size, &parts.next};
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const nlohmann::json* value = find(object, kColumns[i]);
      if (value == nullptr) continue;
      texts[i] = value->is_string() ? value->get<std::string>() : value->dump();
      *fields[i] = texts[i];
    }
    if (parts.id.empty()) return "no member names the object; use e.g. --columns id=NAME";
    return read_parts(parts, request);
  }

 private:
  const nlohmann::json* find(const nlohmann::json& object, const Column& column) const {
    const auto look = [&](std::string_view name) -> const nlohmann::json* {
      const auto found = object.find(std::string(name));
      return found == object.end() ? nullptr : &*found;
    };
    const auto given = wanted_.find(std::string(column.name));
    if (given != wanted_.end()) return look(given->second);
    for (const std::string_view usual : column.usual) {
      if (usual.empty()) break;
      if (const nlohmann::json* value = look(usual)) return value;
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
