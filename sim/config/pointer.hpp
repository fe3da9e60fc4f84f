// JSON pointers (RFC 6901): text and steps.
// Does not know the extensions that overrides have.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

// "a/b" -> "a~1b": a key as one step of a pointer.
std::string escaped(std::string_view key);
std::string unescaped(std::string_view step);

// "/a/b~1c" -> {"a", "b/c"}. REQUIRES: empty or begins with '/'.
std::vector<std::string> steps_of(std::string_view pointer);

// The step as an index into a list of `size` elements; `size` if it is none.
std::size_t index_of(std::string_view step, std::size_t size);

// The value there, or nullptr.
const Value* at_pointer(const Value& root, std::string_view pointer);

// Where the value stands; for one that was not written, the nearest thing around it that was.
Place place_of(const Value& root, std::string_view pointer);

}  // namespace cdnsim::config
