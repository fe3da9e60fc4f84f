#include <optional>

#include <fmt/format.h>

#include <cdnsim/base/nearest_name.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/json_parser.hpp>
#include <cdnsim/config/override.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/suggest.hpp>

namespace cdnsim::config {
namespace {

constexpr std::size_t kShownBytesMax = 120;

std::string cut_to_shown(const std::string& text) {
  std::string shown = text.substr(0, kShownBytesMax);
  if (shown.size() < text.size()) shown += "...";
  return shown;
}

struct Filter {
  std::string member;
  std::string text;
};

struct Step {
  std::string key;
  std::vector<Filter> filters;  // not empty: those members of the value at `key`
};

struct Override {
  std::vector<Step> steps;
  std::string value;
};

// The first of `marks` outside of [...].
std::size_t find_outside(std::string_view text, std::string_view marks, std::size_t from = 0) {
  bool inside = false;
  for (std::size_t i = from; i < text.size(); ++i) {
    if (text[i] == '[') inside = true;
    if (text[i] == ']') inside = false;
    if (!inside && marks.find(text[i]) != marks.npos) return i;
  }
  return text.npos;
}

// "pops[tier=2][region=eu]"; nothing if the brackets make no sense.
std::optional<Step> parse_step(std::string_view text) {
  const std::size_t bracket = text.find('[');
  Step step{unescaped(text.substr(0, bracket)), {}};
  if (bracket == text.npos) return step;
  text.remove_prefix(bracket);
  while (!text.empty()) {
    const std::size_t equals = text.find('=');
    const std::size_t end = text.find(']');
    if (text.front() != '[' || equals > end || end == text.npos || equals == 1) return std::nullopt;
    step.filters.push_back({unescaped(text.substr(1, equals - 1)),
                            unescaped(text.substr(equals + 1, end - equals - 1))});
    text.remove_prefix(end + 1);
  }
  return step;
}

class OverrideParser {
 public:
  // Nothing if it makes no sense; `problem` then says why.
  std::optional<Override> parse(std::string_view text);
  std::string problem;

 private:
  std::optional<Override> fail(std::string why) {
    problem = std::move(why);
    return std::nullopt;
  }
};

std::optional<Override> OverrideParser::parse(std::string_view text) {
  if (!is_utf8(text)) return fail("this is not valid UTF-8");
  const std::size_t equals = find_outside(text, "=");
  if (equals == text.npos) return fail("there is no value; write PATH=VALUE, e.g. /seed=7");
  std::string_view path = text.substr(0, equals);
  if (!path.starts_with('/')) return fail("a path begins with /, e.g. /caching/edge/policy=sieve");
  Override result{{}, std::string(text.substr(equals + 1))};
  while (!path.empty()) {
    const std::size_t end = find_outside(path, "/", 1);
    std::optional<Step> step = parse_step(path.substr(1, end == path.npos ? end : end - 1));
    if (!step)
      return fail("a filter is written [member=text], e.g. /network/pops[tier=2]/servers=48");
    result.steps.push_back(*std::move(step));
    path = end == path.npos ? std::string_view{} : path.substr(end);
  }
  if (!result.steps.back().filters.empty()) {
    return fail(
        "a filter must be followed by what is to change, e.g. /network/pops[tier=2]/servers=48");
  }
  if (result.steps.size() > kNestingMax) return fail("this path is too long");
  return result;
}

bool same_text(const Value& value, const std::string& text) {
  if (const std::string* own = value.as<std::string>()) return *own == text;
  if (const bool* own = value.as<bool>()) return text == (*own ? "true" : "false");
  if (const auto* own = value.as<std::int64_t>()) return text == fmt::format("{}", *own);
  if (const auto* own = value.as<std::uint64_t>()) return text == fmt::format("{}", *own);
  if (const double* own = value.as<double>()) return text == fmt::format("{}", *own);
  return false;
}

bool passes(const Value& value, const std::vector<Filter>& filters) {
  const Object* object = value.as<Object>();
  for (const Filter& filter : filters) {
    const Member* member = object ? find(*object, filter.member) : nullptr;
    if (!member || !same_text(member->value, filter.text)) return false;
  }
  return true;
}

std::vector<std::string> keys_of(const Object& object) {
  std::vector<std::string> keys;
  for (const Member& member : object) keys.push_back(member.key);
  return keys;
}

// Walks to every place that the path means and puts the value there.
class Setter {
 public:
  Setter(const Override& change, const Value& value, Problems& problems)
      : change_(change), value_(value), problems_(problems) {}

  void set(Value& root) { go(root, 0, ""); }
  std::vector<MadeByOverride> made() { return std::move(made_); }

 private:
  void go(Value& at, std::size_t depth, const std::string& pointer);
  void go_to_members(Value& at, std::size_t depth, const std::string& pointer);
  void go_to_key(Object& object, std::size_t depth, const std::string& pointer);
  void go_to_index(Array& array, std::size_t depth, const std::string& pointer);
  void remove(Object& object, const std::string& key, const std::string& pointer);
  template <class Visit>
  std::size_t each(Value& at, const std::string& pointer, Visit visit);
  void filter(Value& at, std::size_t depth, const std::string& pointer);
  void complain(const std::string& pointer, std::string message) {
    problems_.add(value_.place(), pointer, std::move(message));
  }

  const Override& change_;
  const Value& value_;
  Problems& problems_;
  std::vector<MadeByOverride> made_;
};

void Setter::go(Value& at, std::size_t depth, const std::string& pointer) {
  if (depth == change_.steps.size()) {
    at = value_;
  } else if (change_.steps[depth].key == "*") {
    go_to_members(at, depth, pointer);
  } else if (Object* object = at.as<Object>()) {
    go_to_key(*object, depth, pointer);
  } else if (Array* array = at.as<Array>()) {
    go_to_index(*array, depth, pointer);
  } else if (!at.is<Broken>()) {
    complain(pointer, fmt::format("found {}, which has no members", found(at)));
  }
}

template <class Visit>
std::size_t Setter::each(Value& at, const std::string& pointer, Visit visit) {
  std::size_t visited = 0;
  if (Object* object = at.as<Object>()) {
    for (Member& member : *object) {
      visited += visit(member.value, pointer + "/" + escaped(member.key)) ? 1 : 0;
    }
  } else if (Array* array = at.as<Array>()) {
    for (std::size_t i = 0; i < array->size(); ++i) {
      visited += visit((*array)[i], fmt::format("{}/{}", pointer, i)) ? 1 : 0;
    }
  }
  return visited;
}

void Setter::go_to_members(Value& at, std::size_t depth, const std::string& pointer) {
  const bool removes = depth + 1 == change_.steps.size() && value_.is<Null>();
  if (removes) {
    complain(pointer, "null can remove one member, not every one; remove what holds them");
    return;
  }
  const std::size_t visited = each(at, pointer, [&](Value& member, const std::string& inside) {
    if (!passes(member, change_.steps[depth].filters)) return false;
    go(member, depth + 1, inside);
    return true;
  });
  if (visited == 0) complain(pointer, "there is nothing in here that * could mean");
}

void Setter::filter(Value& at, std::size_t depth, const std::string& pointer) {
  const std::size_t passed = each(at, pointer, [&](Value& member, const std::string& inside) {
    if (!passes(member, change_.steps[depth].filters)) return false;
    go(member, depth + 1, inside);
    return true;
  });
  if (passed > 0) return;
  std::string filters;
  for (const Filter& filter : change_.steps[depth].filters) {
    filters += fmt::format("[{}={}]", filter.member, filter.text);
  }
  complain(pointer, fmt::format("the filter {} matches nothing", cut_to_shown(filters)));
}

// What is not there is gone already, unless another name was meant.
void Setter::remove(Object& object, const std::string& key, const std::string& pointer) {
  if (std::erase_if(object, [&](const Member& member) { return member.key == key; }) > 0) return;
  const std::vector<std::string> keys = keys_of(object);
  const std::string meant =
      did_you_mean(key, std::vector<std::string_view>(keys.begin(), keys.end()));
  if (meant.empty()) return;
  complain(pointer, fmt::format("there is no {} to remove{}", cdnsim::quoted(key), meant));
}

void Setter::go_to_key(Object& object, std::size_t depth, const std::string& pointer) {
  const Step& step = change_.steps[depth];
  const bool last = depth + 1 == change_.steps.size();
  const std::string inside = pointer + "/" + escaped(step.key);
  if (last && value_.is<Null>()) {
    remove(object, step.key, inside);
    return;
  }
  Member* member = find(object, step.key);
  const bool means_members =
      !step.filters.empty() || (!last && change_.steps[depth + 1].key == "*");
  if (!member && means_members) {
    complain(pointer, fmt::format("there is no {} here{}", cdnsim::quoted(step.key),
                                  hint(step.key, keys_of(object))));
    return;
  }
  if (!member) {
    const std::vector<std::string> beside = keys_of(object);
    const std::string* meant = last ? nullptr : nearest(step.key, beside);
    if (meant) made_.push_back({value_.place(), inside, *meant});
    member = &insert(object, {step.key, value_.place(), Value(Object{}, value_.place())});
  }
  if (last) member->key_place = value_.place();
  if (step.filters.empty()) {
    go(member->value, depth + 1, inside);
  } else {
    filter(member->value, depth, inside);
  }
}

void Setter::go_to_index(Array& array, std::size_t depth, const std::string& pointer) {
  const Step& step = change_.steps[depth];
  const std::size_t index = index_of(step.key, array.size());
  if (index == array.size()) {
    complain(pointer, fmt::format("{} is not an index of this list of {}", cdnsim::quoted(step.key),
                                  array.size()));
    return;
  }
  const std::string inside = fmt::format("{}/{}", pointer, index);
  if (step.filters.empty()) {
    go(array[index], depth + 1, inside);
  } else {
    filter(array[index], depth, inside);
  }
}

// An override has no lines.
void set_places(Value& value, Place place) {
  value.set_place(place);
  if (Array* array = value.as<Array>()) {
    for (Value& element : *array) set_places(element, place);
  }
  if (Object* object = value.as<Object>()) {
    for (Member& member : *object) {
      member.key_place = place;
      set_places(member.value, place);
    }
  }
}

// JSON if it is JSON, else a text; but what begins like JSON was meant to be.
std::optional<Value> value_of(const std::string& text, std::uint32_t source,
                              const Document& document, Problems& problems) {
  const Place place{source, 0, 0};
  Problems attempt(document);
  std::optional<Value> value = parse_json(text, source, attempt);
  if (value && attempt.empty()) {
    set_places(*value, place);
    return value;
  }
  if (text.empty() || std::string_view("{[\"").find(text.front()) == std::string_view::npos) {
    return Value(text, place);
  }
  problems.add(place, "", "the value is not JSON: " + attempt.sorted().front().message);
  return std::nullopt;
}

}  // namespace

std::vector<MadeByOverride> apply_override(const std::string& text, Document& document,
                                           Problems& problems) {
  document.sources.push_back("--set " + cut_to_shown(text));
  const auto source = static_cast<std::uint32_t>(document.sources.size() - 1);
  OverrideParser parser;
  const std::optional<Override> change = parser.parse(text);
  if (!change) {
    problems.add(Place{source, 0, 0}, "", parser.problem);
    return {};
  }
  const std::optional<Value> value = value_of(change->value, source, document, problems);
  if (!value) return {};
  Setter setter(*change, *value, problems);
  setter.set(document.root);
  return setter.made();
}

}  // namespace cdnsim::config
