// A scenario's text as one tree: the file, what it extends, and the overrides.
// Does not know which keys a scenario has.
#pragma once

#include <filesystem>
#include <span>
#include <string>
#include <vector>

#include <cdnsim/config/value.hpp>

namespace cdnsim::config {

class Problems;

inline constexpr std::size_t kFileBytesMax = 16 << 20;

struct Document {
  std::vector<std::string> sources;  // names as the user gave them; places hold indices
  Value root;
};

// Each of these tells `problems` what is wrong; false: there is no tree to go on with.
bool read_with_bases(const std::filesystem::path& file, Document& document, Problems& problems);
bool read_text(std::string name, std::string_view text, Document& document, Problems& problems);

// RFC 7396: members of `patch` replace those of `base`, null removes one.
Value merged(Value base, Value patch);

}  // namespace cdnsim::config
