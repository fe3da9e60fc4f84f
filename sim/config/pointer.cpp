#include <charconv>

#include <cdnsim/base/check.hpp>
#include <cdnsim/config/pointer.hpp>

namespace cdnsim::config {
namespace {

const Value* step_into(const Value& value, std::string_view step) {
  if (const Object* object = value.as<Object>()) {
    const Member* member = find(*object, step);
    return member ? &member->value : nullptr;
  }
  if (const Array* array = value.as<Array>()) {
    const std::size_t index = index_of(step, array->size());
    return index < array->size() ? &(*array)[index] : nullptr;
  }
  return nullptr;
}

}  // namespace

std::string escaped(std::string_view key) {
  std::string step;
  for (const char c : key) {
    if (c == '~') {
      step += "~0";
    } else if (c == '/') {
      step += "~1";
    } else {
      step += c;
    }
  }
  return step;
}

std::string unescaped(std::string_view step) {
  std::string key;
  for (std::size_t i = 0; i < step.size(); ++i) {
    const bool escape = step[i] == '~' && i + 1 < step.size();
    if (escape && step[i + 1] == '0') {
      key += '~';
      ++i;
    } else if (escape && step[i + 1] == '1') {
      key += '/';
      ++i;
    } else {
      key += step[i];
    }
  }
  return key;
}

std::vector<std::string> steps_of(std::string_view pointer) {
  CDNSIM_ASSERT(pointer.empty() || pointer.front() == '/', "a JSON pointer begins with /");
  std::vector<std::string> steps;
  while (!pointer.empty()) {
    const std::size_t end = pointer.find('/', 1);
    steps.push_back(unescaped(pointer.substr(1, end == pointer.npos ? end : end - 1)));
    pointer = end == pointer.npos ? std::string_view{} : pointer.substr(end);
  }
  return steps;
}

std::size_t index_of(std::string_view step, std::size_t size) {
  const bool padded = step.size() > 1 && step.front() == '0';
  std::size_t index = 0;
  const auto [end, error] = std::from_chars(step.data(), step.data() + step.size(), index);
  const bool whole = error == std::errc{} && end == step.data() + step.size();
  return whole && !padded && index < size ? index : size;
}

const Value* at_pointer(const Value& root, std::string_view pointer) {
  const Value* value = &root;
  for (const std::string& step : steps_of(pointer)) {
    value = step_into(*value, step);
    if (!value) return nullptr;
  }
  return value;
}

Place place_of(const Value& root, std::string_view pointer) {
  const Value* value = &root;
  for (const std::string& step : steps_of(pointer)) {
    const Value* next = step_into(*value, step);
    if (!next) break;
    value = next;
  }
  return value->place();
}

}  // namespace cdnsim::config
