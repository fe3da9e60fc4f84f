// The values of a described struct as lines of text: key and figure.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/config/field_types.hpp>

namespace cdnsim::tools {

struct KeyFigure {
  std::string key, text;
};

template <class T>
std::vector<KeyFigure> figures_of(const T& described);

// A visitor for describe().
class KeyFigures {
 public:
  template <class T, class... Tags>
  void required(std::string_view key, T& field, std::string_view, const Tags&...) {
    figures_.push_back({std::string(key), text_of(field)});
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view meaning, const Tags&...) {
    required(key, field, meaning);
  }
  void require(bool, std::string_view, std::string_view) {}

  std::vector<KeyFigure> take() { return std::move(figures_); }

 private:
  template <class T>
  static std::string text_of(const T& value) {
    if constexpr (config::OptionalType<T>) {
      return value ? text_of(*value) : "-";
    } else if constexpr (config::ListType<T>) {
      std::string list;
      for (const auto& entry : value) list += (list.empty() ? "" : ", ") + text_of(entry);
      return list;
    } else if constexpr (config::TextType<T>) {
      return to_text(value);
    } else if constexpr (std::same_as<T, std::string>) {
      return value;
    } else if constexpr (std::same_as<T, bool>) {
      return value ? "true" : "false";
    } else if constexpr (std::integral<T> || std::floating_point<T>) {
      return config::bound_text(value);
    } else {
      std::string parts;
      for (const KeyFigure& figure : figures_of(value)) {
        parts += (parts.empty() ? "" : " ") + figure.text;
      }
      return parts;
    }
  }

  std::vector<KeyFigure> figures_;
};

template <class T>
std::vector<KeyFigure> figures_of(const T& described) {
  KeyFigures figures;
  T copy = described;
  describe(figures, copy);
  return figures.take();
}

}  // namespace cdnsim::tools
