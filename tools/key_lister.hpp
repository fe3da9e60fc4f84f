// The keys of a described struct as lines of text: name, default or "required", meaning.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <cdnsim/config/field_types.hpp>
#include <fmt/format.h>

namespace cdnsim::tools {

class KeyLister {
 public:
  template <class T, class... Tags>
  void required(std::string_view key, T&, std::string_view meaning, const Tags&...) {
    add(key, "required", meaning);
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    add(key, default_of(field), meaning);
  }
  template <class T, class... Tags>
  void object(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    optional(key, field, meaning);
  }
  template <class T, class... Tags>
  void map(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    optional(key, field, meaning);
  }
  template <class... Kinds>
  void variant(std::string_view key, std::variant<Kinds...>&, std::string_view meaning) {
    add(key, "required", meaning);
  }
  template <class... Kinds>
  void optional_variant(std::string_view key, std::variant<Kinds...>& field,
                        std::string_view meaning) {
    add(key, std::visit([](const auto& kind) { return std::string(kind.kKind); }, field), meaning);
  }
  void require(bool, std::string_view, std::string_view) {}

  std::string text() const { return text_; }

 private:
  template <class T>
  static std::string default_of(const T& value) {
    if constexpr (config::TextType<T>) {
      return to_text(value);
    } else if constexpr (std::same_as<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (NamedEnum<T>) {
      return std::string(enum_name(value));
    } else if constexpr (std::same_as<T, std::string>) {
      return value;
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
      return config::bound_text(value);
    } else {
      return {};
    }
  }
  void add(std::string_view key, std::string_view value, std::string_view meaning) {
    text_ += fmt::format("  {:<14} {:<10} {}\n", key, value.empty() ? "-" : value, meaning);
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
