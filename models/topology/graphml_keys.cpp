#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <pugixml.hpp>

#include <cdnsim/base/text.hpp>
#include <cdnsim/models/topology/graphml_keys.hpp>
#include <cdnsim/models/topology/xml_text.hpp>

namespace cdnsim::graphml {
namespace {

template <std::size_t N>
bool is_one_of(std::string_view word, const std::array<std::string_view, N>& words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

constexpr std::array<std::string_view, 6> kTypes = {"boolean", "int",    "long",
                                                    "float",   "double", "string"};
// The last three are declared by some programs; nothing here can have such data.
constexpr std::array<std::string_view, 7> kDomains = {"graph",   "node", "edge",    "all",
                                                      "graphml", "port", "endpoint"};

std::string attribute_of(const pugi::xml_node& element, const char* name,
                         std::string_view otherwise) {
  const pugi::xml_attribute attribute = element.attribute(name);
  return attribute ? attribute.value() : std::string(otherwise);
}

}  // namespace

std::string_view name_of(const pugi::xml_node& element) {
  std::string_view name = element.name();
  name.remove_prefix(std::min(name.rfind(':') + 1, name.size()));  // npos + 1 is 0
  return name;
}

std::size_t offset_of(const pugi::xml_node& element) {
  return static_cast<std::size_t>(std::max<std::ptrdiff_t>(element.offset_debug() - 1, 0));
}

std::optional<std::string> text_of(const pugi::xml_node& element) {
  std::string text;
  for (const pugi::xml_node& part : element.children()) {
    if (part.type() == pugi::node_element) return std::nullopt;
    text += part.value();
  }
  return text;
}

std::string checked(std::string text, const pugi::xml_node& element, TextProblems& problems) {
  if (xml::bad_byte(text) != text.npos) {
    problems.add(offset_of(element),
                 "a reference like &#1; stands for a character that no text has; take it out");
  }
  return text;
}

void Keys::add(const pugi::xml_node& element, TextProblems& problems) {
  const auto wrong = [&](const std::string& message) { problems.add(offset_of(element), message); };
  const std::string id = element.attribute("id").value();
  if (id.empty()) return wrong("this key has no id; give it one, as id=\"d0\"");
  Key key;
  key.domain = attribute_of(element, "for", "all");
  key.name = checked(attribute_of(element, "attr.name", id), element, problems);
  key.type = attribute_of(element, "attr.type", "string");
  if (!is_one_of(key.domain, kDomains)) {
    wrong(fmt::format("a key is for=\"graph\", \"node\", \"edge\" or \"all\", not for {}",
                      quoted(key.domain)));
  }
  if (!is_one_of(key.type, kTypes)) {
    wrong(fmt::format("attr.type is boolean, int, long, float, double or string, not {}",
                      quoted(key.type)));
  }
  for (const pugi::xml_node& child : element.children()) {
    if (name_of(child) != "default") continue;
    if (const auto text = text_of(child)) key.otherwise = checked(*text, child, problems);
  }
  if (!keys_.emplace(id, std::move(key)).second) {
    wrong(fmt::format("a second key has the id {}; ids must differ", quoted(id)));
  }
}

const Key* Keys::find(const pugi::xml_node& data, std::string_view domain,
                      TextProblems& problems) const {
  const std::string id = data.attribute("key").value();
  const auto found = keys_.find(id);
  if (found == keys_.end()) {
    problems.add(offset_of(data),
                 fmt::format("no key {0} is declared; write <key id={0} for=\"{1}\" "
                             "attr.name=... attr.type=\"string\"/> before the graph",
                             quoted(id), domain));
    return nullptr;
  }
  const Key& key = found->second;
  if (key.domain != "all" && key.domain != domain) {
    problems.add(offset_of(data), fmt::format("key {} is declared for {}, not for {}; declare "
                                              "another, or this one for=\"all\"",
                                              quoted(id), quoted(key.domain), domain));
    return nullptr;
  }
  return &key;
}

std::vector<GraphAttribute> Keys::data_of(const pugi::xml_node& element, std::string_view domain,
                                          std::uint64_t& drawings, TextProblems& problems) const {
  std::vector<GraphAttribute> attributes;
  std::set<std::string> given;
  for (const pugi::xml_node& data : element.children()) {
    if (name_of(data) != "data") continue;
    const Key* key = find(data, domain, problems);
    if (key == nullptr) continue;
    if (std::optional<std::string> text = text_of(data)) {
      if (!given.insert(key->name).second) {
        problems.add(offset_of(data),
                     fmt::format("{} is given twice here; keep one", quoted(key->name)));
      }
      attributes.push_back({key->name, key->type, checked(std::move(*text), data, problems)});
    } else {
      ++drawings;
    }
  }
  for (const auto& [id, key] : keys_) {
    const bool applies = key.domain == "all" || key.domain == domain;
    if (!applies || !key.otherwise || !given.insert(key.name).second) continue;
    attributes.push_back({key.name, key.type, *key.otherwise});
  }
  return attributes;
}

}  // namespace cdnsim::graphml
