// What the players of a live event's viewers count at one place.
// Does not know players, nor what a viewer is.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cdnsim/observe/histogram.hpp>

namespace cdnsim {

struct LiveCounts {
  std::uint64_t came = 0;        // viewers whose first poll was answered, well or badly
  std::uint64_t started = 0;     // of them, those that have played something
  std::uint64_t taken_over = 0;  // viewers who came from another place midway, and play here
  std::uint64_t manifests_got = 0;
  std::uint64_t manifests_without_news = 0;
  std::uint64_t manifests_failed = 0;
  std::uint64_t asked = 0;  // segments
  std::uint64_t got = 0;
  std::uint64_t failed = 0;
  std::uint64_t under_way = 0;   // at the end: in line, or without an answer
  std::uint64_t unfinished = 0;  // of them, those whose last byte was not there
  std::uint64_t skipped = 0;
  std::uint64_t stalls = 0;
  std::uint64_t stalled_ns = 0;
  std::vector<std::uint64_t> by_rendition;  // of segments that came
  LogHistogram start_up_us;
  LogHistogram behind_us;    // of the film, of each segment that came
  LogHistogram push_lag_us;  // of segments that were pushed: from when they are out

  LiveCounts& operator+=(const LiveCounts& other) {
    came += other.came;
    started += other.started;
    taken_over += other.taken_over;
    manifests_got += other.manifests_got;
    manifests_without_news += other.manifests_without_news;
    manifests_failed += other.manifests_failed;
    asked += other.asked;
    got += other.got;
    failed += other.failed;
    under_way += other.under_way;
    unfinished += other.unfinished;
    skipped += other.skipped;
    stalls += other.stalls;
    stalled_ns += other.stalled_ns;
    by_rendition.resize(std::max(by_rendition.size(), other.by_rendition.size()));
    for (std::size_t i = 0; i < other.by_rendition.size(); ++i) {
      by_rendition[i] += other.by_rendition[i];
    }
    start_up_us.merge(other.start_up_us);
    behind_us.merge(other.behind_us);
    push_lag_us.merge(other.push_lag_us);
    return *this;
  }
};

}  // namespace cdnsim
