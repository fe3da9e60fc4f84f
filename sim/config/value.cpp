#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/value.hpp>

namespace cdnsim::config {
namespace {

struct Describe {
  std::string operator()(Null) const { return "null"; }
  std::string operator()(Broken) const { return "something broken"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return fmt::format("the number {}", value); }
  std::string operator()(std::uint64_t value) const { return fmt::format("the number {}", value); }
  std::string operator()(double value) const { return fmt::format("the number {}", value); }
  std::string operator()(const std::string& text) const {
    return "the text " + cdnsim::quoted(text);
  }
  std::string operator()(const Array&) const { return "a list"; }
  std::string operator()(const Object&) const { return "an object"; }
};

}  // namespace

Value::Value() = default;
Value::Value(Data data, Place place) : data_(std::move(data)), place_(place) {}
Value::Value(const Value& other) = default;
Value::Value(Value&& other) noexcept = default;
Value& Value::operator=(const Value& other) = default;
Value& Value::operator=(Value&& other) noexcept = default;
Value::~Value() = default;

Member* find(Object& object, std::string_view key) {
  const auto at = std::ranges::lower_bound(object, key, std::less<>{}, &Member::key);
  return at != object.end() && at->key == key ? &*at : nullptr;
}

const Member* find(const Object& object, std::string_view key) {
  const auto at = std::ranges::lower_bound(object, key, std::less<>{}, &Member::key);
  return at != object.end() && at->key == key ? &*at : nullptr;
}

Member& insert(Object& object, Member member) {
  const auto at = std::ranges::lower_bound(object, member.key, std::less<>{}, &Member::key);
  CDNSIM_ASSERT(at == object.end() || at->key != member.key, "a key can be inserted once");
  return *object.insert(at, std::move(member));
}

std::string found(const Value& value) { return std::visit(Describe{}, value.data()); }

}  // namespace cdnsim::config
