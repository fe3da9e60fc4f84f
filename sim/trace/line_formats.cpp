#include <algorithm>
#include <array>
#include <optional>

#include <fmt/format.h>

#include <cdnsim/base/text.hpp>

#include "line_reader.hpp"
#include "parts.hpp"

namespace cdnsim {
namespace {

// Splits at any of the separators; as many pieces as there are.
void split(std::string_view line, std::string_view separators, bool join,
           std::vector<std::string_view>& pieces) {
  pieces.clear();
  std::size_t begin = join ? line.find_first_not_of(separators) : 0;
  while (begin <= line.size()) {
    const std::size_t end = std::min(line.find_first_of(separators, begin), line.size());
    std::string_view piece = line.substr(begin, end - begin);
    if (piece.size() >= 2 && piece.starts_with('"') && piece.ends_with('"')) {
      piece = piece.substr(1, piece.size() - 2);
    }
    pieces.push_back(piece);
    begin = join ? line.find_first_not_of(separators, end) : end + 1;
  }
}

// time id size, and more that only webcachesim's learners look at.
class Webcachesim final : public LineFormat {
 public:
  std::string_view name() const override { return "webcachesim"; }
  std::string read_request(std::string_view line, TraceRequest& request,
                           std::uint64_t* client) const override {
    thread_local std::vector<std::string_view> pieces;
    split(line, " \t", true, pieces);
    if (client != nullptr) *client = TraceReader::kNobody;
    if (pieces.size() < 3) return "wanted at least three numbers: time, id and size";
    return read_parts({pieces[0], pieces[1], pieces[2], {}, {}}, request);
  }
};

std::string lower(std::string_view text) {
  std::string low(text);
  for (char& c : low) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return low;
}

class Csv final : public LineFormat {
 public:
  explicit Csv(std::map<std::string, std::string> columns) : wanted_(std::move(columns)) {}

  std::string_view name() const override { return "csv"; }
  bool has_header() const override { return true; }

  std::string read_header(std::string_view line) override {
    std::vector<std::string_view> names;
    split(line, ",", false, names);
    for (std::size_t i = 0; i < kColumns.size(); ++i) {
      const auto given = wanted_.find(std::string(kColumns[i].name));
      places_[i] =
          given == wanted_.end() ? usual_place(kColumns[i], names) : place_of(given->second, names);
      if (places_[i] || (given == wanted_.end() && !kColumns[i].is_needed)) continue;
      return fmt::format("no column {}; the header names {}. Name it, e.g. --columns {}=NAME",
                         quoted(given == wanted_.end() ? kColumns[i].name : given->second),
                         quoted(line), kColumns[i].name);
    }
    return {};
  }

  std::string read_request(std::string_view line, TraceRequest& request,
                           std::uint64_t* client) const override {
    thread_local std::vector<std::string_view> pieces;
    split(line, ",", false, pieces);
    Parts parts;
    const std::array fields = {&parts.time, &parts.id, &parts.size, &parts.next, &parts.client};
    for (std::size_t i = 0; i < fields.size(); ++i) {
      if (!places_[i]) continue;
      if (*places_[i] >= pieces.size()) {
        return fmt::format("column {} of {} is missing", *places_[i] + 1, kColumns[i].name);
      }
      *fields[i] = pieces[*places_[i]];
    }
    if (client != nullptr) *client = client_in(parts);
    return read_parts(parts, request);
  }

 private:
  using Place = std::optional<std::size_t>;

  static Place place_of(const std::string& name, const std::vector<std::string_view>& names) {
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return std::nullopt;
    return static_cast<std::size_t>(found - names.begin());
  }
  static Place usual_place(const Column& column, const std::vector<std::string_view>& names) {
    for (const std::string_view usual : column.usual) {
      for (std::size_t i = 0; i < names.size() && !usual.empty(); ++i) {
        if (lower(names[i]) == usual) return i;
      }
    }
    return std::nullopt;
  }

  std::map<std::string, std::string> wanted_;
  std::array<Place, kColumns.size()> places_{};
};

}  // namespace

std::unique_ptr<LineFormat> webcachesim_format() { return std::make_unique<Webcachesim>(); }
std::unique_ptr<LineFormat> csv_format(std::map<std::string, std::string> columns) {
  return std::make_unique<Csv>(std::move(columns));
}

}  // namespace cdnsim
