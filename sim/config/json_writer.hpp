// Writes any described struct as JSON: results, and scenarios with everything filled in or, as
// people write them, with only what differs from the defaults.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include <cdnsim/config/field_types.hpp>

namespace cdnsim::config {

enum class Written { all, differing };

template <class Json, Written kWritten>
class StructWriter {
 public:
  template <class T>
  static Json write(const T& field) {
    // describe() is one function for readers and writers; a writer changes nothing.
    return value(const_cast<T&>(field));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
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
    if constexpr (kWritten == Written::differing) {
      if (is_standard(key, field)) return;
    }
    required(key, field, meaning);
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
  void variant(std::string_view key, std::variant<Kinds...>& field, std::string_view) {
    std::visit(
        [&](auto& alternative) {
          object_[std::string(key)] = std::string(alternative.kKind);
          object_.update(value(alternative));
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

 private:
  using Everything = StructWriter<nlohmann::json, Written::all>;

  // What a reader starts from: the defaults, or those of the preset that is named.
  template <class T>
  static T standard_of(const T& field) {
    if constexpr (requires { T::presets(); }) {
      for (const T& preset : T::presets()) {
        if (preset.preset != field.preset) continue;
        T standard = preset;
        standard.preset = T{}.preset;
        return standard;
      }
    }
    return T{};
  }

  template <class T>
  bool is_standard(std::string_view key, T& field) const {
    const auto known = standard_.find(std::string(key));
    if constexpr (OptionalType<T>) {
      if (!field) return true;  // no default has one where the scenario can have none
      return known != standard_.end() && *known == Everything::write(*field);
    } else {
      return known != standard_.end() && *known == Everything::write(field);
    }
  }

  template <class T>
  static Json value(T& field) {
    if constexpr (ListType<T>) {
      Json list = Json::array();
      for (auto& element : field) list.push_back(value(element));
      return list;
    } else if constexpr (MapType<T>) {
      Json map = Json::object();
      for (auto& [key, element] : field) map[key] = value(element);
      return map;
    } else if constexpr (TextType<T>) {
      return to_text(field);
    } else if constexpr (VariantType<T>) {
      StructWriter inner;
      inner.variant("kind", field, "");
      return inner.object_;
    } else if constexpr (DescribedFor<StructWriter, T>) {
      StructWriter inner;
      if constexpr (kWritten == Written::differing) {
        inner.standard_ = Everything::write(standard_of(field));
      }
      describe(inner, field);
      return std::move(inner.object_);
    } else if constexpr (requires { enum_names(field); }) {
      for (const auto& entry : enum_names(field)) {
        if (entry.value == field) return std::string(entry.name);
      }
      return nullptr;
    } else if constexpr (std::floating_point<T>) {
      return std::isnan(field) ? Json(nullptr) : Json(field);
    } else {
      return field;
    }
  }

  nlohmann::json standard_;
  Json object_ = Json::object();
};

// Keys are sorted, so the text of a value is canonical.
using JsonWriter = StructWriter<nlohmann::json, Written::all>;
// Reads back as the same; keys in the order in which they are described.
using SparseWriter = StructWriter<nlohmann::ordered_json, Written::differing>;

}  // namespace cdnsim::config
