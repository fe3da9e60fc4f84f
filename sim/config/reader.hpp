// Fills a described struct from a document and reports everything that does not fit.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include <cdnsim/config/any_value.hpp>
#include <cdnsim/config/field_types.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/wanted.hpp>
#include <cdnsim/models/workload/file_path.hpp>

namespace cdnsim::config {

class Reader {
 public:
  // REQUIRES: both outlive this.
  Reader(const Document& document, Problems& problems) : document_(document), problems_(problems) {}

  template <class T>
  void read_document(T& out) {
    read(document_.root, out);
  }

  // What describe() functions call.
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
  // The alternative is named by `key`; its members stand beside it.
  template <class... Kinds>
  void variant(std::string_view key, std::variant<Kinds...>& field, std::string_view meaning);
  template <class... Kinds>
  void optional_variant(std::string_view key, std::variant<Kinds...>& field,
                        std::string_view meaning);
  // The alternative is the value of the one member that is named like it.
  template <class... Kinds>
  void choice(std::variant<Kinds...>& field, std::string_view meaning);
  // A rule over several fields; told only of objects whose fields are right by themselves.
  void require(bool holds, std::string_view key, std::string_view message);

 private:
  // The object whose members are being described.
  struct Scope {
    const Value& value;
    const Object& members;
    std::size_t problems_before;
    std::vector<std::string> known = {};
    bool keys_unknown = false;  // its kind is unknown, so nobody can say which keys it has
  };

  template <class Visit>
  void in_object(const Value& value, Visit visit);
  template <class Visit>
  void at_step(std::string_view step, Visit visit);

  const Member* take(std::string_view key);
  void missing(std::string_view key, std::string_view meaning, const std::string& wanted);
  void report_unknown_keys();
  void complain(const Value& value, std::string message);
  void wrong_type(const Value& value, const std::string& wanted);
  void unknown_name(const Value& value, std::string_view name,
                    const std::vector<std::string>& known);
  bool is_id(const Member& member);
  // Names that can be referred to; nothing where somebody else complains of the whole collection.
  using Names = std::optional<std::vector<std::string>>;
  const Names& names_at(std::string_view pointer);
  void check_name(Place place, std::string_view name, const RefersTo& target);

  template <class T, class... Tags>
  void read(const Value& value, T& out, const Tags&... tags);
  template <class T, class... Tags>
  void read_list(const Value& value, T& out, const Tags&... tags);
  template <class T, class... Tags>
  void read_map(const Value& value, T& out, const Tags&... tags);
  template <class T, class... Tags>
  void read_leaf(const Value& value, T& out, const Tags&... tags);
  template <class Kind, class... Kinds>
  void emplace_if(std::string_view name, bool& found, std::variant<Kinds...>& field);

  bool parse_leaf(const Value& value, bool& out);
  bool parse_leaf(const Value& value, std::string& out);
  bool parse_leaf(const Value& value, double& out);
  bool parse_leaf(const Value& value, FilePath& out);
  bool parse_leaf(const Value& value, AnyValue& out);
  bool parse_leaf(const Value& value, std::uint64_t& out);
  bool parse_leaf(const Value& value, std::int64_t& out);
  bool parse_leaf(const Value& value, std::uint32_t& out);
  template <NamedEnum E>
  bool parse_leaf(const Value& value, E& out);
  template <TextType T>
  bool parse_leaf(const Value& value, T& out);

  template <class T, class Tag>
  void check(const Value& value, const T& field, const Tag& tag);
  template <class T, class Tag>
  void check_members(const Value& value, const T& field, const Tag& tag);

  const Document& document_;
  Problems& problems_;
  std::string pointer_;
  Scope* scope_ = nullptr;
  std::map<std::string, Names, std::less<>> names_;
};

template <class Visit>
void Reader::at_step(std::string_view step, Visit visit) {
  const std::size_t length = pointer_.size();
  pointer_ += "/" + escaped(step);
  visit();
  pointer_.resize(length);
}

template <class Visit>
void Reader::in_object(const Value& value, Visit visit) {
  const Object* members = value.as<Object>();
  if (!members) {
    wrong_type(value, "an object");
    return;
  }
  Scope scope{value, *members, problems_.count()};
  Scope* const around = std::exchange(scope_, &scope);
  visit();
  report_unknown_keys();
  scope_ = around;
}

template <class T, OptionTag... Tags>
void Reader::required(std::string_view key, T& field, std::string_view meaning,
                      const Tags&... tags) {
  static_assert((fits<Tags, T>() && ...), "a tag that says nothing about a field of this type");
  if (const Member* member = take(key)) {
    at_step(key, [&] { read(member->value, field, tags...); });
  } else {
    missing(key, meaning, wanted<T>(tags...));
  }
}

template <class T, OptionTag... Tags>
void Reader::optional(std::string_view key, T& field, std::string_view meaning,
                      const Tags&... tags) {
  static_assert((fits<Tags, T>() && ...), "a tag that says nothing about a field of this type");
  if (const Member* member = take(key)) {
    at_step(key, [&] { read(member->value, field, tags...); });
  } else if ((lacks_members(field, tags) || ...)) {
    missing(key, meaning, wanted<T>(tags...));
  }
}

template <class Kind, class... Kinds>
void Reader::emplace_if(std::string_view name, bool& found, std::variant<Kinds...>& field) {
  if (name != Kind::kKind) return;
  found = true;
  if (!std::holds_alternative<Kind>(field)) field.template emplace<Kind>();
}

template <class... Kinds>
void Reader::variant(std::string_view key, std::variant<Kinds...>& field,
                     std::string_view meaning) {
  const Member* member = take(key);
  if (!member) {
    missing(key, meaning, one_of_text({std::string(Kinds::kKind)...}));
    scope_->keys_unknown = true;
    return;
  }
  std::string name;
  bool found = false;
  at_step(key, [&] {
    if (!parse_leaf(member->value, name)) {
      wrong_type(member->value, one_of_text({std::string(Kinds::kKind)...}));
      return;
    }
    (emplace_if<Kinds>(name, found, field), ...);
    if (!found) unknown_name(member->value, name, {std::string(Kinds::kKind)...});
  });
  if (found) {
    std::visit([&](auto& alternative) { describe(*this, alternative); }, field);
  } else {
    scope_->keys_unknown = true;
  }
}

template <class... Kinds>
void Reader::optional_variant(std::string_view key, std::variant<Kinds...>& field,
                              std::string_view meaning) {
  if (find(scope_->members, key)) {
    variant(key, field, meaning);
  } else {
    take(key);
    std::visit([&](auto& alternative) { describe(*this, alternative); }, field);
  }
}

template <class... Kinds>
void Reader::choice(std::variant<Kinds...>& field, std::string_view meaning) {
  std::vector<std::string> present;
  const auto look = [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (!std::same_as<Kind, std::monostate>) {
      const Member* member = take(Kind::kKind);
      if (!member) return;
      present.emplace_back(Kind::kKind);
      if (present.size() > 1) return;
      at_step(Kind::kKind, [&] { read(member->value, field.template emplace<Kind>()); });
    }
  };
  (look(std::type_identity<Kinds>{}), ...);
  constexpr bool kMayBeNone = (std::same_as<Kinds, std::monostate> || ...);
  if (present.empty() && !kMayBeNone) {
    complain(scope_->value, fmt::format("{} is missing: give one of {}", meaning,
                                        joined(choice_keys<Kinds...>())));
  } else if (present.size() > 1) {
    complain(scope_->value, fmt::format("only one of {} can be given", joined(present)));
  }
}

template <class T, class... Tags>
void Reader::read(const Value& value, T& out, const Tags&... tags) {
  if (value.is<Broken>()) return;
  if constexpr (OptionalType<T>) {
    read(value, out.emplace(), tags...);
  } else if constexpr (ListType<T>) {
    read_list(value, out, tags...);
  } else if constexpr (MapType<T>) {
    read_map(value, out, tags...);
  } else if constexpr (VariantType<T> && !TextType<T>) {
    in_object(value, [&] { variant("kind", out, "which kind it is"); });
  } else if constexpr (DescribedFor<Reader, T>) {
    in_object(value, [&] { describe(*this, out); });
  } else {
    read_leaf(value, out, tags...);
  }
}

template <class T, class... Tags>
void Reader::read_list(const Value& value, T& out, const Tags&... tags) {
  const Array* elements = value.as<Array>();
  if (!elements) {
    wrong_type(value, wanted<T>());
    return;
  }
  out.clear();
  for (std::size_t i = 0; i < elements->size(); ++i) {
    typename T::value_type element{};
    at_step(std::to_string(i), [&] { read((*elements)[i], element, tags...); });
    out.push_back(std::move(element));
  }
  (check_members(value, out, tags), ...);
}

template <class T, class... Tags>
void Reader::read_map(const Value& value, T& out, const Tags&... tags) {
  const Object* members = value.as<Object>();
  if (!members) {
    wrong_type(value, wanted<T>());
    return;
  }
  out.clear();
  for (const Member& member : *members) {
    at_step(member.key, [&] {
      if (is_id(member)) read(member.value, out[member.key], tags...);
    });
  }
  (check_members(value, out, tags), ...);
}

template <class T, class... Tags>
void Reader::read_leaf(const Value& value, T& out, const Tags&... tags) {
  T parsed{};
  const std::size_t before = problems_.count();
  if (!parse_leaf(value, parsed)) {
    if (problems_.count() == before) wrong_type(value, wanted<T>(tags...));
    return;
  }
  (check(value, parsed, tags), ...);
  if (problems_.count() == before) out = std::move(parsed);
}

// Returns false without a problem when the value is of another type, with one when it says nothing.
template <NamedEnum E>
bool Reader::parse_leaf(const Value& value, E& out) {
  const std::string* text = value.as<std::string>();
  if (!text) return false;
  std::vector<std::string> known;
  for (const EnumName<E>& entry : enum_names(E{})) {
    if (entry.name == *text) {
      out = entry.value;
      return true;
    }
    known.emplace_back(entry.name);
  }
  unknown_name(value, *text, known);
  return false;
}

template <TextType T>
bool Reader::parse_leaf(const Value& value, T& out) {
  if constexpr (NumericTextType<T>) {
    double number = 0;
    if (parse_leaf(value, number)) {
      if (number >= 0 && number <= 1) out = T(number);
      if (number < 0 || number > 1) complain(value, found(value) + " is not between 0 and 1");
      return number >= 0 && number <= 1;
    }
  }
  const std::string* text = value.as<std::string>();
  if (!text) return false;
  Parsed<T> parsed = parse<T>(*text);
  if (!parsed.value) {
    complain(value, std::move(parsed.problem));
    return false;
  }
  out = *std::move(parsed.value);
  return true;
}

template <class T, class Tag>
void Reader::check(const Value& value, const T& field, const Tag& tag) {
  if constexpr (BoundTag<Tag>) {
    const std::string broken = broken_bound(field, tag);
    if (!broken.empty()) complain(value, shown(value) + " " + broken);
  } else if constexpr (std::same_as<Tag, OneOf>) {
    const std::vector<std::string> known(tag.names.begin(), tag.names.end());
    if (std::ranges::find(known, field) == known.end()) unknown_name(value, field, known);
  } else if constexpr (std::same_as<Tag, RefersTo>) {
    check_name(value.place(), field, tag);
  }
}

template <class T, class Tag>
void Reader::check_members(const Value& value, const T& field, const Tag& tag) {
  if constexpr (std::same_as<Tag, MinMembers>) {
    if (field.size() < tag.count)
      complain(value, members_text(field.size(), "at least", tag.count));
  } else if constexpr (std::same_as<Tag, MaxMembers>) {
    if (field.size() > tag.count) complain(value, members_text(field.size(), "at most", tag.count));
  } else if constexpr (std::same_as<Tag, KeysReferTo> && MapType<T>) {
    for (const Member& member : *value.as<Object>()) {
      at_step(member.key, [&] { check_name(member.key_place, member.key, tag.target); });
    }
  }
}

}  // namespace cdnsim::config
