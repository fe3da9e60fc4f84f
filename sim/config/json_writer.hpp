// Writes any described struct as JSON: results, and scenarios with everything filled in.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <cmath>
#include <string_view>
#include <variant>

#include <nlohmann/json.hpp>

#include <cdnsim/config/field_types.hpp>

namespace cdnsim::config {

// Keys are sorted, so the text of a value is canonical.
class JsonWriter {
 public:
  template <class T>
  static nlohmann::json write(const T& value) {
    JsonWriter writer;
    // describe() is one function for readers and writers; a writer changes nothing.
    return writer.value(const_cast<T&>(value));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  }

  // What describe() functions call.
  template <class T, class... Tags>
  void required(std::string_view key, T& field, std::string_view, const Tags&...) {
    if constexpr (OptionalType<T>) {
      if (!field) return;
      object_[std::string(key)] = value(*field);
    } else {
      object_[std::string(key)] = value(field);
    }
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    required(key, field, meaning);
  }
  template <class T, class... Tags>
  void object(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    required(key, field, meaning);
  }
  template <class T, class... Tags>
  void map(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    required(key, field, meaning);
  }
  template <class... Kinds>
  void variant(std::string_view key, std::variant<Kinds...>& field, std::string_view) {
    std::visit(
        [&](auto& alternative) {
          object_[std::string(key)] = std::string(alternative.kKind);
          describe(*this, alternative);
        },
        field);
  }
  template <class... Kinds>
  void optional_variant(std::string_view key, std::variant<Kinds...>& field,
                        std::string_view meaning) {
    variant(key, field, meaning);
  }
  template <class... Kinds>
  void choice(std::variant<Kinds...>& field, std::string_view) {
    std::visit(
        [&]<class Kind>(Kind& alternative) {
          if constexpr (!std::same_as<Kind, std::monostate>) {
            object_[std::string(Kind::kKind)] = value(alternative);
          }
        },
        field);
  }
  void require(bool, std::string_view, std::string_view) {}

  // A field alone.
  template <class T>
  static nlohmann::json member(T& field) {
    if constexpr (OptionalType<T>) {
      return field ? value(*field) : nlohmann::json();
    } else {
      return value(field);
    }
  }

 private:
  template <class T>
  static nlohmann::json value(T& field) {
    if constexpr (ListType<T>) {
      nlohmann::json list = nlohmann::json::array();
      for (auto& element : field) list.push_back(value(element));
      return list;
    } else if constexpr (MapType<T>) {
      nlohmann::json map = nlohmann::json::object();
      for (auto& [key, element] : field) map[key] = value(element);
      return map;
    } else if constexpr (TextType<T>) {
      return to_text(field);
    } else if constexpr (VariantType<T>) {
      JsonWriter inner;
      inner.variant("kind", field, "");
      return inner.object_;
    } else if constexpr (DescribedFor<JsonWriter, T>) {
      JsonWriter inner;
      describe(inner, field);
      return inner.object_;
    } else if constexpr (requires { enum_names(field); }) {
      for (const auto& entry : enum_names(field)) {
        if (entry.value == field) return std::string(entry.name);
      }
      return nullptr;
    } else if constexpr (std::floating_point<T>) {
      return std::isnan(field) ? nlohmann::json(nullptr) : nlohmann::json(field);
    } else {
      return field;
    }
  }

  nlohmann::json object_ = nlohmann::json::object();
};

}  // namespace cdnsim::config
