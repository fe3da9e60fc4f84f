// Sentences of the reader: what a field wants, what is wrong with what it got.
// Does not know where in the document it is.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include <cdnsim/config/any_value.hpp>
#include <cdnsim/config/field_types.hpp>
#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

// `a, b or c`
std::string joined(const std::vector<std::string>& names);
// `one of "a", "b" or "c"`
std::string one_of_text(const std::vector<std::string>& names);
// `has 0 entries; needs at least 1`
std::string members_text(std::size_t has, std::string_view relation, std::size_t bound);
// A leaf as it stands in the file.
std::string shown(const Value& value);

constexpr std::string_view example_among() { return {}; }
template <class Tag, class... Tags>
constexpr std::string_view example_among(const Tag& tag, const Tags&... tags) {
  if constexpr (std::same_as<Tag, Example>) {
    return tag.text;
  } else {
    return example_among(tags...);
  }
}

template <NamedEnum E>
std::vector<std::string> names_of() {
  std::vector<std::string> names;
  for (const EnumName<E>& entry : enum_names(E{})) names.emplace_back(entry.name);
  return names;
}

template <class... Kinds>
std::vector<std::string> choice_keys() {
  std::vector<std::string> keys;
  const auto add = [&]<class Kind>(std::type_identity<Kind>) {
    if constexpr (!std::same_as<Kind, std::monostate>) keys.emplace_back(Kind::kKind);
  };
  (add(std::type_identity<Kinds>{}), ...);
  return keys;
}

// `a rate, e.g. "100Gbps"`
template <class T, class... Tags>
std::string wanted(const Tags&... tags) {
  const std::string_view own = example_among(tags...);
  const auto with = [&](std::string_view what, std::string_view example) {
    return fmt::format("{}, e.g. {}", what, own.empty() ? example : own);
  };
  if constexpr (OptionalType<T>) {
    return wanted<typename T::value_type>(tags...);
  } else if constexpr (std::same_as<T, bool>) {
    return "true or false";
  } else if constexpr (NamedEnum<T>) {
    return one_of_text(names_of<T>());
  } else if constexpr (WholeType<T>) {
    return with("a whole number", "24");
  } else if constexpr (std::floating_point<T>) {
    return with("a number", "0.5");
  } else if constexpr (TextType<T>) {
    return with(UnitInfo<T>::kName, cdnsim::quoted(UnitInfo<T>::kExample));
  } else if constexpr (std::same_as<T, AnyValue>) {
    return with("a value", "\"2GB\"");
  } else if constexpr (std::same_as<T, std::string>) {
    return own.empty() ? "text in quotes" : with("text in quotes", own);
  } else if constexpr (ListType<T>) {
    return "a list in [...]";
  } else if constexpr (MapType<T>) {
    return "an object keyed by name";
  } else {
    return "an object";
  }
}

// Bounds of whole numbers may be written as another whole type: at_least(1).
template <class T, class Bound>
constexpr bool less(const T& a, const Bound& b) {
  if constexpr (WholeType<T>) {
    return std::cmp_less(a, b);
  } else {
    return a < b;
  }
}

// What is wrong with a value outside of its bound; empty if nothing is.
template <class T, class Bound>
std::string broken_bound(const T& value, const AtLeast<Bound>& tag) {
  return less(value, tag.bound) ? "is too small; at least " + bound_text(tag.bound) : "";
}
template <class T, class Bound>
std::string broken_bound(const T& value, const AtMost<Bound>& tag) {
  return less(tag.bound, value) ? "is too large; at most " + bound_text(tag.bound) : "";
}
template <class T, class Bound>
std::string broken_bound(const T& value, const Above<Bound>& tag) {
  return less(tag.bound, value) ? "" : "is too small; more than " + bound_text(tag.bound);
}
template <class T, class Bound>
std::string broken_bound(const T& value, const Below<Bound>& tag) {
  return less(value, tag.bound) ? "" : "is too large; less than " + bound_text(tag.bound);
}

}  // namespace cdnsim::config
