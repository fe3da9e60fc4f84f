// The types that fields of a described struct can have, told apart for the visitors.
// Does not know JSON.
#pragma once

#include <concepts>
#include <map>
#include <optional>
#include <string>
#include <type_traits>
#include <utility>
#include <variant>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/text.hpp>

namespace cdnsim::config {

template <class T, template <class...> class Template>
struct IsA : std::false_type {};
template <template <class...> class Template, class... Args>
struct IsA<Template<Args...>, Template> : std::true_type {};

template <class T>
concept OptionalType = IsA<T, std::optional>::value;
template <class T>
concept ListType = IsA<T, std::vector>::value;
template <class T>
concept MapType = IsA<T, std::map>::value && std::same_as<typename T::key_type, std::string>;
template <class T>
concept VariantType = IsA<T, std::variant>::value;
template <class T>
concept WholeType = std::integral<T> && !std::same_as<T, bool>;
// Written as text in the file: "100Gbps", "zipf:0.9".
template <class T>
concept TextType = !std::integral<T> && !std::floating_point<T> && requires { UnitInfo<T>::kName; };
// Text types that may be plain numbers too.
template <class T>
concept NumericTextType = std::same_as<T, Ratio>;

template <class V, class T>
concept DescribedFor = requires(V& visitor, T& value) { describe(visitor, value); };

// What the tags of a field speak of: the entries of lists and maps, the value of an optional.
template <class T>
struct ElementOf {
  using Type = T;
};
template <OptionalType T>
struct ElementOf<T> : ElementOf<typename T::value_type> {};
template <ListType T>
struct ElementOf<T> : ElementOf<typename T::value_type> {};
template <MapType T>
struct ElementOf<T> : ElementOf<typename T::mapped_type> {};

// One step of that: a list of lists has lists as members, and so has a map of lists.
template <class T>
struct MemberOf : ElementOf<T> {};
template <MapType T>
struct MemberOf<T> {
  using Type = typename T::mapped_type;
};
template <ListType T>
struct MemberOf<T> {
  using Type = typename T::value_type;
};

template <class T>
inline constexpr bool kHasMembers = ListType<T> || MapType<T>;

// Whether a tag makes sense for a field of this type.
template <class Tag, class T>
constexpr bool fits() {
  using Element = typename ElementOf<T>::Type;
  if constexpr (std::same_as<Tag, KeysReferTo>) {
    return MapType<T>;
  } else if constexpr (MembersTag<Tag>) {
    return kHasMembers<T>;
  } else if constexpr (std::same_as<Tag, OneOf> || std::same_as<Tag, RefersTo>) {
    return std::same_as<Element, std::string>;
  } else if constexpr (BoundTag<Tag>) {
    using Bound = decltype(Tag::bound);
    return std::same_as<Element, Bound> || (WholeType<Element> && WholeType<Bound>);
  } else {
    return true;
  }
}

// Whether the key must be there since its default has fewer members than it may have.
template <class T, class Tag>
bool lacks_members(const T& value, const Tag& tag) {
  if constexpr (std::same_as<Tag, MinMembers>) {
    return value.size() < tag.count;
  } else {
    return false;
  }
}

// Bounds as messages and schemas show them.
template <class T>
std::string bound_text(const T& bound) {
  if constexpr (std::floating_point<T>) {
    return decimal_text(bound);
  } else if constexpr (std::integral<T>) {
    return std::to_string(bound);
  } else {
    return to_text(bound);
  }
}

}  // namespace cdnsim::config
