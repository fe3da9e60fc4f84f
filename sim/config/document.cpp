#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <optional>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>
#include <cdnsim/config/document.hpp>
#include <cdnsim/config/json_parser.hpp>
#include <cdnsim/config/problems.hpp>

namespace cdnsim::config {
namespace {

namespace fs = std::filesystem;

// A longer chain of bases is somebody's mistake, whatever it holds.
constexpr std::size_t kChainMax = 16;
constexpr std::size_t kChunkBytes = 64 << 10;

struct Contents {
  std::string text;
  std::string problem;  // why there is no text
};

Contents read_file(const fs::path& file) {
  const auto fail = [](int error) { return Contents{{}, std::strerror(error)}; };
  std::error_code status;
  if (fs::is_directory(file, status)) return fail(EISDIR);
  const auto close = [](std::FILE* stream) { std::fclose(stream); };
  const std::unique_ptr<std::FILE, decltype(close)> stream(std::fopen(file.c_str(), "rb"), close);
  if (!stream) return fail(errno);
  std::string text;
  for (std::size_t got = kChunkBytes; got > 0 && text.size() <= kFileBytesMax;) {
    const std::size_t before = text.size();
    text.resize(before + kChunkBytes);
    got = std::fread(text.data() + before, 1, kChunkBytes, stream.get());
    text.resize(before + got);
  }
  if (std::ferror(stream.get())) return fail(errno);
  if (text.size() > kFileBytesMax) {
    return {{}, fmt::format("larger than {} MiB", kFileBytesMax >> 20)};
  }
  return {std::move(text), {}};
}

std::uint32_t add_source(Document& document, std::string name) {
  document.sources.push_back(std::move(name));
  return static_cast<std::uint32_t>(document.sources.size() - 1);
}

std::string chain_text(const std::vector<fs::path>& chain) {
  std::string text;
  for (const fs::path& file : chain) text += (text.empty() ? "" : " -> ") + file.string();
  return text;
}

// The file and what it was named by: nothing for the first, else the member "extends" of another.
class ChainReader {
 public:
  ChainReader(Document& document, Problems& problems) : document_(document), problems_(problems) {}

  std::optional<Value> read(const fs::path& file, Place named_at, bool is_base);

 private:
  std::optional<Value> extended(const fs::path& file, Value value);
  bool seen(const fs::path& file) const;

  Document& document_;
  Problems& problems_;
  std::vector<fs::path> chain_;
};

bool ChainReader::seen(const fs::path& file) const {
  std::error_code error;
  for (const fs::path& other : chain_) {
    if (fs::equivalent(file, other, error)) return true;
  }
  return false;
}

std::optional<Value> ChainReader::read(const fs::path& file, Place named_at, bool is_base) {
  const bool again = seen(file);
  chain_.push_back(file);
  if (again || chain_.size() > kChainMax) {
    problems_.add(named_at, "/extends",
                  fmt::format("{}: {}", again ? "a file extends itself" : "too many bases",
                              chain_text(chain_)));
    return std::nullopt;
  }
  Contents contents = read_file(file);
  if (!contents.problem.empty()) {
    const std::string trail = is_base ? fmt::format(" ({})", chain_text(chain_)) : "";
    if (!is_base) named_at.source = add_source(document_, file.string());
    problems_.add(named_at, is_base ? "/extends" : "",
                  fmt::format("cannot read {}: {}{}", cdnsim::quoted(file.string()),
                              contents.problem, trail));
    return std::nullopt;
  }
  const std::uint32_t source = add_source(document_, file.string());
  std::optional<Value> value = parse_json(contents.text, source, problems_);
  if (value && is_base && !value->is<Object>()) {
    problems_.add(value->place(), "", fmt::format("found {}; wanted an object", found(*value)));
    return std::nullopt;
  }
  return value ? extended(file, *std::move(value)) : std::nullopt;
}

std::optional<Value> ChainReader::extended(const fs::path& file, Value value) {
  Object* members = value.as<Object>();
  if (!members) return value;
  std::erase_if(*members, [](const Member& member) { return member.key == "$schema"; });
  const Member* extends = find(*members, "extends");
  if (!extends) return value;
  const Place place = extends->value.place();
  const std::string* base_name = extends->value.as<std::string>();
  if (!base_name || base_name->empty()) {
    problems_.add(place, "/extends",
                  fmt::format("found {}; wanted the path of a base file, e.g. "
                              "\"bases/europe.json\"",
                              found(extends->value)));
    return std::nullopt;
  }
  // Relative to the file that says it, and shown that way.
  const fs::path base_file = (file.parent_path() / *base_name).lexically_normal();
  std::optional<Value> base = read(base_file, place, true);
  if (!base) return std::nullopt;
  std::erase_if(*members, [](const Member& member) { return member.key == "extends"; });
  return merged(*std::move(base), std::move(value));
}

}  // namespace

Value merged(Value base, Value patch) {
  Object* changes = patch.as<Object>();
  if (!changes) return patch;
  Object* kept = base.as<Object>();
  Object result;
  if (kept) result = std::move(*kept);
  for (Member& change : *changes) {
    Member* member = find(result, change.key);
    if (change.value.is<Null>()) {
      std::erase_if(result, [&](const Member& other) { return other.key == change.key; });
    } else if (member) {
      member->value = merged(std::move(member->value), std::move(change.value));
      member->key_place = change.key_place;
    } else {
      change.value = merged(Value(Null{}, change.value.place()), std::move(change.value));
      insert(result, std::move(change));
    }
  }
  return Value(std::move(result), patch.place());
}

bool read_with_bases(const std::filesystem::path& file, Document& document, Problems& problems) {
  std::optional<Value> root = ChainReader(document, problems).read(file, Place{}, false);
  if (root) document.root = *std::move(root);
  return root.has_value();
}

bool read_text(std::string name, std::string_view text, Document& document, Problems& problems) {
  const std::uint32_t source = add_source(document, std::move(name));
  std::optional<Value> root = parse_json(text, source, problems);
  if (root) document.root = *std::move(root);
  return root.has_value();
}

}  // namespace cdnsim::config
