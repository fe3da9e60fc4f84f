#include "curve_player.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

#include "lab_cache.hpp"
#include "stack_curve.hpp"

namespace cdnsim {
namespace {

class CachePlayer final : public CurvePlayer {
 public:
  CachePlayer(std::size_t point, const LabCacheSpec& spec)
      : point_(point), cache_(make_plain_lab_cache(spec)) {}

  void play(std::span<const TraceRequest> block, bool warming) override {
    cache_->play(block, warming);
  }
  void put_counts(std::vector<LabCounts>& points) const override {
    points[point_] = cache_->counts();
  }

 private:
  std::size_t point_;
  std::unique_ptr<LabCache> cache_;
};

struct SizeOfPoint {
  std::int64_t size;
  std::size_t point;
  auto operator<=>(const SizeOfPoint&) const = default;
};

template <class Places>
class StackPlayer final : public CurvePlayer {
 public:
  // REQUIRES: the sizes rise.
  explicit StackPlayer(std::vector<SizeOfPoint> points)
      : points_(std::move(points)), curve_(sizes_of(points_)) {}

  void play(std::span<const TraceRequest> block, bool warming) override {
    curve_.play(block, warming);
  }
  void put_counts(std::vector<LabCounts>& points) const override {
    const std::vector<LabCounts> counts = curve_.counts();
    for (std::size_t i = 0; i < points_.size(); ++i) points[points_[i].point] = counts[i];
  }

 private:
  static std::vector<std::int64_t> sizes_of(const std::vector<SizeOfPoint>& points) {
    std::vector<std::int64_t> sizes;
    for (const SizeOfPoint& point : points) sizes.push_back(point.size);
    return sizes;
  }

  std::vector<SizeOfPoint> points_;
  StackCurve<Places> curve_;
};

bool is_read_off_distances(const LabCacheSpec& spec, const CurveExtent& extent, bool ignore_sizes) {
  if (spec.policy.name != "lru") return false;
  return ignore_sizes || (!extent.sizes_change && spec.size >= extent.largest);
}

}  // namespace

std::vector<std::unique_ptr<CurvePlayer>> curve_players(const std::vector<LabCacheSpec>& caches,
                                                        double share, const CurveExtent& extent,
                                                        bool ignore_sizes) {
  std::vector<std::unique_ptr<CurvePlayer>> players;
  std::vector<SizeOfPoint> stack;
  for (std::size_t i = 0; i < caches.size(); ++i) {
    LabCacheSpec spec = caches[i];
    // What no double can tell apart is not rounded by one.
    if (share < 1)
      spec.size = std::max<std::int64_t>(
          1, static_cast<std::int64_t>(static_cast<double>(spec.size) * share + 0.5));
    if (is_read_off_distances(spec, extent, ignore_sizes)) {
      stack.push_back({spec.size, i});
    } else {
      players.push_back(std::make_unique<CachePlayer>(i, spec));
    }
  }
  std::sort(stack.begin(), stack.end());
  if (stack.empty()) return players;
  if (ignore_sizes) {
    players.push_back(std::make_unique<StackPlayer<CountedPlaces>>(std::move(stack)));
  } else {
    players.push_back(std::make_unique<StackPlayer<WeighedPlaces>>(std::move(stack)));
  }
  return players;
}

}  // namespace cdnsim
