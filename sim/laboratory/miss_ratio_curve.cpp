#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <memory>
#include <utility>

#include <cdnsim/engine/worker_pool.hpp>
#include <cdnsim/laboratory/miss_ratio_curve.hpp>

#include "curve_feed.hpp"
#include "curve_player.hpp"

namespace cdnsim {
namespace {

struct StreamPlayer {
  std::size_t stream;
  std::unique_ptr<CurvePlayer> player;
};

// Counts of each stream, in the order of the caches.
using StreamCounts = std::vector<std::vector<LabCounts>>;

// The share of the trace's objects that a stream holds.
double share_of(std::size_t stream, const ObjectSample& sample) {
  return stream == 0 ? sample.share() : sample.share() / ObjectSample::kGroups;
}

StreamCounts play_streams(CurveFeed& feed, const std::vector<LabCacheSpec>& caches,
                          const CurveExtent& extent, const CurveOptions& options) {
  std::vector<StreamPlayer> players;
  const std::size_t streams = feed.streams().size();
  for (std::size_t stream = 0; stream < streams; ++stream) {
    const double share = share_of(stream, options.sample);
    for (auto& player : curve_players(caches, share, extent, options.ignore_sizes)) {
      players.push_back({stream, std::move(player)});
    }
  }
  WorkerPool pool(std::max<std::uint32_t>(
      1, std::min(options.threads, static_cast<std::uint32_t>(players.size()))));
  while (feed.fill()) {
    pool.share(players.size(), [&](std::uint32_t, std::size_t i) {
      const CurveFeed::Stream& stream = feed.streams()[players[i].stream];
      const std::span<const TraceRequest> all(stream.requests);
      if (stream.cold > 0) players[i].player->play(all.first(stream.cold), true);
      if (stream.cold < all.size()) players[i].player->play(all.subspan(stream.cold), false);
    });
  }
  StreamCounts counts(streams, std::vector<LabCounts>(caches.size()));
  for (const StreamPlayer& p : players) p.player->put_counts(counts[p.stream]);
  return counts;
}

double ratio(double part, double whole) {
  return whole > 0 ? part / whole : std::numeric_limits<double>::quiet_NaN();
}

struct Estimate {
  double ratio, error;
};

// `missed` of each stream, of `all` that the whole trace asked for. What counts as misses is
// compared with what the sample was expected to ask for, not with what it did: whether it holds
// the most popular objects, which nearly always hit, is chance (SHARDS-adj). The groups estimate
// the same, each from a tenth; the mean of K has the deviation of one over sqrt(K), of which the
// share that was not left to chance is taken off.
Estimate estimate(const std::array<double, 1 + ObjectSample::kGroups>& missed, double all,
                  const ObjectSample& sample) {
  constexpr double kStudent = 2.262157;  // 9 degrees of freedom, 97.5 %
  constexpr auto kGroups = static_cast<double>(ObjectSample::kGroups);
  static_assert(ObjectSample::kGroups == 10);
  double sum = 0, squares = 0;
  for (std::size_t i = 1; i < missed.size(); ++i) sum += missed[i];
  for (std::size_t i = 1; i < missed.size(); ++i) {
    const double apart = missed[i] - sum / kGroups;
    squares += apart * apart;
  }
  const double of_one = std::sqrt(squares / (kGroups - 1));
  const double expected = all * sample.share() / kGroups;
  const double error = kStudent * std::sqrt((1 - sample.share()) / kGroups) * of_one;
  return {std::min(ratio(missed[0], all * sample.share()), 1.0), ratio(error, expected)};
}

CurvePoint exact_point(const LabCounts& counts) {
  CurvePoint point;
  point.counts = counts;
  point.miss_ratio =
      ratio(static_cast<double>(counts.misses), static_cast<double>(counts.requests));
  point.byte_miss_ratio =
      ratio(static_cast<double>(counts.miss_bytes), static_cast<double>(counts.bytes));
  return point;
}

CurvePoint sampled_point(const StreamCounts& counts, std::size_t i, const CurveFeed& feed,
                         const ObjectSample& sample) {
  std::array<double, 1 + ObjectSample::kGroups> misses{}, miss_bytes{};
  for (std::size_t stream = 0; stream < counts.size(); ++stream) {
    misses[stream] = static_cast<double>(counts[stream][i].misses);
    miss_bytes[stream] = static_cast<double>(counts[stream][i].miss_bytes);
  }
  const auto requests = static_cast<double>(feed.requests());
  const auto bytes = static_cast<double>(feed.bytes());
  const Estimate of_requests = estimate(misses, requests, sample);
  const Estimate of_bytes = estimate(miss_bytes, bytes, sample);
  CurvePoint point;
  point.counts.requests = feed.requests();
  point.counts.bytes = feed.bytes();
  if (feed.requests() > 0) {
    point.counts.misses = static_cast<std::uint64_t>(of_requests.ratio * requests + 0.5);
    point.counts.miss_bytes = static_cast<std::int64_t>(of_bytes.ratio * bytes + 0.5);
  }
  point.miss_ratio = of_requests.ratio;
  point.error = of_requests.error;
  point.byte_miss_ratio = of_bytes.ratio;
  point.byte_error = of_bytes.error;
  return point;
}

}  // namespace

std::vector<CurvePoint> miss_ratio_curve(TraceReader& trace,
                                         const std::vector<LabCacheSpec>& caches,
                                         const CurveExtent& extent, const CurveOptions& options) {
  constexpr double kFewObjects = 100;
  const bool is_exact = options.sample.is_all();
  CurveFeed feed(trace, options);
  const StreamCounts counts = play_streams(feed, caches, extent, options);
  const double mean_size =
      options.ignore_sizes || extent.objects == 0
          ? 1.0
          : static_cast<double>(extent.bytes) / static_cast<double>(extent.objects);
  std::vector<CurvePoint> points;
  for (std::size_t i = 0; i < caches.size(); ++i) {
    points.push_back(is_exact ? exact_point(counts[0][i])
                              : sampled_point(counts, i, feed, options.sample));
    points.back().spec = caches[i];
    const double held = static_cast<double>(caches[i].size) * options.sample.share() / mean_size;
    points.back().few_objects = !is_exact && held < kFewObjects - 0.5;
  }
  return points;
}

}  // namespace cdnsim
