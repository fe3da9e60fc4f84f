// A law out of its text, as scenarios write it.
// Does not know what the law is about.
#pragma once

#include <string>

#include <cdnsim/base/text.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::test {

template <class Law>
Law law_of(const std::string& text) {
  const Parsed<Law> parsed = parse<Law>(text);
  INFO(text << ": " << parsed.problem);
  REQUIRE(parsed.value.has_value());
  return *parsed.value;
}

}  // namespace cdnsim::test
