#include <algorithm>
#include <array>
#include <cmath>
#include <functional>
#include <limits>
#include <set>
#include <tuple>

#include <cdnsim/base/check.hpp>
#include <cdnsim/compare/comparison.hpp>

namespace cdnsim::compare {
namespace {

using nlohmann::json;

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr double kWronglyMost = 0.05;

// What was run, as against what came of it.
bool is_of_scenario(std::string_view pointer) { return first_step(pointer) == "scenario"; }

// A hash of all the rest and of the series: it tells something only where nothing else does.
constexpr std::string_view kDigest = "/digest";

// Where any figure may be off, so may it; unless a rule says that it may not.
bool names_digest(const Tolerances& tolerances) {
  const auto names_it = [](const ToleranceRule& rule) { return rule.path == kDigest; };
  return std::ranges::any_of(tolerances.rules, names_it) && tolerances.of(kDigest).is_exact();
}

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

// Whether something is so counts as 1 or 0 where there are several runs of it.
std::vector<double> numbers_of(const std::vector<json>& values) {
  std::vector<double> numbers;
  for (const json& value : values) {
    if (value.is_boolean() && values.size() > 1) {
      numbers.push_back(value.get<bool>() ? 1 : 0);
    } else if (value.is_number()) {
      numbers.push_back(value.get<double>());
    } else {
      return {};
    }
  }
  return numbers;
}

bool are_one(const std::vector<json>& values) {
  return std::ranges::adjacent_find(values, std::not_equal_to<>()) == values.end();
}

// Exact for whole numbers too large for a double.
double change_between(const std::vector<json>& before, const std::vector<json>& after,
                      const std::vector<double>& x, const std::vector<double>& y) {
  if (before.size() == 1 && after.size() == 1 && before.front().is_number_integer() &&
      after.front().is_number_integer()) {
    return static_cast<double>(after.front().get<std::int64_t>() -
                               before.front().get<std::int64_t>());
  }
  return mean(y) - mean(x);
}

json shown(const std::vector<json>& values, const std::vector<double>& numbers) {
  if (values.empty()) return nullptr;
  if (are_one(values)) return values.front();
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
  const bool is_settled = are_one(before) && are_one(after);
  if (before == after) return std::nullopt;
  if (is_settled && !before.empty() && !after.empty() && before.front() == after.front()) {
    return std::nullopt;
  }
  const std::vector<double> x = numbers_of(before);
  const std::vector<double> y = numbers_of(after);
  Difference found;
  found.pointer = pointer;
  found.kind = before.empty() ? Kind::added : after.empty() ? Kind::missing : Kind::changed;
  found.baseline = shown(before, x);
  found.candidate = shown(after, y);
  if (x.empty() || y.empty()) {
    // Texts that vary from run to run, such as digests, say nothing.
    found.tolerated = found.kind == Kind::changed && !is_settled;
    return found;
  }
  found.change = change_between(before, after, x, y);
  if (mean(x) != 0) found.relative = *found.change / std::abs(mean(x));
  found.interval = in_pairs ? paired_difference(x, y) : difference(x, y);
  found.tolerated = !tolerance.is_exact() && tolerance.allows(mean(x), mean(y));
  return found;
}

// Of hundreds of figures some are far apart by chance. Those count whose chances are small beyond
// what that explains: of all that are said to differ 5 % are wrongly so (Benjamini, Hochberg 1995).
void tolerate_chance(std::vector<Difference>& differences) {
  std::vector<double> chances;
  for (const Difference& d : differences) {
    if (d.interval) chances.push_back(d.interval->chance);
  }
  std::ranges::sort(chances);
  double most = -1;  // that counts
  for (std::size_t i = 0; i < chances.size(); ++i) {
    const double allowed =
        kWronglyMost * static_cast<double>(i + 1) / static_cast<double>(chances.size());
    if (chances[i] <= allowed) most = chances[i];
  }
  for (Difference& d : differences) {
    if (d.interval && d.interval->chance > most) d.tolerated = true;
  }
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

// A place that is not there any more, or is new, has nothing on the other side.
std::optional<double> change_of(const Difference& part) {
  if (part.change) return part.change;
  if (part.kind == Kind::missing && part.baseline.is_number()) return -part.baseline.get<double>();
  if (part.kind == Kind::added && part.candidate.is_number()) return part.candidate.get<double>();
  return std::nullopt;
}

bool is_of_tier(const Side& side, const std::string& place, const std::string& tier) {
  if (!place.starts_with("/nodes/")) return true;
  const std::vector<json> kinds = values_of(side, place + "/kind");
  if (kinds.empty() || tier.empty()) return true;  // who is new has no kind in the baseline
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
  const bool nothing_else = found.differences.empty() && found.scenario.empty();
  if (names_digest(tolerances) || (nothing_else && tolerances.are_exact())) {
    // The series differ, or what is not compared.
    std::optional<Difference> digest =
        difference_at(std::string(kDigest), baseline, candidate, in_pairs, Tolerance{});
    if (digest) found.differences.push_back(*std::move(digest));
  }
  tolerate_chance(found.differences);
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
      const std::optional<double> change = change_of(part);
      if (list == kLists.end() || !change || part.tolerated || part.pointer == whole.pointer) {
        continue;
      }
      const std::size_t end = part.pointer.find('/', list->size());
      if (end == std::string::npos || part.pointer.substr(end + 1) != wanted->rest) continue;
      const std::string place = part.pointer.substr(0, end);
      if (is_of_tier(baseline, place, wanted->tier)) {
        explanation.shares.push_back({place, *change});
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
