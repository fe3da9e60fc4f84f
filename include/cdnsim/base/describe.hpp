// What a describe() function may say about a field beside its name, its place and its meaning.
// Does not know JSON nor schemas: a visitor reads these tags and does with them what it likes.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cdnsim {

// Bounds are compared with the field's own type: at_least(1u), at_most(100_Gbps). For a vector, map
// or optional they apply to each element.
template <class T>
struct AtLeast {
  T bound;
  constexpr bool allows(const T& value) const { return value >= bound; }
};
template <class T>
struct AtMost {
  T bound;
  constexpr bool allows(const T& value) const { return value <= bound; }
};
template <class T>
struct Above {
  T bound;
  constexpr bool allows(const T& value) const { return value > bound; }
};
template <class T>
struct Below {
  T bound;
  constexpr bool allows(const T& value) const { return value < bound; }
};

template <class T>
constexpr AtLeast<T> at_least(T bound) {
  return {bound};
}
template <class T>
constexpr AtMost<T> at_most(T bound) {
  return {bound};
}
template <class T>
constexpr Above<T> above(T bound) {
  return {bound};
}
template <class T>
constexpr Below<T> below(T bound) {
  return {bound};
}

// The field is a string out of a closed list, which may be known only at run time.
struct OneOf {
  std::vector<std::string_view> names;
};
inline OneOf one_of(std::vector<std::string_view> names) { return {std::move(names)}; }

// The string is one of the names found at these JSON pointers of the scenario: the keys of the
// object there or, for a pointer with a step *, the strings there
// (/network/client_networks/*/region).
struct RefersTo {
  std::vector<std::string_view> pointers;
  std::vector<std::string_view> words = {};  // allowed too: "nearest", "none"

  template <class... Words>
  RefersTo or_one_of(Words... more) const {
    return {pointers, {std::string_view(more)...}};
  }
};
template <class... Pointers>
RefersTo refers_to(Pointers... pointers) {
  return {{std::string_view(pointers)...}};
}

// The same of the keys of a map.
struct KeysReferTo {
  RefersTo target;
};
template <class... Pointers>
KeysReferTo keys_refer_to(Pointers... pointers) {
  return {refers_to(pointers...)};
}

// How many elements a vector or map has.
struct MinMembers {
  std::size_t count;
};
struct MaxMembers {
  std::size_t count;
};
constexpr MinMembers min_members(std::size_t count) { return {count}; }
constexpr MaxMembers max_members(std::size_t count) { return {count}; }

// A value to show in help, schema and messages.
struct Example {
  std::string_view text;
};
constexpr Example example(std::string_view text) { return {text}; }

// The number may be missing: NaN in the struct, null in a file.
struct OrNull {};
inline constexpr OrNull or_null{};

namespace detail {

template <class Tag>
inline constexpr bool kIsBound = false;
template <class T>
inline constexpr bool kIsBound<AtLeast<T>> = true;
template <class T>
inline constexpr bool kIsBound<AtMost<T>> = true;
template <class T>
inline constexpr bool kIsBound<Above<T>> = true;
template <class T>
inline constexpr bool kIsBound<Below<T>> = true;

template <class Tag, class... Others>
concept AnyOf = (std::is_same_v<Tag, Others> || ...);

}  // namespace detail

template <class Tag>
concept BoundTag = detail::kIsBound<Tag>;

// Speaks of a vector or map as a whole.
template <class Tag>
concept MembersTag = detail::AnyOf<Tag, KeysReferTo, MinMembers, MaxMembers>;

// Anything that may follow the description of a field.
template <class Tag>
concept OptionTag =
    BoundTag<Tag> ||
    detail::AnyOf<Tag, OneOf, RefersTo, KeysReferTo, MinMembers, MaxMembers, Example, OrNull>;

// An enum says its words by a function beside it, found by its argument:
//   constexpr auto enum_names(Role) {
//     return std::array{EnumName<Role>{Role::pop, "pop"}, EnumName<Role>{Role::shield, "shield"}};
//   }
template <class E>
struct EnumName {
  E value;
  std::string_view name;
};

template <class E>
concept NamedEnum = std::is_enum_v<E> && requires(E e) { enum_names(e); };

// The word for an enum's value; empty if the list lacks it.
template <NamedEnum E>
constexpr std::string_view enum_name(E value) {
  for (const EnumName<E>& entry : enum_names(value)) {
    if (entry.value == value) return entry.name;
  }
  return {};
}

}  // namespace cdnsim
