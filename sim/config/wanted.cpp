#include <cdnsim/config/wanted.hpp>

namespace cdnsim::config {

std::string joined(const std::vector<std::string>& names) {
  std::string text;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const bool last = i + 1 == names.size();
    text += (i == 0 ? "" : last ? " or " : ", ") + names[i];
  }
  return text;
}

std::string one_of_text(const std::vector<std::string>& names) {
  std::vector<std::string> in_quotes;
  for (const std::string& name : names) in_quotes.push_back(cdnsim::quoted(name));
  return (names.size() > 1 ? "one of " : "") + joined(in_quotes);
}

std::string members_text(std::size_t has, std::string_view relation, std::size_t bound) {
  return fmt::format("has {} {}; needs {} {}", has, has == 1 ? "entry" : "entries", relation,
                     bound);
}

std::string shown(const Value& value) {
  if (const std::string* text = value.as<std::string>()) return cdnsim::quoted(*text);
  const std::string text = found(value);
  return text.starts_with("the number ") ? text.substr(11) : text;
}

}  // namespace cdnsim::config
