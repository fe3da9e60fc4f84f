// Whether what a scenario says of viral objects can find any.
#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include <cdnsim/config/checks.hpp>

namespace cdnsim::config {
namespace {

constexpr std::string_view kPlace = "/caching/viral";

// The largest share of requests that come from social media, of any class.
double largest_social_share(const Scenario& scenario) {
  double largest = 0;
  const auto add = [&](const std::optional<Ratio>& share) {
    if (share) largest = std::max(largest, share->value());
  };
  for (const auto& [id, content] : scenario.content) add(content.social_share);
  for (const auto& [id, workload] : scenario.traffic) {
    if (const auto* viral = std::get_if<Viral>(&workload)) add(viral->social_share);
  }
  return largest;
}

// Acceleration and rate always may hold.
void check_needed(const Scenario& scenario, Problems& problems) {
  const ViralSpec& viral = *scenario.caching.viral;
  const std::string needed = std::string(kPlace) + "/needed";
  if (problems.touches(needed) || problems.told_at("/content") || problems.told_at("/traffic")) {
    return;
  }
  std::uint32_t possible = 2;
  std::string lacking;
  if (const std::size_t pops = scenario.network.pops.size(); pops > viral.pops) {
    ++possible;
  } else {
    lacking += fmt::format("; {} PoPs are never more than {}", pops, viral.pops);
  }
  if (largest_social_share(scenario) > viral.social_share.value()) {
    ++possible;
  } else {
    lacking += fmt::format("; no class has a social_share above {}", to_text(viral.social_share));
  }
  if (viral.needed <= possible) return;
  problems.add(needed, fmt::format("{} signals can never hold, only {} can{}", viral.needed,
                                   possible, lacking));
}

}  // namespace

void check_viral(const Scenario& scenario, Problems& problems) {
  if (!scenario.caching.viral || problems.told_at("/caching")) return;
  const ViralSpec& viral = *scenario.caching.viral;
  const auto check = [&](bool holds, std::string_view key, const auto& say) {
    const std::string pointer = std::string(kPlace) + std::string(key);
    if (!holds && !problems.touches(pointer)) problems.add(pointer, say());
  };
  check(scenario.replay == ReplayMode::timed, "",
        [] { return "an atomic replay has no rates, so nothing goes viral; leave this out"; });
  check(viral.report_every % 1s == Duration{0}, "/report_every", [&] {
    return fmt::format("{} is not a whole number of seconds", to_text(viral.report_every));
  });
  if (!problems.touches(std::string(kPlace) + "/report_every")) {
    check(viral.within % viral.report_every == Duration{0}, "/within", [&] {
      return fmt::format("{} is no multiple of report_every, {}", to_text(viral.within),
                         to_text(viral.report_every));
    });
  }
  if (!problems.touches("/duration")) {
    check(viral.within + viral.report_every < scenario.duration, "/within", [&] {
      return fmt::format("growth within {} cannot be seen in a run of {}", to_text(viral.within),
                         to_text(scenario.duration));
    });
  }
  check_needed(scenario, problems);
}

}  // namespace cdnsim::config
