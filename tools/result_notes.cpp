#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr double kBinSeconds = 300;
constexpr std::size_t kIdsNamed = 3;
// A queue that takes longer than this to drain is no burst.
constexpr double kLongQueueMs = 1000;

// A 95th percentile of fewer than 20 values is the highest of them.
void note_bins(const Result& result, std::vector<std::string>& notes) {
  if (result.scenario.replay == "atomic") return;
  const double measured = result.scenario.duration_s - result.scenario.warmup_s;
  const double bins = std::ceil(measured / kBinSeconds);
  if (measured <= kBinSeconds) {
    notes.push_back(fmt::format(
        "p95 of rates: {} fit into one five-minute bin, so it is the average over all of it",
        seconds_text(measured)));
  } else if (bins < 20) {
    notes.push_back(fmt::format(
        "p95 of rates: of only {:.0f} five-minute bins, so it is the highest of them", bins));
  }
}

void note_refused(const Result& result, std::vector<std::string>& notes) {
  const RequestTotals& totals = result.requests;
  if (totals.outcomes.shed > 0) {
    notes.push_back(
        fmt::format("{} requests were shed: their server was down, or had more work waiting than "
                    "max_wait allows",
                    count_text(totals.outcomes.shed)));
  }
  if (totals.outcomes.dropped > 0) {
    notes.push_back(fmt::format("{} requests were lost on their way: a link or a place had failed",
                                count_text(totals.outcomes.dropped)));
  }
  if (totals.timed_out > totals.outcomes.dropped) {
    notes.push_back(fmt::format(
        "{} requests timed out: no answer came from upstream within the time that coalesce allows",
        count_text(totals.timed_out - totals.outcomes.dropped)));
  }
  if (result.origin.errors > 0) {
    notes.push_back(
        fmt::format("origins refused {} of {} requests: over capacity, over the rate limit or down",
                    count_text(result.origin.errors), count_text(result.origin.requests)));
  }
}

void note_full_links(const Result& result, std::vector<std::string>& notes) {
  // The queue of a node at its own end, or of what several nodes sent.
  std::vector<const LinkResult*> full;
  for (const LinkResult& link : result.links) {
    if (link.dearer.utilisation.congested_s > 0 || link.longest_queue_ms > kLongQueueMs) {
      full.push_back(&link);
    }
  }
  if (full.empty()) return;
  std::sort(full.begin(), full.end(), [](const LinkResult* a, const LinkResult* b) {
    return std::tie(b->longest_queue_ms, a->id) < std::tie(a->longest_queue_ms, b->id);
  });
  std::string names;
  for (const LinkResult* link : std::span(full).first(std::min(full.size(), kIdsNamed))) {
    names += (names.empty() ? "" : ", ") + link->id;
    if (link->longest_queue_ms > kLongQueueMs) {
      names += fmt::format(" (a queue of up to {})", milliseconds_text(link->longest_queue_ms));
    }
  }
  if (full.size() > kIdsNamed) names += fmt::format(" and {} more", full.size() - kIdsNamed);
  notes.push_back(fmt::format("{} {} congested, at 95 % of capacity or more: {}", full.size(),
                              full.size() == 1 ? "link was" : "links were", names));
}

// A month composed from a short run knows no queues.
void note_month(const Result& result, std::vector<std::string>& notes) {
  if (!result.cost || result.cost->beyond_capacity.empty()) return;
  const std::vector<BeyondCapacity>& beyond = result.cost->beyond_capacity;
  std::string names;
  for (const BeyondCapacity& link : std::span(beyond).first(std::min(beyond.size(), kIdsNamed))) {
    names += (names.empty() ? "" : ", ") + link.link;
  }
  if (beyond.size() > kIdsNamed) names += fmt::format(" and {} more", beyond.size() - kIdsNamed);
  notes.push_back(
      fmt::format("the month that is billed asks more of {} {} than capacity allows: {}",
                  beyond.size(), beyond.size() == 1 ? "link" : "links", names));
}

void note_nothing(const Result& result, std::vector<std::string>& notes) {
  if (result.requests.outcomes.requests == 0) {
    notes.emplace_back("nobody asked for anything after the warm-up: ratios have no value");
  } else if (result.latency.all.ttfb.count == 0) {
    notes.emplace_back("no request was answered: latencies and byte ratios have no value");
  }
}

}  // namespace

std::vector<std::string> notes_on(const Result& result) {
  std::vector<std::string> notes;
  note_nothing(result, notes);
  note_bins(result, notes);
  if (result.scenario.warmup_s == 0) {
    notes.emplace_back("no warm-up: the caches start empty, and their first misses are counted");
  }
  note_refused(result, notes);
  note_full_links(result, notes);
  note_month(result, notes);
  if (result.message_delays_raised > 0) {
    notes.push_back(fmt::format(
        "{} messages between nodes had a delay below min_message_delay and were delayed by that",
        count_text(result.message_delays_raised)));
  }
  return notes;
}

}  // namespace cdnsim::tools
