#include <fmt/format.h>

#include <cdnsim/config/json_writer.hpp>
#include <cdnsim/config/scenario_text.hpp>

namespace cdnsim::config {
namespace {

using Json = nlohmann::ordered_json;

// On one line, with spaces where people put them.
std::string in_line(const Json& value) {
  if (!value.is_structured()) return value.dump();
  if (value.empty()) return value.is_array() ? "[]" : "{}";
  std::string text;
  for (const auto& [key, member] : value.items()) {
    text += text.empty() ? "" : ", ";
    if (value.is_object()) text += Json(key).dump() + ": ";
    text += in_line(member);
  }
  return value.is_array() ? fmt::format("[{}]", text) : fmt::format("{{ {} }}", text);
}

// `levels` of objects over several lines, what is below them in line.
std::string in_lines(const Json& value, int levels, const std::string& indent) {
  if (levels == 0 || !value.is_object() || value.empty()) return in_line(value);
  std::string text;
  for (const auto& [key, member] : value.items()) {
    text += fmt::format("{}{}  {}: {}", text.empty() ? "" : ",\n", indent, Json(key).dump(),
                        in_lines(member, levels - 1, indent + "  "));
  }
  return fmt::format("{{\n{}\n{}}}", text, indent);
}

}  // namespace

std::string scenario_text(const Scenario& scenario, std::string_view schema) {
  std::string text;
  const auto add = [&](const std::string& key, const std::string& value) {
    text += fmt::format("{}  {}: {}", text.empty() ? "" : ",\n", Json(key).dump(), value);
  };
  if (!schema.empty()) add("$schema", Json(schema).dump());
  const Json sections = SparseWriter::write(scenario);
  for (const auto& [key, section] : sections.items()) {
    add(key, in_lines(section, key == "network" ? 2 : 1, "  "));
  }
  return fmt::format("{{\n{}\n}}\n", text);
}

}  // namespace cdnsim::config
