#include <optional>
#include <set>
#include <vector>

#include <cdnsim/compare/figures.hpp>
#include <cdnsim/config/pointer.hpp>

namespace cdnsim::compare {
namespace {

using nlohmann::json;

std::optional<std::string> text_at(const json& member, const char* key) {
  const auto found = member.find(key);
  if (found == member.end() || !found->is_string()) return std::nullopt;
  return found->get<std::string>();
}

std::string all_texts(const json& member) {
  std::string texts;
  for (const auto& [key, value] : member.items()) {
    if (!value.is_string() || value.get_ref<const std::string&>().empty()) continue;
    texts += (texts.empty() ? "" : ", ") + value.get<std::string>();
  }
  return texts;
}

// Empty when this way of naming does not tell the members apart.
template <class NameOf>
std::vector<std::string> names_by(const json& list, const NameOf& name_of) {
  std::vector<std::string> names;
  std::set<std::string> known;
  for (const json& member : list) {
    const std::optional<std::string> name = member.is_object() ? name_of(member) : std::nullopt;
    if (!name || name->empty() || !known.insert(*name).second) return {};
    names.push_back(*name);
  }
  return names;
}

std::vector<std::string> names_in(const json& list) {
  for (const char* key : {"id", "name", "kind"}) {
    std::vector<std::string> names =
        names_by(list, [&](const json& member) { return text_at(member, key); });
    if (!names.empty()) return names;
  }
  std::vector<std::string> names =
      names_by(list, [](const json& member) { return std::optional(all_texts(member)); });
  for (std::size_t i = names.size(); i < list.size(); ++i) names.push_back(std::to_string(i));
  return names;
}

void add_figures(const json& value, const std::string& pointer, Figures& figures) {
  if (!value.is_structured() || value.empty()) {
    figures.emplace(pointer, value);
  } else if (value.is_object()) {
    for (const auto& [key, member] : value.items()) {
      add_figures(member, pointer + "/" + config::escaped(key), figures);
    }
  } else {
    const std::vector<std::string> names = names_in(value);
    for (std::size_t i = 0; i < value.size(); ++i) {
      add_figures(value[i], pointer + "/" + config::escaped(names[i]), figures);
    }
  }
}

}  // namespace

Figures figures_of(const json& document) {
  Figures figures;
  add_figures(document, "", figures);
  return figures;
}

std::string_view first_step(std::string_view pointer) {
  if (pointer.empty()) return {};
  const std::size_t end = pointer.find('/', 1);
  return pointer.substr(1, end == std::string_view::npos ? end : end - 1);
}

}  // namespace cdnsim::compare
