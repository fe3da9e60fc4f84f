// A JSON value that knows where it was written.
// Does not know how it was read, nor what it means.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace cdnsim::config {

// Where something was written. Line 0: the source as a whole (an override has no lines).
struct Place {
  std::uint32_t source = 0;  // index into Sources
  std::uint32_t line = 0;
  std::uint32_t column = 0;  // in characters, from 1

  friend auto operator<=>(const Place&, const Place&) = default;
};

struct Member;
class Value;

struct Null {};
// A value that a problem was reported for already; nobody is to complain again.
struct Broken {};
using Array = std::vector<Value>;
// Sorted by key, no key twice.
using Object = std::vector<Member>;

class Value {
 public:
  using Data = std::variant<Null, Broken, bool, std::int64_t, std::uint64_t, double, std::string,
                            Array, Object>;

  // All in value.cpp, where Member is complete.
  Value();
  Value(Data data, Place place);
  Value(const Value& other);
  Value(Value&& other) noexcept;
  Value& operator=(const Value& other);
  Value& operator=(Value&& other) noexcept;
  ~Value();

  const Place& place() const { return place_; }
  void set_place(Place place) { place_ = place; }
  const Data& data() const { return data_; }
  template <class T>
  bool is() const {
    return std::holds_alternative<T>(data_);
  }
  template <class T>
  const T* as() const {
    return std::get_if<T>(&data_);
  }
  template <class T>
  T* as() {
    return std::get_if<T>(&data_);
  }

 private:
  Data data_;
  Place place_;
};

struct Member {
  std::string key;
  Place key_place;
  Value value;
};

const Member* find(const Object& object, std::string_view key);
Member* find(Object& object, std::string_view key);
// REQUIRES: the key is not there.
Member& insert(Object& object, Member member);

// What a person would call it: `the number 5`, `the text "abc"`, `a list`.
std::string found(const Value& value);

}  // namespace cdnsim::config
