#include <algorithm>

#include <cdnsim/models/workload/live.hpp>

namespace cdnsim {
namespace {

constexpr std::int64_t kKilobit = 1000;

ContentSpec public_content(const Live& live, Duration max_age, std::uint64_t objects) {
  ContentSpec content;
  content.objects = objects;
  content.origin = live.origin;
  content.cache_control.is_public = true;
  content.cache_control.max_age = max_age;
  return content;
}

}  // namespace

std::map<std::string, Rendition> usual_ladder() {
  std::map<std::string, Rendition> ladder;
  const auto rung = [&](const char* name, std::int64_t kilobits, double screens) {
    ladder[name] = Rendition{BitRate{kilobits * kKilobit}, screens};
  };
  rung("240p", 400, 0);
  rung("360p", 800, 0);
  rung("480p", 1400, 0);
  rung("720p", 2800, 4);
  rung("1080p", 5000, 4);
  rung("1440p", 9000, 0);
  rung("2160p", 16'000, 2);
  return ladder;
}

ContentSpec Live::segments_content() const {
  return public_content(*this, segment_ttl, std::uint64_t{segments()} * ladder.size());
}

ContentSpec Live::manifests_content() const {
  ContentSpec content = public_content(*this, manifest_ttl, ladder.size());
  content.size.law = FixedSize{manifest_size};
  content.updates = segment;
  return content;
}

double Live::weight_in(const std::string& region) const {
  const auto found = interest.find(region);
  return found == interest.end() ? 1.0 : found->second;
}

std::vector<std::pair<std::string, Rendition>> Live::rungs() const {
  std::vector<std::pair<std::string, Rendition>> rungs(ladder.begin(), ladder.end());
  std::ranges::stable_sort(rungs, {}, [](const auto& rung) { return rung.second.bitrate; });
  return rungs;
}

}  // namespace cdnsim
