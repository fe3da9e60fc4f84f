#include <nlohmann/json.hpp>

#include <cdnsim/config/any_value.hpp>

namespace cdnsim::config {
namespace {

nlohmann::json as_json(const Value& value) {
  if (const Array* elements = value.as<Array>()) {
    nlohmann::json list = nlohmann::json::array();
    for (const Value& element : *elements) list.push_back(as_json(element));
    return list;
  }
  if (const Object* members = value.as<Object>()) {
    nlohmann::json object = nlohmann::json::object();
    for (const Member& member : *members) object[member.key] = as_json(member.value);
    return object;
  }
  return std::visit(
      []<class T>(const T& leaf) -> nlohmann::json {
        constexpr bool kIsNothing = std::same_as<T, Null> || std::same_as<T, Broken> ||
                                    std::same_as<T, Array> || std::same_as<T, Object>;
        if constexpr (kIsNothing) {
          return nullptr;
        } else {
          return leaf;
        }
      },
      value.data());
}

}  // namespace

std::string json_text(const Value& value) { return as_json(value).dump(); }

}  // namespace cdnsim::config
