// What one event of a scenario did, as a result tells it.
// Does not know how the figures came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/ways_result.hpp>

namespace cdnsim {

// Of what happens again and again, or by chance.
struct EventTimes {
  std::uint64_t times = 0, things = 0;
  double down_s = 0, availability = 0;
};
template <class V>
void describe(V& v, EventTimes& s) {
  v.required("times", s.times, "how often it happened");
  v.required("things", s.things,
             "to how many things it may happen, each by itself: 1 but for faults by chance");
  v.required("down_s", s.down_s,
             "how long it lasted, all things and times together, until the run ended");
  v.required("availability", s.availability,
             "share of the time from `at` until the run ended in which a thing was not down, on "
             "average; in the long run mtbf / (mtbf + mttr)");
}

// One stretch of a run: before, while or after something lasts.
struct EventSpan {
  double seconds = 0;
  std::uint64_t requests = 0, lost = 0, stale_answers = 0, origin_requests = 0;
  double availability = 0, hit_ratio = 0, ttfb_mean_ms = 0, month_usd = 0;
};
template <class V>
void describe(V& v, EventSpan& s) {
  v.required("seconds", s.seconds, "how many whole seconds belong to it");
  v.required("requests", s.requests, "client requests that came in them");
  v.required("lost", s.lost,
             "client requests that ended in them shed, refused, lost on their way, or with an "
             "error or a time-out");
  v.required("availability", s.availability,
             "answers / (answers + lost), of client requests that ended in them", or_null);
  v.required("stale_answers", s.stale_answers,
             "answers to clients out of stale copies: stale hits, and what stood in for an answer "
             "that failed");
  v.required("hit_ratio", s.hit_ratio, "at all caches that clients ask", or_null);
  v.required("ttfb_mean_ms", s.ttfb_mean_ms, "mean time to first byte of the answers to clients",
             or_null);
  v.required("origin_requests", s.origin_requests, "requests at all origins");
  v.required("month_usd", s.month_usd,
             "what a month would cost in which every port carried all the time what it carried on "
             "average in these seconds; none without `billing`",
             or_null);
}

// Each second after the warm-up belongs to one of them.
struct EventSpans {
  EventSpan before, during, after;
};
template <class V>
void describe(V& v, EventSpans& s) {
  v.required("before", s.before, "from the end of the warm-up until it begins for the first time");
  v.required(
      "during", s.during,
      "the seconds in which it lasts, or begins or ends; of what recurs, all times together");
  v.required("after", s.after, "those from its first end on in which it does not last");
}

struct EventResult {
  std::string name, kind;
  double at_s = 0;
  std::uint64_t copies_purged = 0, served_outdated = 0;
  double moved_share = 0;
  double hit_ratio_before = 0, hit_ratio_lowest = 0, recovered_after_s = 0;
  double lost_rps_before = 0, lost_peak_rps = 0;
  double shield_rps_before = 0, shield_peak_rps = 0, origin_rps_before = 0, origin_peak_rps = 0;
  double over_after_s = 0, measured_s = 0;
  std::uint64_t lost_requests = 0, origin_requests = 0;
  std::optional<WaysResult> ways;
  std::uint64_t servers_failed = 0;
  std::optional<EventTimes> recurs = {};
  std::optional<EventSpans> spans = {};
};
template <class V>
void describe(V& v, EventResult& s) {
  v.required("name", s.name, "its id in the scenario");
  v.required("kind", s.kind, "purge, down, fail, withdraw, degrade or faults");
  v.required("at_s", s.at_s, "when it happened");
  v.required("copies_purged", s.copies_purged,
             "copies that left because of it, or were made stale, in all caches");
  v.required("served_outdated", s.served_outdated,
             "answers to clients made before a purge and given after it was published");
  v.required("moved_share", s.moved_share,
             "share of a PoP's requests in the minute after its servers changed whose object "
             "belonged to another server before",
             or_null);
  v.required("hit_ratio_before", s.hit_ratio_before,
             "at all edges, in the minute before, after the warm-up", or_null);
  v.required(
      "hit_ratio_lowest", s.hit_ratio_lowest,
      "lowest over five seconds, in the quarter of an hour after; where caches fill and nothing "
      "fell it lies above the one before",
      or_null);
  v.required("recovered_after_s", s.recovered_after_s,
             "until five seconds together have made up nine tenths of the fall; 0 when it never "
             "fell by more than chance, none when it did not come back, or with faults",
             or_null);
  v.required("lost_rps_before", s.lost_rps_before,
             "client requests shed, refused or answered with an error or a time-out, per second in "
             "the minute before",
             or_null);
  v.required("lost_peak_rps", s.lost_peak_rps, "of those, in the highest second after");
  v.required("shield_rps_before", s.shield_rps_before,
             "requests per second at all shields in the minute before", or_null);
  v.required("shield_peak_rps", s.shield_peak_rps, "in the highest second after");
  v.required("origin_rps_before", s.origin_rps_before,
             "requests per second at all origins in the minute before", or_null);
  v.required("origin_peak_rps", s.origin_peak_rps, "in the highest second after");
  v.required(
      "over_after_s", s.over_after_s,
      "until the hit ratio, what was lost and the requests at origins were all back: of each, "
      "five seconds together have made up nine tenths of its worst five; 0 when none changed "
      "by more than chance, none when one did not come back or what happens goes on by chance "
      "(faults)",
      or_null);
  v.required("measured_s", s.measured_s,
             "seconds after the event over which lost_requests and origin_requests are counted: "
             "over_after_s, or all that were watched (a quarter of an hour) when that is none; of "
             "what recurs, all from `at` until the run ended");
  v.required("lost_requests", s.lost_requests,
             "client requests lost in measured_s: shed, refused, error or time-out");
  v.required("origin_requests", s.origin_requests,
             "requests at origins in measured_s; at the rate of the minute before they would have "
             "been origin_rps_before x measured_s");
  v.required("servers_failed", s.servers_failed,
             "servers that did no work because of it, where single ones fail: a server, a pod, a "
             "failure domain of some");
  v.optional("recurs", s.recurs,
             "of what happens more than once, or by chance; figures of seconds before and after "
             "go by `at`, but for lost_requests, origin_requests and spans");
  v.optional("spans", s.spans, "of what lasts for some time: the run before, during and after it");
  v.optional("ways", s.ways,
             "of what fails links or takes clients from a PoP: what it did to ways and steering");
}

}  // namespace cdnsim
