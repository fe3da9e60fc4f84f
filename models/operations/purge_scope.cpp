#include <algorithm>
#include <charconv>
#include <optional>

#include <cdnsim/models/operations/purge_scope.hpp>

namespace cdnsim {
namespace {

constexpr std::uint64_t kPerFolder = 1000;

struct PathStep {
  std::string_view head;
  std::string_view rest;  // behind the slash
  bool has_slash = false;
};
PathStep first_step(std::string_view path) {
  const std::size_t slash = path.find('/');
  if (slash == std::string_view::npos) return {path, {}, false};
  return {path.substr(0, slash), path.substr(slash + 1), true};
}

std::optional<std::uint64_t> number(std::string_view text) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool whole = error == std::errc() && end == text.data() + text.size();
  const bool canonical = text.size() == 1 || !text.starts_with('0');
  return whole && canonical ? std::optional(value) : std::nullopt;
}

class ScopeFinder {
 public:
  explicit ScopeFinder(std::span<const ClassOfUrls> classes) : classes_(classes) {}

  Parsed<PurgeScope> of_class(std::string_view name) const {
    const auto found = std::ranges::find(classes_, name, &ClassOfUrls::name);
    if (found == classes_.end()) {
      return {{}, "no class of content is called " + quoted(name) + known_classes()};
    }
    PurgeScope scope;
    scope.content = static_cast<std::uint32_t>(found - classes_.begin());
    return {scope, {}};
  }

  Parsed<PurgeScope> of_tag(std::string_view text) const {
    const std::size_t colon = text.rfind(":t");
    if (colon == std::string_view::npos) {
      return {{}, quoted(text) + " is not a tag; write e.g. \"images:t7\""};
    }
    Parsed<PurgeScope> scope = of_class(text.substr(0, colon));
    if (!scope.value) return scope;
    const std::uint32_t tags = classes_[scope.value->content].tags;
    const auto tag = number(text.substr(colon + 2));
    if (!tag || *tag >= tags) {
      return {{},
              quoted(text) + " does not exist: the class has the tags t0 to t" +
                  std::to_string(tags - 1)};
    }
    scope.value->tag = static_cast<std::uint32_t>(*tag);
    return scope;
  }

  Parsed<PurgeScope> of_path(std::string_view text, bool whole) const {
    if (text == "/" && !whole) return {PurgeScope{}, {}};
    if (!text.starts_with('/')) return {{}, quoted(text) + " does not begin with \"/\""};
    const PathStep content = first_step(text.substr(1));
    Parsed<PurgeScope> scope = of_class(content.head);
    if (!scope.value) return scope;
    if (content.rest.empty() && content.has_slash && !whole) return scope;
    const PathStep folder = first_step(content.rest);
    const auto folder_number = number(folder.head);
    const auto object = number(folder.rest);
    const bool is_folder = folder_number && folder.has_slash && folder.rest.empty();
    if (is_folder && !whole) {
      scope.value->first = *folder_number * kPerFolder;
      scope.value->end = scope.value->first + kPerFolder;
    } else if (whole && folder_number && object && *object / kPerFolder == *folder_number) {
      scope.value->first = *object;
      scope.value->end = *object + 1;
    } else {
      return {{},
              quoted(text) + (whole ? " is no object's URL; object 12345 of images is "
                                      "\"/images/12/12345\""
                                    : " is no whole folder; write e.g. \"/images/\" or "
                                      "\"/images/12/\"")};
    }
    if (scope.value->first < classes_[scope.value->content].objects) return scope;
    return {{},
            quoted(text) + " lies beyond the last object of the class, number " +
                std::to_string(classes_[scope.value->content].objects - 1)};
  }

 private:
  std::string known_classes() const {
    std::string known = "; known:";
    for (const ClassOfUrls& each : classes_) {
      known += (&each == &classes_.front() ? " " : ", ") + each.name;
    }
    return known;
  }

  std::span<const ClassOfUrls> classes_;
};

}  // namespace

Parsed<PurgeScope> purge_scope(const PurgeEvent& event, std::span<const ClassOfUrls> classes) {
  const ScopeFinder finder(classes);
  if (event.content) return finder.of_class(*event.content);
  if (event.tag) return finder.of_tag(*event.tag);
  if (event.url) return finder.of_path(*event.url, true);
  if (event.prefix) return finder.of_path(*event.prefix, false);
  return {PurgeScope{}, {}};
}

}  // namespace cdnsim
