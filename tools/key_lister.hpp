// The keys of a described struct as lines of text: name, default, meaning, how a value is written.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <concepts>
#include <string>
#include <string_view>
#include <variant>

#include <fmt/format.h>

#include <cdnsim/config/field_types.hpp>
#include <cdnsim/tools/table.hpp>

namespace cdnsim::tools {

// A visitor for describe().
class KeyLister {
 public:
  template <class T, class... Tags>
  void required(std::string_view key, T&, std::string_view meaning, const Tags&...) {
    add(key, "required", meaning, example_of<T>());
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    const std::string otherwise = default_of(field);
    add(key, otherwise, meaning, otherwise.empty() ? example_of<T>() : "");
  }
  template <class T, class... Tags>
  void object(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    optional(key, field, meaning);
  }
  template <class T, class... Tags>
  void map(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    optional(key, field, meaning);
  }
  void require(bool, std::string_view, std::string_view) {}

  std::string text() const { return text_; }

 private:
  template <class T>
  static std::string default_of(const T& value) {
    if constexpr (config::TextType<T>) {
      return to_text(value);
    } else if constexpr (NamedEnum<T>) {
      return std::string(enum_name(value));
    } else if constexpr (std::same_as<T, std::string>) {
      return value;
    } else if constexpr (std::same_as<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
      return config::bound_text(value);
    } else {
      return {};
    }
  }

  template <class T>
  static std::string example_of() {
    if constexpr (config::TextType<T>) {
      return fmt::format("; e.g. \"{}\"", UnitInfo<T>::kExample);
    } else {
      return {};
    }
  }

  void add(std::string_view key, std::string_view value, std::string_view meaning,
           const std::string& example) {
    constexpr std::size_t kIndent = 29;
    text_ += fmt::format("  {:<14} {:<11} ", key, value.empty() ? "-" : value) +
             wrapped(std::string(meaning) + example, kIndent) + '\n';
  }

  std::string text_;
};

template <class T>
std::string keys_of() {
  KeyLister lister;
  T defaults{};
  describe(lister, defaults);
  return lister.text();
}

}  // namespace cdnsim::tools
