#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/problems.hpp>

namespace cdnsim::config {
namespace {

// Keys of a file end up in messages: a line break in one must not look like another message.
std::string on_one_line(std::string_view text) {
  std::string line;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F) {
      line += fmt::format("\\u{:04x}", byte);
    } else {
      line += c;
    }
  }
  return line;
}

}  // namespace

void Problems::add(Place place, std::string_view pointer, std::string message) {
  ++count_;
  if (full()) return;
  entries_.push_back({place, std::string(pointer), std::move(message)});
  pointers_.emplace(pointer);
}

void Problems::add(std::string_view pointer, std::string message) {
  add(place_of(document_.root, pointer), pointer, std::move(message));
}

bool Problems::is_given(std::string_view pointer) const {
  return at_pointer(document_.root, pointer) != nullptr;
}

bool Problems::touches(std::string_view pointer) const {
  for (std::size_t end = pointer.size(); end != pointer.npos && end > 0;
       end = pointer.rfind('/', end - 1)) {
    if (pointers_.contains(pointer.substr(0, end))) return true;
  }
  const std::string inside = std::string(pointer) + "/";
  const auto at = pointers_.lower_bound(inside);
  return at != pointers_.end() && at->starts_with(inside);
}

std::vector<Problem> Problems::sorted() const {
  std::vector<Entry> entries = entries_;
  std::ranges::sort(entries);
  entries.erase(std::unique(entries.begin(), entries.end()), entries.end());
  std::vector<Problem> problems;
  for (const Entry& entry : entries) {
    std::string place = on_one_line(document_.sources.at(entry.place.source));
    if (entry.place.line > 0) place += fmt::format(":{}:{}", entry.place.line, entry.place.column);
    problems.push_back({std::move(place), on_one_line(entry.pointer), on_one_line(entry.message)});
  }
  if (count_ > entries_.size()) {
    problems.push_back({document_.sources.front(), "",
                        fmt::format("and {} more problems", count_ - entries_.size())});
  }
  return problems;
}

void Problems::raise() const {
  if (!empty()) throw ScenarioError(sorted());
}

}  // namespace cdnsim::config
