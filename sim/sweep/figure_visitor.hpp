// The figures of a described struct as fields of a row: what stands in no list, by its pointer.
// Does not know any struct: describe() functions say what there is.
#pragma once

#include <cmath>
#include <concepts>
#include <string>
#include <string_view>
#include <utility>

#include <cdnsim/config/field_types.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/sweep/cell.hpp>

namespace cdnsim::sweep {

// A visitor for describe(). It changes nothing of what it visits.
class FigureVisitor {
 public:
  // REQUIRES: `row` outlives this.
  FigureVisitor(Row& row, std::string at, bool with_texts)
      : row_(row), at_(std::move(at)), with_texts_(with_texts) {}

  template <class T, class... Tags>
  void required(std::string_view key, T& field, std::string_view, const Tags&...) {
    add(key, field);
  }
  template <class T, class... Tags>
  void optional(std::string_view key, T& field, std::string_view, const Tags&...) {
    add(key, field);
  }
  template <class T, class... Tags>
  void object(std::string_view key, T& field, std::string_view, const Tags&...) {
    add(key, field);
  }
  template <class T, class... Tags>
  void map(std::string_view key, T& field, std::string_view, const Tags&...) {
    add(key, field);
  }
  void require(bool, std::string_view, std::string_view) {}

 private:
  template <class T>
  void add(std::string_view key, T& field) {
    if constexpr (config::OptionalType<T>) {
      if (field) add(key, *field);
    } else if constexpr (config::MapType<T>) {
      FigureVisitor inside(row_, at_ + config::escaped(key) + "/", with_texts_);
      for (auto& [name, member] : field) inside.add(name, member);
    } else if constexpr (config::DescribedFor<FigureVisitor, T>) {
      FigureVisitor inside(row_, at_ + config::escaped(key) + "/", with_texts_);
      describe(inside, field);
    } else if constexpr (!config::ListType<T>) {
      add_leaf(at_ + config::escaped(key), field);
    }
  }

  template <class T>
  void add_leaf(std::string pointer, const T& leaf) {
    if constexpr (std::integral<T>) {
      const bool fits = std::in_range<std::int64_t>(static_cast<std::uint64_t>(leaf)) || leaf < T{};
      row_.emplace_back(std::move(pointer),
                        fits ? Cell(static_cast<std::int64_t>(leaf)) : std::to_string(leaf));
    } else if constexpr (std::floating_point<T>) {
      row_.emplace_back(std::move(pointer), std::isnan(leaf) ? Cell() : Cell(leaf));
    } else if constexpr (std::same_as<T, std::string>) {
      if (with_texts_) row_.emplace_back(std::move(pointer), leaf);
    } else if constexpr (NamedEnum<T>) {
      if (with_texts_) row_.emplace_back(std::move(pointer), std::string(enum_name(leaf)));
    } else {
      if (with_texts_) row_.emplace_back(std::move(pointer), to_text(leaf));
    }
  }

  Row& row_;
  std::string at_;
  bool with_texts_;
};

}  // namespace cdnsim::sweep
