#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/config/checks.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/admission/list.hpp>
#include <cdnsim/models/cache_policy/list.hpp>

namespace cdnsim::config {
namespace {

// Points of one ring; more would take a gigabyte and spread no better.
constexpr std::uint64_t kRingPointsMax = 4'000'000;

// A tier, where it is described, and the servers of each of its sites.
struct TierSites {
  const TierSpec& tier;
  std::string place;
  std::vector<std::pair<std::uint32_t, SiteKit>> sites = {};

  std::uint32_t most_servers() const {
    std::uint32_t most = 0;
    for (const auto& [servers, kit] : sites) most = std::max(most, servers);
    return most;
  }
  std::uint64_t all_servers() const {
    std::uint64_t all = 0;
    for (const auto& [servers, kit] : sites) all += servers;
    return all;
  }
  // Bytes of all its caches together.
  Int128 held() const {
    Int128 sum = 0;
    for (const auto& [servers, kit] : sites) {
      const TierSpec own = tier_of(tier, kit);
      sum += servers *
             (static_cast<Int128>(own.memory.count()) + own.storage.ssd.value_or(Bytes{0}).count() +
              own.storage.hdd.value_or(Bytes{0}).count());
    }
    return sum;
  }
};

template <class Specs>
TierSites sites_of(const TierSpec& tier, std::string place, const Specs& specs) {
  TierSites sites{tier, std::move(place)};
  for (const auto& [id, spec] : specs) sites.sites.emplace_back(spec.servers, spec.kit);
  return sites;
}

void check_tier(const TierSites& sites, Problems& problems) {
  const TierSpec& tier = sites.tier;
  const std::string& place = sites.place;
  const auto check_policy = [&](std::string_view key, const PolicyText& text) {
    const std::string policy = place + std::string(key);
    if (problems.touches(policy)) return;
    const std::string wrong = with_cache_policy(text, [](const auto&) {});
    if (!wrong.empty()) problems.add(policy, wrong);
  };
  const auto check_admission = [&](std::string_view key, const AdmissionText& text) {
    const std::string admission = place + std::string(key);
    if (problems.touches(admission)) return;
    const std::string wrong = make_admission(text).problem;
    if (!wrong.empty()) problems.add(admission, wrong);
  };
  check_policy("/policy", tier.policy);
  check_policy("/ssd_policy", tier.storage.ssd_policy);
  check_policy("/hdd_policy", tier.storage.hdd_policy);
  check_admission("/admission", tier.admission);
  check_admission("/ssd_admission", tier.storage.ssd_admission);
  const std::string placement = place + "/placement";
  if (!problems.touches(placement)) {
    const std::string wrong = placement_problem(placement_text(tier));
    if (!wrong.empty()) problems.add(placement, wrong);
  }
  const std::uint64_t points = std::uint64_t{sites.most_servers()} * tier.virtual_nodes;
  if (points > kRingPointsMax) {
    problems.add(place + "/virtual_nodes",
                 fmt::format("{} points on one ring ({} servers); at most {}", points,
                             sites.most_servers(), kRingPointsMax));
  }
  if (sites.held() > Bytes::max().count()) {
    problems.add(place + "/memory",
                 fmt::format("{} in each of {} servers is more in all than can be counted",
                             to_text(tier.memory), sites.all_servers()));
  }
}

// What is said of a disk that is not there would do nothing.
void check_disks(const TierSites& sites, Problems& problems) {
  const StorageSpec& storage = sites.tier.storage;
  const std::string& place = sites.place;
  const auto some = [&](std::optional<Bytes> StorageSpec::* disk) {
    const auto has = [&](const auto& site) {
      return (tier_of(sites.tier, site.second).storage.*disk).has_value();
    };
    return storage.*disk || std::ranges::any_of(sites.sites, has);
  };
  const auto refuse = [&](std::string_view key, std::string_view disk) {
    const std::string pointer = place + pointer_to({key});
    if (!problems.is_given(pointer) || problems.touches(pointer)) return;
    problems.add(pointer,
                 fmt::format("its servers have no such disk; give {}, or leave this out", disk));
  };
  if (problems.told_at(place)) return;
  if (!some(&StorageSpec::ssd) && !problems.touches(place + "/ssd")) {
    for (const char* key : {"ssd_device", "ssd_policy", "ssd_admission", "ssd_head"}) {
      refuse(key, "\"ssd\" a size");
    }
  }
  if (!some(&StorageSpec::hdd) && !problems.touches(place + "/hdd")) {
    for (const char* key : {"hdd_device", "hdd_policy"}) refuse(key, "\"hdd\" a size");
  }
  if (!storage.has_disks() && !problems.touches(place + "/ssd") &&
      !problems.touches(place + "/hdd")) {
    for (const char* key : {"promote", "demote"}) refuse(key, "\"ssd\" or \"hdd\" a size");
  }
}

void check_hot(const Scenario& scenario, const TierSpec& tier, std::string_view place,
               Problems& problems) {
  if (!tier.hot || problems.told_at(place)) return;
  const std::string hot = std::string(place) + "/hot";
  const auto check = [&](bool holds, const std::string& pointer, std::string message) {
    if (!holds && !problems.touches(pointer)) problems.add(pointer, std::move(message));
  };
  check(tier.hot->refresh % 1s == Duration{0}, hot + "/refresh",
        fmt::format("{} is not a whole number of seconds", to_text(tier.hot->refresh)));
  check(!tier.hot->server_load || tier.service_time.mean() > Duration{0}, hot + "/server_load",
        "no rate fills a server whose service_time is 0s; give it one, or leave this out");
  check(scenario.replay == ReplayMode::timed, hot,
        "an atomic replay has no rates, so nothing is hot; leave this out");
}

// How far apart the requests of an atomic replay must be is worked out without these.
void check_atomic(const Scenario& scenario, const TierSites& sites, Problems& problems) {
  const TierSpec& tier = sites.tier;
  const std::string& place = sites.place;
  if (scenario.replay != ReplayMode::atomic || problems.told_at(place)) return;
  const auto refuse = [&](bool given, std::string_view key) {
    if (!given || problems.touches(place + std::string(key))) return;
    problems.add(place + std::string(key), "not in an atomic replay; leave this out");
  };
  refuse(tier.storage.ssd.has_value(), "/ssd");
  refuse(tier.storage.hdd.has_value(), "/hdd");
  refuse(tier.retries > 0, "/retries");
  refuse(tier.connections.has_value(), "/connections");
}

// The same of disks that single sites have.
template <class Specs>
void check_atomic_sites(std::string_view collection, const Specs& specs, Problems& problems) {
  for (const auto& [id, spec] : specs) {
    if (!spec.kit.ssd && !spec.kit.hdd && !spec.kit.nic) continue;
    const std::string place = pointer_to({"network", collection, id});
    if (problems.touches(place)) continue;
    problems.add(
        place,
        "disks and cards are not in an atomic replay; take its preset, ssd, hdd and nic away");
  }
}

}  // namespace

std::string pointer_to(std::initializer_list<std::string_view> keys) {
  std::string pointer;
  for (const std::string_view key : keys) pointer += "/" + escaped(key);
  return pointer;
}

void check_times(const Scenario& scenario, Problems& problems) {
  const auto check = [&](bool holds, std::string_view pointer, std::string message) {
    if (!holds && !problems.touches(pointer)) problems.add(pointer, std::move(message));
  };
  const bool knows_duration = !problems.touches("/duration") && scenario.duration > Duration{0};
  check(!knows_duration || scenario.warmup < scenario.duration, "/warmup",
        fmt::format("{} of warm-up leave nothing of a run of {}", to_text(scenario.warmup),
                    to_text(scenario.duration)));
  check(1s % scenario.slot == Duration{0}, "/slot",
        fmt::format("{} does not divide 1s; write e.g. \"100ms\"", to_text(scenario.slot)));
  const auto check_whole = [&](Duration time, std::string_view pointer) {
    check(time % 1s == Duration{0}, pointer,
          fmt::format("{} is not a whole number of seconds", to_text(time)));
  };
  check_whole(scenario.duration, "/duration");
  check_whole(scenario.warmup, "/warmup");
  check_whole(scenario.series_interval, "/series_interval");
}

void check_caching(const Scenario& scenario, Problems& problems) {
  const NetworkSpec& network = scenario.network;
  const CachingSpec& caching = scenario.caching;
  for (const TierSites& sites :
       {sites_of(caching.edge, "/caching/edge", network.pops),
        sites_of(caching.shield, "/caching/shield", network.shields),
        sites_of(caching.embedded, "/caching/embedded", network.embedded)}) {
    check_atomic(scenario, sites, problems);
    check_tier(sites, problems);
    check_disks(sites, problems);
    check_hot(scenario, sites.tier, sites.place, problems);
  }
  if (scenario.replay != ReplayMode::atomic || problems.told_at("/network")) return;
  check_atomic_sites("pops", network.pops, problems);
  check_atomic_sites("shields", network.shields, problems);
}

void check_scenario(const Scenario& scenario, Problems& problems) {
  check_times(scenario, problems);
  check_ids(scenario.network, problems);
  check_links(scenario.network, problems);
  check_places(scenario.network, problems);
  check_shields(scenario.network, problems);
  check_embedded(scenario, problems);
  check_reach(scenario, problems);
  check_users(scenario.network, problems);
  check_steering(scenario, problems);
  check_caching(scenario, problems);
  check_traffic(scenario, problems);
  check_content(scenario, problems);
  check_tier_classes(scenario, problems);
  check_queues(scenario, problems);
  check_domains(scenario.network, problems);
  check_events(scenario, problems);
  check_launches(scenario, problems);
  check_traces(scenario, problems);
  check_viral(scenario, problems);
  check_billing(scenario, problems);
  check_targets(scenario, problems);
}

}  // namespace cdnsim::config
