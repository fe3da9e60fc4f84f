// Writes any described struct as JSON that reads back as the same: only what differs from its
// defaults, keys in the order in which they are described.
// Does not know any struct, nor how the text is laid out (scenario_text.hpp).
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include <nlohmann/json.hpp>

#include <cdnsim/config/field_types.hpp>
#include <cdnsim/config/json_writer.hpp>

namespace cdnsim::config {

class SparseWriter {
 public:
  template <class T>
  static nlohmann::ordered_json write(const T& value) {
    SparseWriter writer(JsonWriter::write(standard_of(value)));
    // describe() is one function for readers and writers; a writer changes nothing.
    describe(writer, const_cast<T&>(value));  // NOLINT(cppcoreguidelines-pro-type-const-cast)
    return std::move(writer.object_);
  }

  // What describe() functions call.
  template <class T, class... Tags>
  void required(std::string_view key, T& field, std::string_view, const Tags&...) {
    object_[std::string(key)] = member(field);
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    if (!is_standard(key, field)) required(key, field, meaning);
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
          object_.update(write(alternative));
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
            object_[std::string(Kind::kKind)] = member(alternative);
          }
        },
        field);
  }
  void require(bool, std::string_view, std::string_view) {}

 private:
  explicit SparseWriter(nlohmann::json standard) : standard_(std::move(standard)) {}

  // What a reader starts from: the defaults, or those of the preset that is named.
  template <class T>
  static T standard_of(const T& value) {
    if constexpr (requires { T::presets(); }) {
      for (const T& preset : T::presets()) {
        if (preset.preset != value.preset) continue;
        T standard = preset;
        standard.preset = T{}.preset;
        return standard;
      }
    }
    return T{};
  }

  template <class T>
  bool is_standard(std::string_view key, T& field) const {
    if constexpr (OptionalType<T>) {
      if (!field) return true;  // no default has one where the scenario can have none
    }
    const auto known = standard_.find(std::string(key));
    return known != standard_.end() && *known == JsonWriter::member(field);
  }

  template <class T>
  static nlohmann::ordered_json member(T& field) {
    if constexpr (OptionalType<T>) {
      return member(*field);
    } else if constexpr (ListType<T>) {
      nlohmann::ordered_json list = nlohmann::ordered_json::array();
      for (auto& element : field) list.push_back(member(element));
      return list;
    } else if constexpr (MapType<T>) {
      nlohmann::ordered_json map = nlohmann::ordered_json::object();
      for (auto& [key, element] : field) map[key] = member(element);
      return map;
    } else if constexpr (VariantType<T>) {
      SparseWriter inner(nlohmann::json::object());
      inner.variant("kind", field, "");
      return std::move(inner.object_);
    } else if constexpr (!TextType<T> && DescribedFor<SparseWriter, T>) {
      return write(field);
    } else {
      return JsonWriter::member(field);
    }
  }

  nlohmann::json standard_;
  nlohmann::ordered_json object_ = nlohmann::ordered_json::object();
};

}  // namespace cdnsim::config
