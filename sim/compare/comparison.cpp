#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <set>
#include <tuple>

#include <cdnsim/base/check.hpp>
#include <cdnsim/compare/comparison.hpp>

namespace cdnsim::compare {
namespace {

using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// What was run, as against what came of it.
bool is_of_scenario(std::string_view pointer) { return first_step(pointer) == "scenario"; }

// A hash of all the rest and of the series: it tells something only where nothing else does.
constexpr std::string_view kDigest = "/digest";

// What people look at first.
int rank_of(std::string_view pointer) {
  static constexpr std::array<std::string_view, 3> kFirst = {"slo", "availability", "requests"};
  static constexpr std::array<std::string_view, 6> kSecond = {
      "latency_ms", "origin", "tiers", "cost", "coverage", "traffic_share"};
  static constexpr std::array<std::string_view, 2> kThird = {"classes", "events"};
  if (pointer.starts_with("/cost/lines")) return 3;
  const std::string_view first = first_step(pointer);
  if (std::ranges::find(kFirst, first) != kFirst.end()) return 0;
  if (std::ranges::find(kSecond, first) != kSecond.end()) return 1;
  return std::ranges::find(kThird, first) != kThird.end() ? 2 : 3;
}

// The same figure of all runs of a side; empty when a run does not have it.
std::vector<json> values_of(const Side& side, std::string_view pointer) {
  std::vector<json> values;
  for (const Figures& run : side.runs) {
    const auto found = run.find(pointer);
    if (found == run.end()) return {};
    values.push_back(found->second);
  }
  return values;
}

std::vector<double> numbers_of(const std::vector<json>& values) {
  std::vector<double> numbers;
  for (const json& value : values) {
    if (!value.is_number()) return {};
    numbers.push_back(value.get<double>());
  }
  return numbers;
}

double mean(const std::vector<double>& values) {
  double sum = 0;
  for (const double value : values) sum += value;
  return sum / static_cast<double>(values.size());
}

json shown(const std::vector<json>& values, const std::vector<double>& numbers) {
  if (values.empty()) return nullptr;
  if (values.size() == 1 ||
      std::ranges::count(values, values.front()) == static_cast<std::ptrdiff_t>(values.size())) {
    return values.front();
  }
  return numbers.empty() ? json(values) : json(mean(numbers));
}

bool have_same_seeds(const Side& a, const Side& b) {
  return values_of(a, "/scenario/seed") == values_of(b, "/scenario/seed") &&
         a.runs.size() == b.runs.size();
}

// Nothing when both sides say the same.
std::optional<Difference> difference_at(const std::string& pointer, const Side& a, const Side& b,
                                        bool in_pairs, const Tolerance& tolerance) {
  const std::vector<json> before = values_of(a, pointer);
  const std::vector<json> after = values_of(b, pointer);
  if (before == after) return std::nullopt;
  const std::vector<double> x = numbers_of(before);
  const std::vector<double> y = numbers_of(after);
  Difference found;
  found.pointer = pointer;
  found.kind = before.empty() ? Kind::added : after.empty() ? Kind::missing : Kind::changed;
  found.baseline = shown(before, x);
  found.candidate = shown(after, y);
  if (x.empty() || y.empty()) {
    // Texts that vary from run to run, such as digests, say nothing of several runs.
    found.tolerated = found.kind == Kind::changed && a.runs.size() + b.runs.size() > 2;
    return found;
  }
  found.change = mean(y) - mean(x);
  if (mean(x) != 0) found.relative = *found.change / std::abs(mean(x));
  found.interval = in_pairs ? paired_difference(x, y) : difference(x, y);
  found.tolerated = tolerance.allows(mean(x), mean(y)) ||
                    (found.interval && found.interval->half_width > 0 && found.interval->holds(0));
  return found;
}

// Those that count, by importance, and of like importance what changed most.
void sort(std::vector<Difference>& differences) {
  const auto size = [](const Difference& d) {
    return d.relative ? std::abs(*d.relative) : kInfinity;
  };
  std::ranges::sort(differences, [&](const Difference& a, const Difference& b) {
    return std::tuple(a.tolerated, rank_of(a.pointer), -size(a), std::string_view(a.pointer)) <
           std::tuple(b.tolerated, rank_of(b.pointer), -size(b), std::string_view(b.pointer));
  });
}

// "/tiers/edge/misses" is of the whole: where "/nodes/tokyo/misses" would be found, and of which
// nodes. Nothing for what is of one place already.
struct Whole {
  std::string rest;  // "misses"
  std::string tier;  // "edge", kClients; empty: of all nodes
};
constexpr std::string_view kClients = "clients";  // the nodes that clients ask
std::optional<Whole> whole_of(std::string_view pointer) {
  if (pointer == "/cost/monthly_total_usd") return Whole{"monthly_cost_usd", ""};
  const std::string_view first = first_step(pointer);
  const std::string_view rest = pointer.substr(1 + first.size());
  if (rest.empty() || rank_of(pointer) > 1 || first == "slo") return std::nullopt;
  if (first == "tiers") {
    const std::size_t end = rest.find('/', 1);
    if (end == std::string_view::npos) return std::nullopt;
    return Whole{std::string(rest.substr(end + 1)), std::string(rest.substr(1, end - 1))};
  }
  const std::string_view tier = first == "origin" ? first : first == "cost" ? "" : kClients;
  return Whole{std::string(rest.substr(1)), std::string(tier)};
}

bool is_of_tier(const Side& side, const std::string& place, const std::string& tier) {
  if (!place.starts_with("/nodes/")) return true;
  const std::vector<json> kinds = values_of(side, place + "/kind");
  if (kinds.empty() || tier.empty()) return tier.empty();
  return tier == kClients ? kinds.front() == "edge" || kinds.front() == "embedded"
                          : kinds.front() == tier;
}

}  // namespace

Comparison compare(const Side& baseline, const Side& candidate, const Tolerances& tolerances) {
  CDNSIM_ASSERT(!baseline.runs.empty() && !candidate.runs.empty(), "each side has a run");
  std::set<std::string, std::less<>> pointers;
  for (const Side* side : {&baseline, &candidate}) {
    for (const Figures& run : side->runs) {
      for (const auto& [pointer, value] : run) pointers.insert(pointer);
    }
  }
  const bool in_pairs = have_same_seeds(baseline, candidate);
  Comparison found;
  found.baseline = baseline.name;
  found.candidate = candidate.name;
  for (const std::string& pointer : pointers) {
    if (pointer == kDigest) continue;
    const Tolerance tolerance = tolerances.of(pointer);
    if (tolerance.ignored) continue;
    found.compared += !is_of_scenario(pointer);
    std::optional<Difference> difference =
        difference_at(pointer, baseline, candidate, in_pairs, tolerance);
    if (!difference) continue;
    (is_of_scenario(pointer) ? found.scenario : found.differences)
        .push_back(*std::move(difference));
  }
  if (found.differences.empty() && found.scenario.empty() && tolerances.are_exact()) {
    // The series differ.
    std::optional<Difference> digest =
        difference_at(std::string(kDigest), baseline, candidate, in_pairs, Tolerance{});
    if (digest) found.differences.push_back(*std::move(digest));
  }
  sort(found.differences);
  found.counted = static_cast<std::size_t>(
      std::ranges::count(found.differences, false, &Difference::tolerated));
  return found;
}

std::vector<Explanation> explain(const Comparison& comparison, const Side& baseline,
                                 std::size_t most) {
  static constexpr std::array<std::string_view, 6> kLists = {"/nodes/",
                                                             "/links/",
                                                             "/isps/",
                                                             "/classes/",
                                                             "/latency_ms/by_region/",
                                                             "/latency_ms/by_class/"};
  std::vector<Explanation> explanations;
  for (const Difference& whole : comparison.differences) {
    if (explanations.size() == most || whole.tolerated) break;
    const std::optional<Whole> wanted = whole_of(whole.pointer);
    if (!wanted || !whole.change) continue;
    Explanation explanation{whole.pointer, *whole.change, {}};
    for (const Difference& part : comparison.differences) {
      const auto list = std::ranges::find_if(
          kLists, [&](std::string_view l) { return part.pointer.starts_with(l); });
      if (list == kLists.end() || !part.change || part.pointer == whole.pointer) continue;
      const std::size_t end = part.pointer.find('/', list->size());
      if (end == std::string::npos || part.pointer.substr(end + 1) != wanted->rest) continue;
      const std::string place = part.pointer.substr(0, end);
      if (is_of_tier(baseline, place, wanted->tier)) {
        explanation.shares.push_back({place, *part.change});
      }
    }
    std::ranges::sort(explanation.shares, [](const Share& a, const Share& b) {
      return std::tuple(-std::abs(a.change), std::string_view(a.place)) <
             std::tuple(-std::abs(b.change), std::string_view(b.place));
    });
    if (!explanation.shares.empty()) explanations.push_back(std::move(explanation));
  }
  return explanations;
}

}  // namespace cdnsim::compare
