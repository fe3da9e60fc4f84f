// Follows a JSON pointer through a described struct, to see whether a figure is there.
// Does not know any struct, and reads no value.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/config/field_types.hpp>

namespace cdnsim::config {

// What the maps and lists of a struct will hold, by pointer: a type does not say it.
struct KnownMembers {
  std::map<std::string, std::vector<std::string>> names;  // no names: anything
  std::map<std::string, std::size_t> sizes;
};

class FigureFinder {
 public:
  // What is wrong with the pointer; empty if it leads to a number.
  template <class T>
  static std::string problem_with(const std::string& pointer, const KnownMembers& known) {
    FigureFinder finder(pointer, known);
    finder.go<T>();
    return finder.problem_;
  }

  // What describe() functions call.
  template <class T, class... Tags>
  void required(std::string_view key, T&, std::string_view, const Tags&...) {
    if (entered_) return;
    keys_.emplace_back(key);
    if (key != steps_[at_]) return;
    ++at_;
    go<T>();
    entered_ = true;
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
  void require(bool, std::string_view, std::string_view) {}

 private:
  // REQUIRES: `known` outlives this.
  FigureFinder(const std::string& pointer, const KnownMembers& known);

  // Goes on from a value of type T.
  template <class T>
  void go() {
    constexpr bool kIsNumber = std::integral<T> || std::floating_point<T>;
    if constexpr (OptionalType<T>) {
      go<typename T::value_type>();
    } else if constexpr (DescribedFor<FigureFinder, T>) {
      go_object<T>();
    } else if constexpr (kHasMembers<T>) {
      if (enter_member(ListType<T>)) go<typename ElementOf<T>::Type>();
    } else {
      stop_at_leaf(kIsNumber && !std::same_as<T, bool>);
    }
  }

  template <class T>
  void go_object() {
    if (at_ == steps_.size()) return stop("is an object, not a figure");
    keys_.clear();
    entered_ = false;
    T value{};
    describe(*this, value);
    if (!entered_) stop_unknown(keys_);
    entered_ = true;  // whoever called this for a member is done with its others
  }

  bool enter_member(bool is_list);
  void stop_at_leaf(bool is_number);
  void stop_unknown(const std::vector<std::string>& names);
  void stop(const std::string& why);
  std::string here() const;

  std::vector<std::string> steps_;
  std::size_t at_ = 0;
  const KnownMembers& known_;
  bool entered_ = false;
  std::vector<std::string> keys_;  // of the object at hand
  std::string problem_;
};

}  // namespace cdnsim::config
