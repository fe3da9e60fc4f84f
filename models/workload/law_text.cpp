#include <charconv>
#include <system_error>

#include <cdnsim/models/workload/law_text.hpp>

namespace cdnsim {

bool read_number(std::string_view text, double low, double high, double& value) {
  const auto [end, error] =
      std::from_chars(text.data(), text.data() + text.size(), value, std::chars_format::fixed);
  return error == std::errc() && end == text.data() + text.size() && value >= low && value <= high;
}

std::map<std::string_view, std::string_view> law_parameters(std::string_view text) {
  std::map<std::string_view, std::string_view> found;
  while (true) {
    const std::size_t comma = text.find(',');
    const std::string_view item = text.substr(0, comma);
    const std::size_t equals = item.find('=');
    if (equals == std::string_view::npos) return {};
    if (!found.emplace(item.substr(0, equals), item.substr(equals + 1)).second) return {};
    if (comma == std::string_view::npos) return found;
    text = text.substr(comma + 1);
  }
}

}  // namespace cdnsim
