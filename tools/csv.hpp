// A field of a CSV line, quoted where RFC 4180 asks for it.
// Does not know what the columns mean.
#pragma once

#include <string>

namespace cdnsim::tools {

inline std::string csv_field(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string field = "\"";
  for (const char c : text) field += c == '"' ? std::string("\"\"") : std::string(1, c);
  return field + "\"";
}

}  // namespace cdnsim::tools
