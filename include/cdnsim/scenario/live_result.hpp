// What a result says of live events: who watched, how well, and what it took.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/latency_result.hpp>

namespace cdnsim {

struct LiveRendition {
  double bitrate_bps = 0;
  std::uint64_t viewers = 0, segments = 0;
};
template <class V>
void describe(V& v, LiveRendition& s) {
  v.required("bitrate_bps", s.bitrate_bps, "its bitrate");
  v.required("viewers", s.viewers, "viewers who watch in it, whether they have come or not");
  v.required("segments", s.segments, "segments of it that came to viewers");
}

// Percentiles of something that is no request.
struct TimeSpread {
  std::uint64_t count = 0;
  double mean = 0, p50 = 0, p95 = 0, p99 = 0, max = 0;
};
template <class V>
void describe(V& v, TimeSpread& s) {
  v.required("count", s.count, "how many there are");
  v.required("mean", s.mean, "mean", or_null);
  v.required("p50", s.p50, "median; percentiles are exact to 1 %", or_null);
  v.required("p95", s.p95, "95th percentile", or_null);
  v.required("p99", s.p99, "99th percentile", or_null);
  v.required("max", s.max, "largest", or_null);
}

struct LiveViewers {
  std::uint64_t planned = 0, peak = 0, came = 0, started = 0, taken_over = 0;
};
template <class V>
void describe(V& v, LiveViewers& s) {
  v.required("planned", s.planned, "as the scenario says");
  v.required("peak", s.peak,
             "most that watch at once, as drawn: who has come and not left, until the last segment "
             "is out or the run ends");
  v.required("came", s.came, "viewers whose first poll had an answer, or an error");
  v.required("started", s.started, "of them, those that have played a segment");
  v.required("taken_over", s.taken_over,
             "how often a viewer began at another place midway, because steering moved it there; "
             "players do not take along what they have");
}

struct LiveStalls {
  std::uint64_t count = 0;
  double seconds = 0, ratio = 0;
  std::uint64_t skipped_segments = 0;
};
template <class V>
void describe(V& v, LiveStalls& s) {
  v.required("count", s.count, "times that a player had nothing to play for more than 100 ms");
  v.required("seconds", s.seconds,
             "how long players had nothing to play, all together, shorter times too: until they go "
             "on, the viewer leaves, is moved or would have seen all, or the run ends; what a "
             "start takes is not in it");
  v.required("ratio", s.ratio, "that, over the playing time of segments that came and that",
             or_null);
  v.required("skipped_segments", s.skipped_segments,
             "that were not listed any more when their player could ask for them");
}

struct LiveManifests {
  std::uint64_t answered = 0, without_news = 0, failed = 0;
};
template <class V>
void describe(V& v, LiveManifests& s) {
  v.required("answered", s.answered, "polls that had a manifest for an answer");
  v.required("without_news", s.without_news, "of them, those that listed nothing new");
  v.required("failed", s.failed, "polls that had an error, or were lost on the way back");
}

struct LiveOriginFetches {
  std::uint64_t fetches = 0, segments = 0, most_per_asker = 0;
  double mean_per_asker = 0;
};
template <class V>
void describe(V& v, LiveOriginFetches& s) {
  v.required("fetches", s.fetches, "requests for segments that came to the origin");
  v.required("segments", s.segments,
             "segments, each rendition by itself, that anybody asked it for");
  v.required("mean_per_asker", s.mean_per_asker,
             "of each of those, requests by each who asked for it: by shield, or by PoP where "
             "there is none",
             or_null);
  v.required("most_per_asker", s.most_per_asker, "the most of them");
}

struct LiveResult {
  LiveViewers viewers;
  std::uint64_t segments = 0;
  std::map<std::string, LiveRendition> renditions;
  double bitrate_mean_bps = 0;
  std::uint64_t asked = 0, got = 0, failed = 0, under_way = 0, waited = 0;
  TimeSpread start_up_ms, glass_to_glass_ms, push_lag_ms;
  LiveStalls stalls;
  LiveManifests manifests;
  LiveOriginFetches origin;
  std::uint64_t pushed = 0, pushed_bytes = 0;
};
template <class V>
void describe(V& v, LiveResult& s) {
  v.required("viewers", s.viewers,
             "who watched; all figures are of the whole run, its warm-up too");
  v.required("segments", s.segments, "segments that were out when the run ended");
  v.required("renditions", s.renditions, "by name");
  v.required("bitrate_mean_bps", s.bitrate_mean_bps, "mean over segments that came", or_null);
  v.required("segments_asked", s.asked, "segments that players asked for");
  v.required("segments_got", s.got, "of them, those that came");
  v.required("segments_failed", s.failed, "and those that did not, by errors or lost ways");
  v.required("segments_under_way", s.under_way, "and those under way when the run ended");
  v.required("segments_waited", s.waited,
             "requests for segments that waited for a fetch where clients ask, led or joined");
  v.required("start_up_ms", s.start_up_ms,
             "from when a viewer comes, or the first segment is out if that is later, until it has "
             "the first segment that it plays; set-up of its connection included");
  v.required("glass_to_glass_ms", s.glass_to_glass_ms,
             "from when something is filmed until it is seen, of each segment that came");
  v.required("push_lag_ms", s.push_lag_ms,
             "of segments that were pushed to places that clients ask: from when one is out until "
             "its last byte is there");
  v.required("stalls", s.stalls, "players that had nothing to play");
  v.required("manifests", s.manifests, "polls");
  v.required("origin", s.origin, "who fetched segments from the origin");
  v.required("pushed", s.pushed, "segments and manifests that the origin sent unasked");
  v.required("pushed_bytes", s.pushed_bytes,
             "their bytes; of those after the warm-up /origin/bytes has them too");
}

}  // namespace cdnsim
