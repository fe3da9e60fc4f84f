#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>

#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <zlib.h>

#include <cdnsim/base/check.hpp>
#include <cdnsim/tools/result_files.hpp>

namespace cdnsim::tools {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

constexpr const char* kResult = "result.json";
constexpr const char* kSeries = "series.csv.gz";

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  if (!in || !(text << in.rdbuf())) {
    throw UserError(fmt::format("cannot read {}: {}", file.string(), std::strerror(errno)));
  }
  return text.str();
}

compare::Figures read_result(const fs::path& file) {
  const json document = json::parse(text_of(file), nullptr, false);
  if (document.is_discarded() || !document.is_object()) {
    throw UserError(fmt::format("{} is no JSON object; `cdnsim run SCENARIO -o DIR` writes one",
                                file.string()));
  }
  if (!document.contains("identities") || !document.contains("scenario")) {
    throw UserError(fmt::format(
        "{} is no result{}; `cdnsim run SCENARIO -o DIR` writes DIR/result.json", file.string(),
        document.contains("network") || document.contains("extends") ? " but a scenario" : ""));
  }
  return compare::figures_of(document);
}

std::uint64_t seed_of(const compare::Figures& run) {
  const auto seed = run.find("/scenario/seed");
  return seed != run.end() && seed->second.is_number() ? seed->second.get<std::uint64_t>() : 0;
}

// Two runs of one seed are one run: they would make an interval look narrower than it is.
void check_seeds(const std::string& argument, const std::vector<compare::Figures>& runs) {
  const auto twice = std::ranges::adjacent_find(runs, {}, seed_of);
  if (twice == runs.end()) return;
  throw UserError(fmt::format(
      "{} holds two runs of seed {}, which say nothing of the chance between them; give each run "
      "its own seed (--seed), or compare the runs one by one",
      argument, seed_of(*twice)));
}

std::string unpacked(const fs::path& file) {
  const gzFile in = gzopen(file.c_str(), "rb");
  if (in == nullptr) {
    throw UserError(fmt::format("cannot read {}: {}; both must be folders of runs", file.string(),
                                std::strerror(errno)));
  }
  std::string text;
  std::array<char, 1 << 16> buffer{};
  int got = 0;
  while ((got = gzread(in, buffer.data(), buffer.size())) > 0) {
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  if (gzclose(in) != Z_OK || got < 0) {
    throw UserError(fmt::format("{} is cut off or damaged: run it again", file.string()));
  }
  return text;
}

std::vector<std::string> lines_of(const fs::path& file) {
  std::vector<std::string> lines;
  std::istringstream rest(unpacked(file));
  for (std::string line; std::getline(rest, line);) lines.push_back(line);
  return lines;
}

std::vector<std::string> cells_of(const std::string& line) {
  std::vector<std::string> cells;
  std::istringstream rest(line);
  for (std::string cell; std::getline(rest, cell, ',');) cells.push_back(cell);
  return cells;
}

// Of one second, by node.
using Second = std::map<std::string, std::vector<std::string>>;
Second second_at(const std::vector<std::string>& lines, std::size_t& line) {
  Second second;
  if (line >= lines.size()) return second;
  const std::string start = lines[line].substr(0, lines[line].find(','));
  for (; line < lines.size() && lines[line].substr(0, lines[line].find(',')) == start; ++line) {
    std::vector<std::string> cells = cells_of(lines[line]);
    std::string node = cells.size() > 1 ? cells[1] : "";
    second.emplace(std::move(node), std::move(cells));
  }
  return second;
}

Parting parting_of(const std::string& node, const std::vector<std::string>& titles,
                   const std::vector<std::string>* a, const std::vector<std::string>* b) {
  Parting parting{(a != nullptr ? *a : *b)[0], node, {}};
  if (a == nullptr || b == nullptr) {
    parting.columns.emplace_back(a == nullptr ? "only the candidate has it"
                                              : "only the baseline has it");
    return parting;
  }
  for (std::size_t i = 0; i < std::min({titles.size(), a->size(), b->size()}); ++i) {
    if ((*a)[i] != (*b)[i]) {
      parting.columns.push_back(fmt::format("{} {} -> {}", titles[i], (*a)[i], (*b)[i]));
    }
  }
  return parting;
}

}  // namespace

compare::Side read_side(const std::string& argument) {
  const fs::path path = argument;
  compare::Side side;
  side.name = argument;
  if (fs::exists(path / kResult)) {
    side.runs.push_back(read_result(path / kResult));
    return side;
  }
  if (!fs::is_directory(path)) {
    side.runs.push_back(read_result(path));
    return side;
  }
  std::vector<fs::path> runs;
  for (const fs::directory_entry& entry : fs::directory_iterator(path)) {
    if (fs::exists(entry.path() / kResult)) runs.push_back(entry.path() / kResult);
  }
  if (runs.empty()) {
    throw UserError(fmt::format(
        "{} holds neither a {} nor folders with one; `cdnsim run SCENARIO -o DIR` writes it",
        argument, kResult));
  }
  std::ranges::sort(runs);
  for (const fs::path& run : runs) side.runs.push_back(read_result(run));
  std::ranges::stable_sort(side.runs, {}, seed_of);
  check_seeds(argument, side.runs);
  return side;
}

std::string text_of_run(const std::string& folder, const char* name) {
  return text_of(fs::path(folder) / name);
}

std::string series_text(const std::string& folder) { return unpacked(fs::path(folder) / kSeries); }

std::vector<Parting> first_divergence(const std::string& baseline, const std::string& candidate) {
  const std::vector<std::string> a = lines_of(fs::path(baseline) / kSeries);
  const std::vector<std::string> b = lines_of(fs::path(candidate) / kSeries);
  std::vector<Parting> partings;
  if (a.empty() || b.empty()) return partings;
  const std::vector<std::string> titles = cells_of(a.front());
  std::size_t i = 1;
  std::size_t j = 1;
  while (partings.empty() && (i < a.size() || j < b.size())) {
    const Second x = second_at(a, i);
    const Second y = second_at(b, j);
    for (const auto& [node, cells] : x) {
      const auto other = y.find(node);
      const auto* others = other == y.end() ? nullptr : &other->second;
      if (others == nullptr || *others != cells) {
        partings.push_back(parting_of(node, titles, &cells, others));
      }
    }
    for (const auto& [node, cells] : y) {
      if (!x.contains(node)) partings.push_back(parting_of(node, titles, nullptr, &cells));
    }
  }
  return partings;
}

}  // namespace cdnsim::tools
