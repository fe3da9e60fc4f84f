// Writes the JSON Schema (2020-12) of a described struct, from the functions that the reader uses.
// Does not know any struct.
#pragma once

#include <limits>
#include <optional>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <nlohmann/json.hpp>

#include <cdnsim/config/any_value.hpp>
#include <cdnsim/config/field_types.hpp>
#include <cdnsim/config/wanted.hpp>

namespace cdnsim::config {

// Keys keep the order in which they were added.
using Json = nlohmann::ordered_json;

// A patch stands in a file that extends another: it may leave out anything, and null removes.
enum class Form { full, patch };

namespace schema {

Json of_type(std::string_view type);
Json one_of_texts(const std::vector<std::string>& texts);
Json either(Json a, Json b);
// What may be a key of a map.
Json id();
// What extends another file is held against `patch`.
Json either_form(Json full, Json patch);
// An object of a type that may occur in several places.
Json named(std::string_view type, Form form, Json object);
// What occurs in several places goes to $defs, under the name of its type.
std::string document(std::string_view title, std::string_view id, const Json& schema);

}  // namespace schema

// The schema of one object, member by member.
class SchemaWriter {
 public:
  explicit SchemaWriter(Form form) : form_(form) {}

  template <class T, OptionTag... Tags>
  void required(std::string_view key, T& field, std::string_view meaning, const Tags&... tags);
  template <class T, OptionTag... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&... tags);
  template <class T, OptionTag... Tags>
  void object(std::string_view key, T& field, std::string_view meaning, const Tags&... tags) {
    optional(key, field, meaning, tags...);
  }
  template <class T, OptionTag... Tags>
  void map(std::string_view key, T& field, std::string_view meaning, const Tags&... tags) {
    optional(key, field, meaning, tags...);
  }
  template <class... Kinds>
  void variant(std::string_view key, std::variant<Kinds...>& field, std::string_view meaning);
  template <class... Kinds>
  void optional_variant(std::string_view key, std::variant<Kinds...>& field,
                        std::string_view meaning);
  template <class... Kinds>
  void choice(std::variant<Kinds...>& field, std::string_view meaning);
  void require(bool, std::string_view, std::string_view) {}  // a schema cannot say it

  // A member that no struct has: the reader of files takes care of it.
  void add_text(std::string_view key, std::string_view meaning);

  Json finish() const;

 private:
  // Of a variant: its members stand beside those of the object.
  struct Alternative {
    std::string kind;
    bool is_default;
    std::vector<std::string> keys;
    std::vector<std::string> required;
    Json members;
  };

  void add_member(std::string_view key, std::string_view meaning, Json schema);
  template <class... Kinds>
  void add_alternatives(std::string_view key, std::string_view meaning,
                        std::string_view default_kind);
  Json rule_of(const Alternative& alternative) const;
  Json choice_rule() const;
  void add_members_of_any_kind(Json& members) const;

  Form form_;
  Json members_ = Json::object();
  std::vector<std::string> keys_;
  std::vector<std::string> required_;
  std::string kind_key_;
  std::vector<Alternative> alternatives_;
  std::vector<std::string> choices_;
  bool choice_required_ = false;
};

// The schema of one value; `value` is the default, which says what an object's members default to.
template <class T, class... Tags>
Json value_schema(Form form, const T& value, const Tags&... tags);

// The last part of a type's name, as the source has it.
template <class T>
constexpr std::string_view type_name() {
  std::string_view text = std::source_location::current().function_name();
  text.remove_prefix(text.find("T = ") + 4);
  text = text.substr(0, text.find_first_of(";]"));
  const std::size_t colon = text.rfind("::");
  return colon == text.npos ? text : text.substr(colon + 2);
}

// What tags leave of a number's range.
template <class T>
struct Limits {
  std::optional<T> lowest;
  std::optional<T> highest;
  bool above_lowest = false;
  bool below_highest = false;

  template <class Bound>
  void narrow(const AtLeast<Bound>& tag) {
    lowest = static_cast<T>(tag.bound);
  }
  template <class Bound>
  void narrow(const AtMost<Bound>& tag) {
    highest = static_cast<T>(tag.bound);
  }
  template <class Bound>
  void narrow(const Above<Bound>& tag) {
    lowest = static_cast<T>(tag.bound);
    above_lowest = true;
  }
  template <class Bound>
  void narrow(const Below<Bound>& tag) {
    highest = static_cast<T>(tag.bound);
    below_highest = true;
  }
  template <class Other>
  void narrow(const Other&) {}

  void add_to(Json& schema) const {
    if (lowest) schema[above_lowest ? "exclusiveMinimum" : "minimum"] = *lowest;
    if (highest) schema[below_highest ? "exclusiveMaximum" : "maximum"] = *highest;
  }
};

template <class T, class... Tags>
Json number_schema(const Tags&... tags) {
  Limits<T> limits;
  if constexpr (WholeType<T>) {
    limits.lowest = std::numeric_limits<T>::min();
    limits.highest = std::numeric_limits<T>::max();
  }
  (limits.narrow(tags), ...);
  Json schema = schema::of_type(WholeType<T> ? "integer" : "number");
  limits.add_to(schema);
  if constexpr ((std::same_as<Tags, OrNull> || ...)) {
    return schema::either(std::move(schema), schema::of_type("null"));
  }
  return schema;
}

template <class T>
Json text_schema() {
  Json schema = schema::of_type("string");
  schema["pattern"] = UnitInfo<T>::kPattern;
  schema["examples"] = {UnitInfo<T>::kExample};
  return schema;
}

template <class... Tags>
Json string_schema(const Tags&... tags) {
  Json schema = schema::of_type("string");
  [[maybe_unused]] const auto add = [&]<class Tag>(const Tag& tag) {
    if constexpr (std::same_as<Tag, OneOf>) {
      schema["enum"] = tag.names;
    } else if constexpr (std::same_as<Tag, Example>) {
      schema["examples"] = {tag.text};
    }
  };
  (add(tags), ...);
  return schema;
}

template <class T, class... Tags>
Json leaf_schema(const Tags&... tags) {
  if constexpr (std::same_as<T, AnyValue>) {
    return Json::object();
  } else if constexpr (std::same_as<T, bool>) {
    return schema::of_type("boolean");
  } else if constexpr (NamedEnum<T>) {
    return schema::one_of_texts(names_of<T>());
  } else if constexpr (std::same_as<T, std::string>) {
    return string_schema(tags...);
  } else if constexpr (std::unsigned_integral<T>) {
    return schema::either(number_schema<T>(tags...), text_schema<std::uint64_t>());
  } else if constexpr (NumericTextType<T>) {
    return schema::either(number_schema<double>(at_least(0.0), at_most(1.0)), text_schema<T>());
  } else if constexpr (TextType<T>) {
    return text_schema<T>();
  } else {
    return number_schema<T>(tags...);
  }
}

template <class T, class... Tags>
Json members_schema(Form form, const Tags&... tags) {
  constexpr bool kIsList = ListType<T>;
  Json schema = schema::of_type(kIsList ? "array" : "object");
  Json entry = value_schema(form, typename MemberOf<T>::Type{}, tags...);
  if (!kIsList && form == Form::patch)
    entry = schema::either(std::move(entry), schema::of_type("null"));
  if (!kIsList) schema["propertyNames"] = schema::id();
  schema[kIsList ? "items" : "additionalProperties"] = std::move(entry);
  [[maybe_unused]] const auto add = [&]<class Tag>(const Tag& tag) {
    if constexpr (std::same_as<Tag, MinMembers>) {
      schema[kIsList ? "minItems" : "minProperties"] = tag.count;
    } else if constexpr (std::same_as<Tag, MaxMembers>) {
      schema[kIsList ? "maxItems" : "maxProperties"] = tag.count;
    }
  };
  // How many there are is known only after merging.
  if (kIsList || form == Form::full) (add(tags), ...);
  return schema;
}

template <class T, class... Tags>
Json value_schema(Form form, const T& value, const Tags&... tags) {
  if constexpr (OptionalType<T>) {
    return value_schema(form, value.value_or(typename T::value_type{}), tags...);
  } else if constexpr (kHasMembers<T>) {
    return members_schema<T>(form, tags...);
  } else if constexpr (VariantType<T> && !TextType<T>) {
    SchemaWriter writer(form);
    T kinds = value;
    writer.variant("kind", kinds, "which kind it is");
    return writer.finish();
  } else if constexpr (DescribedFor<SchemaWriter, T>) {
    SchemaWriter writer(form);
    T described = value;
    describe(writer, described);
    return schema::named(type_name<T>(), form, writer.finish());
  } else {
    return leaf_schema<T>(tags...);
  }
}

// Adds what is used when the key is not there.
template <class T>
void add_default(Json& schema, const T& value) {
  if constexpr (OptionalType<T>) {
    if (value) add_default(schema, *value);
  } else if constexpr (std::integral<T> || std::floating_point<T>) {
    schema["default"] = value;
  } else if constexpr (NamedEnum<T>) {
    schema["default"] = enum_name(value);
  } else if constexpr (std::same_as<T, std::string>) {
    if (!value.empty()) schema["default"] = value;
  } else if constexpr (TextType<T>) {
    if (const std::string text = to_text(value); !text.empty()) schema["default"] = text;
  }
}

template <class T, OptionTag... Tags>
void SchemaWriter::required(std::string_view key, T& field, std::string_view meaning,
                            const Tags&... tags) {
  required_.emplace_back(key);
  add_member(key, meaning, value_schema(form_, field, tags...));
}

template <class T, OptionTag... Tags>
void SchemaWriter::optional(std::string_view key, T& field, std::string_view meaning,
                            const Tags&... tags) {
  if ((lacks_members(field, tags) || ...)) required_.emplace_back(key);
  Json schema = value_schema(form_, field, tags...);
  add_default(schema, field);
  add_member(key, meaning, std::move(schema));
}

template <class... Kinds>
void SchemaWriter::add_alternatives(std::string_view key, std::string_view meaning,
                                    std::string_view default_kind) {
  kind_key_ = key;
  Json kinds = schema::one_of_texts({std::string(Kinds::kKind)...});
  if (!default_kind.empty()) kinds["default"] = default_kind;
  add_member(key, meaning, std::move(kinds));
  const auto add = [&]<class Kind>(std::type_identity<Kind>) {
    SchemaWriter own(form_);
    Kind defaults{};
    describe(own, defaults);
    alternatives_.push_back({std::string(Kind::kKind), Kind::kKind == default_kind,
                             std::move(own.keys_), std::move(own.required_),
                             std::move(own.members_)});
  };
  (add(std::type_identity<Kinds>{}), ...);
}

template <class... Kinds>
void SchemaWriter::variant(std::string_view key, std::variant<Kinds...>&,
                           std::string_view meaning) {
  required_.emplace_back(key);
  add_alternatives<Kinds...>(key, meaning, {});
}

template <class... Kinds>
void SchemaWriter::optional_variant(std::string_view key, std::variant<Kinds...>& field,
                                    std::string_view meaning) {
  const auto kind = [](const auto& alternative) {
    return std::remove_cvref_t<decltype(alternative)>::kKind;
  };
  add_alternatives<Kinds...>(key, meaning, std::visit(kind, field));
}

template <class... Kinds>
void SchemaWriter::choice(std::variant<Kinds...>&, std::string_view meaning) {
  choice_required_ = !(std::same_as<Kinds, std::monostate> || ...);
  const auto add = [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (!std::same_as<Kind, std::monostate>) {
      choices_.emplace_back(Kind::kKind);
      add_member(Kind::kKind, meaning, value_schema(form_, Kind{}));
    }
  };
  (add(std::type_identity<Kinds>{}), ...);
}

// The schema of a whole document.
template <class T>
std::string document_schema(std::string_view title, std::string_view id) {
  return schema::document(title, id, value_schema(Form::full, T{}));
}

// The schema of a file that may extend another.
template <class T>
std::string file_schema(std::string_view title, std::string_view id) {
  const auto form = [](Form which) {
    SchemaWriter writer(which);
    writer.add_text("$schema", "for editors; not read");
    if (which == Form::patch) {
      writer.add_text("extends", "the file that this one changes, relative to this one");
    }
    T value{};
    describe(writer, value);
    return writer.finish();
  };
  return schema::document(title, id, schema::either_form(form(Form::full), form(Form::patch)));
}

}  // namespace cdnsim::config
