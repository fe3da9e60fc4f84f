#include <algorithm>
#include <filesystem>
#include <thread>
#include <tuple>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/assembly/lookups.hpp>
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/tools/first_request.hpp>
#include <cdnsim/tools/run_scenario_file.hpp>

namespace cdnsim::tools {
namespace {

using assembly::LookupsAsked;
using assembly::LookupsFound;

// Thrown where there is no request to tell, and says why.
struct NoRequest {
  std::string why;
};

Scenario scenario_of(const std::string& folder) {
  const std::optional<Scenario> scenario = read_run_scenario(folder);
  if (!scenario) {
    throw NoRequest{
        fmt::format("{} does not hold its scenario.json: an older cdnsim wrote it. Run "
                    "it again with -o, and the request is found",
                    folder)};
  }
  const nlohmann::json result = nlohmann::json::parse(text_of_run(folder, "result.json"));
  if (result.at("scenario").at("digest") != assembly::digest_of(*scenario)) {
    throw NoRequest{
        fmt::format("{0}/scenario.json is not what {0} is the result of: it was "
                    "changed, or another cdnsim wrote it",
                    folder)};
  }
  return *scenario;
}

// What a folder's run found, done once more; it must come to the same series.
LookupsFound again(const std::string& folder, const Scenario& scenario, const LookupsAsked& asked) {
  LookupsFound found = assembly::lookups_of(scenario, asked);
  if (!series_text(folder).starts_with(found.series)) {
    throw NoRequest{fmt::format(
        "{} comes to another series when it is run again: another cdnsim wrote it", folder)};
  }
  return found;
}

std::string outcome_text(const LoggedLookup& lookup) {
  if (lookup.outcome == Outcome::kCount) return "served elsewhere";
  static constexpr std::array<std::string_view, kCountOf<Outcome>> kNames = {
      "hit", "stale hit", "negative hit", "delayed hit", "miss", "pass", "shed", "dropped"};
  std::string text(kNames[static_cast<std::size_t>(lookup.outcome)]);
  if (lookup.cause != MissCause::kCount) {
    text += fmt::format(": {}", kMissCauseNames[static_cast<std::size_t>(lookup.cause)]);
  }
  return text;
}

// What makes a look-up the same on both sides, whatever it finds.
using Name = std::tuple<SimTime, std::string, std::uint32_t, bool>;
Name name_of(const LookupsFound& run, const LoggedLookup& lookup) {
  return {lookup.at, run.classes[lookup.content], lookup.object, lookup.by_client};
}

// Nothing where a node served the same requests in the same way.
std::optional<PartedRequest> first_at(std::size_t node, const LookupsFound& a,
                                      const LookupsFound& b) {
  const std::vector<LoggedLookup>& x = a.by_node[node];
  const std::vector<LoggedLookup>& y = b.by_node[node];
  for (std::size_t i = 0; i < std::max(x.size(), y.size()); ++i) {
    const LoggedLookup* here = i < x.size() ? &x[i] : nullptr;
    const LoggedLookup* there = i < y.size() ? &y[i] : nullptr;
    if (here != nullptr && there != nullptr && name_of(a, *here) != name_of(b, *there)) {
      // Who comes first has no equal on the other side.
      (name_of(a, *here) < name_of(b, *there) ? there : here) = nullptr;
    } else if (here != nullptr && there != nullptr && outcome_text(*here) == outcome_text(*there)) {
      continue;
    }
    const LoggedLookup& one = here != nullptr ? *here : *there;
    PartedRequest parted;
    parted.at_s = seconds(one.at.time_since_epoch());
    parted.content = (here != nullptr ? a : b).classes[one.content];
    parted.object = one.object;
    parted.by_client = one.by_client;
    parted.baseline = here != nullptr ? outcome_text(*here) : "not asked";
    parted.candidate = there != nullptr ? outcome_text(*there) : "not asked";
    return parted;
  }
  return std::nullopt;
}

LookupsAsked what_to_ask(const Scenario& a, const Scenario& b,
                         const std::vector<Parting>& partings) {
  LookupsAsked asked;
  for (const Parting& parting : partings) asked.nodes.push_back(parting.node);
  const Duration start =
      std::chrono::seconds(parse<std::uint64_t>(partings.front().start_s).value.value_or(0));
  asked.from = SimTime{start};
  asked.until = SimTime{start + std::min(a.series_interval, b.series_interval)};
  asked.threads = std::clamp(std::thread::hardware_concurrency(), 1u, 4u);
  return asked;
}

PartedRequest find_request(const std::string& baseline, const std::string& candidate,
                           const std::vector<Parting>& partings) {
  if (partings.empty()) throw NoRequest{"the series are the same"};
  const Scenario a = scenario_of(baseline);
  const Scenario b = scenario_of(candidate);
  const LookupsAsked asked = what_to_ask(a, b, partings);
  const LookupsFound x = again(baseline, a, asked);
  const LookupsFound y = again(candidate, b, asked);
  std::optional<PartedRequest> first;
  for (std::size_t node = 0; node < asked.nodes.size(); ++node) {
    std::optional<PartedRequest> here = first_at(node, x, y);
    if (!here || (first && first->at_s <= here->at_s)) continue;
    here->node = asked.nodes[node];
    first = std::move(here);
  }
  if (!first) {
    throw NoRequest{"the same requests found the same: what they were sent, or how fast, differs"};
  }
  return *first;
}

}  // namespace

FirstRequest first_request(const std::string& baseline, const std::string& candidate,
                           const std::vector<Parting>& partings) {
  try {
    return {find_request(baseline, candidate, partings), ""};
  } catch (const NoRequest& none) {
    return {std::nullopt, none.why};
  }
}

}  // namespace cdnsim::tools
