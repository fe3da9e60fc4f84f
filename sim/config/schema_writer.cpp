#include <algorithm>
#include <map>

#include <cdnsim/config/schema_writer.hpp>

namespace cdnsim::config {
namespace {

// Where an object carries its type's name until the document is complete.
constexpr const char* kTypeKey = "$type";

// Objects that occur more than once, as they are but for what each place says of them.
class Definitions {
 public:
  explicit Definitions(const Json& document) { count(document); }

  void replace(Json& node) {
    if (!node.is_structured()) return;
    const bool is_named = node.is_object() && node.contains(kTypeKey);
    const std::string text = is_named ? text_of(node) : std::string();
    for (Json& child : node) replace(child);
    if (!is_named) return;
    const auto type = node[kTypeKey].get<std::string>();
    node.erase(kTypeKey);
    if (times_[text] < 2) return;
    Json reference = Json::object();
    if (node.contains("description")) reference["description"] = node["description"];
    reference["$ref"] = "#/$defs/" + name_of(text, type, node);
    node = std::move(reference);
  }

  void add_to(Json& document) {
    for (auto& [name, object] : found_) document["$defs"][name] = std::move(object);
  }

 private:
  void count(const Json& node) {
    if (!node.is_structured()) return;
    if (node.is_object() && node.contains(kTypeKey)) ++times_[text_of(node)];
    for (const Json& child : node) count(child);
  }

  static std::string text_of(Json node) {
    node.erase("description");
    return node.dump();
  }

  // Types that differ from place to place, in a default say, are numbered.
  const std::string& name_of(const std::string& text, const std::string& type, Json object) {
    const auto [known, is_new] = names_.emplace(text, "");
    if (!is_new) return known->second;
    const int number = ++numbers_[type];
    known->second = number == 1 ? type : type + std::to_string(number);
    object.erase("description");
    found_.emplace_back(known->second, std::move(object));
    return known->second;
  }

  std::map<std::string, int> times_;  // by text
  std::map<std::string, std::string> names_;
  std::map<std::string, int> numbers_;  // by type
  std::vector<std::pair<std::string, Json>> found_;
};

}  // namespace

namespace schema {

Json of_type(std::string_view type) { return {{"type", type}}; }

Json one_of_texts(const std::vector<std::string>& texts) {
  return {{"type", "string"}, {"enum", texts}};
}

Json either(Json a, Json b) { return {{"anyOf", Json::array({std::move(a), std::move(b)})}}; }

Json id() { return {{"pattern", "^[^\\u0000-\\u001f\\u007f]+$"}}; }

Json either_form(Json full, Json patch) {
  return {{"if", {{"required", {"extends"}}}},
          {"then", {{"$ref", "#/$defs/patch"}}},
          {"else", {{"$ref", "#/$defs/full"}}},
          {"$defs", {{"full", std::move(full)}, {"patch", std::move(patch)}}}};
}

Json named(std::string_view type, Form form, Json object) {
  object[kTypeKey] = std::string(type) + (form == Form::patch ? "Patch" : "");
  return object;
}

std::string document(std::string_view title, std::string_view id, const Json& schema) {
  Json text = {
      {"$schema", "https://json-schema.org/draft/2020-12/schema"}, {"$id", id}, {"title", title}};
  text.update(schema);
  Definitions definitions(text);
  definitions.replace(text);
  definitions.add_to(text);
  return text.dump(2) + "\n";
}

}  // namespace schema

namespace {

Json having(std::string_view key) { return {{"required", {key}}}; }

}  // namespace

void SchemaWriter::add_member(std::string_view key, std::string_view meaning, Json schema) {
  keys_.emplace_back(key);
  if (form_ == Form::patch) schema = schema::either(std::move(schema), schema::of_type("null"));
  Json& member = members_[std::string(key)];
  member["description"] = meaning;
  member.update(schema);
}

void SchemaWriter::add_text(std::string_view key, std::string_view meaning) {
  keys_.emplace_back(key);
  members_[std::string(key)] = {{"description", meaning}, {"type", "string"}};
}

// Where the kind is this one: its members, and the object's own (described elsewhere), and no
// others.
Json SchemaWriter::rule_of(const Alternative& alternative) const {
  Json condition = {{"properties", {{kind_key_, {{"const", alternative.kind}}}}}};
  // In a patch the kind may stand in the base.
  if (!alternative.is_default || form_ == Form::patch) condition.update(having(kind_key_));
  Json then = {{"properties", alternative.members}};
  for (const std::string& key : keys_) then["properties"][key] = true;
  if (form_ == Form::full && !alternative.required.empty()) then["required"] = alternative.required;
  then["additionalProperties"] = false;
  return {{"if", std::move(condition)}, {"then", std::move(then)}};
}

// One of them; or none, where nobody demands one.
Json SchemaWriter::choice_rule() const {
  Json each = Json::array();
  for (const std::string& key : choices_) each.push_back(having(key));
  const Json none = {{"not", {{"anyOf", each}}}};
  if (!choice_required_) each.push_back(none);
  return each;
}

// Where the kind stands in the base, a member must be right for one of those that have it.
void SchemaWriter::add_members_of_any_kind(Json& members) const {
  std::map<std::string, Json> choices;
  for (const Alternative& alternative : alternatives_) {
    for (const std::string& key : alternative.keys) {
      choices[key].push_back(alternative.members.at(key));
    }
  }
  for (auto& [key, schemas] : choices) members[key] = {{"anyOf", std::move(schemas)}};
}

Json SchemaWriter::finish() const {
  Json schema = {{"type", "object"}, {"properties", members_}};
  if (form_ == Form::full && !required_.empty()) schema["required"] = required_;
  if (form_ == Form::full && !choices_.empty()) schema["oneOf"] = choice_rule();
  if (alternatives_.empty()) {
    schema["additionalProperties"] = false;
    return schema;
  }
  if (form_ == Form::patch) add_members_of_any_kind(schema["properties"]);
  std::vector<std::string> all_keys = keys_;
  for (const Alternative& alternative : alternatives_) {
    for (const std::string& key : alternative.keys) {
      if (std::ranges::find(all_keys, key) == all_keys.end()) all_keys.push_back(key);
    }
    schema["allOf"].push_back(rule_of(alternative));
  }
  // Where the kind is missing or unknown, no rule holds: then at least no stray key.
  schema["propertyNames"]["enum"] = all_keys;
  return schema;
}

}  // namespace cdnsim::config
