// A field that takes whatever JSON stands there, for whoever hands it on: the values of a sweep.
// Does not know what the value is for.
#pragma once

#include <string>

#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

struct AnyValue {
  std::string json = "null";  // on one line, keys sorted: equal values have equal texts
  friend bool operator==(const AnyValue&, const AnyValue&) = default;
};

std::string json_text(const Value& value);

}  // namespace cdnsim::config
