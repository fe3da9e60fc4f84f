#include <limits>

#include <cdnsim/assembly/activity_summary.hpp>

namespace cdnsim::assembly {
namespace {

MissCauses causes_of(const ClassCounts& counts) {
  const auto cause = [&](MissCause c) { return counts.causes[static_cast<std::size_t>(c)]; };
  return MissCauses{cause(MissCause::first_request), cause(MissCause::not_fetched),
                    cause(MissCause::evicted),       cause(MissCause::expired),
                    cause(MissCause::purged),        cause(MissCause::not_admitted),
                    cause(MissCause::re_steered),    cause(MissCause::spilled)};
}

// Where nobody is served elsewhere, nothing is counted.
ServedBy served_of(const ClassCounts& counts) {
  const auto served = [&](Served by) { return counts.served[static_cast<std::size_t>(by)]; };
  ServedBy found{0, served(Served::content), served(Served::health), served(Served::overflow)};
  found.home =
      counts.requests() - counts[Outcome::dropped] - found.content - found.health - found.overflow;
  return found;
}

ServedBy answered_of(const ClassCounts& counts) {
  const auto answered = [&](Served by) { return counts.answered[static_cast<std::size_t>(by)]; };
  return ServedBy{answered(Served::home), answered(Served::content), answered(Served::health),
                  answered(Served::overflow)};
}

}  // namespace

double ratio(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? std::numeric_limits<double>::quiet_NaN()
                    : static_cast<double>(part) / static_cast<double>(whole);
}

OutcomeCounts outcomes_of(const ClassCounts& counts) {
  OutcomeCounts outcomes;
  outcomes.requests = counts.requests();
  outcomes.hits = counts[Outcome::hit];
  outcomes.stale_hits = counts[Outcome::stale_hit];
  outcomes.negative_hits = counts[Outcome::negative_hit];
  outcomes.delayed_hits = counts[Outcome::delayed_hit];
  outcomes.misses = counts[Outcome::miss];
  outcomes.passes = counts[Outcome::pass];
  outcomes.shed = counts[Outcome::shed];
  outcomes.dropped = counts[Outcome::dropped];
  return outcomes;
}

Activity activity_of(const ClassCounts& counts) {
  Activity activity;
  activity.outcomes = outcomes_of(counts);
  activity.miss_causes = causes_of(counts);
  activity.hit_ratio = ratio(counts.found(), counts.looked_up());
  activity.served_without_fetch_ratio = ratio(counts.served_without_fetch(), counts.looked_up());
  activity.byte_hit_ratio = ratio(counts.bytes_hit, counts.bytes_served);
  activity.remembered_errors = counts.remembered_errors;
  activity.failed_waits = counts.failed_waits;
  activity.stale_on_error = counts.stale_on_error;
  activity.errors = counts.failed();
  activity.fetches = counts.fetches;
  activity.refreshes = counts.refreshes;
  activity.resent = counts.resent;
  activity.not_modified = counts.not_modified;
  activity.served = served_of(counts);
  activity.answered = answered_of(counts);
  activity.outdated = counts.outdated;
  activity.aborted = counts.aborted;
  activity.broken_off = counts.broken_off;
  activity.replica_fills = counts.replica_fills;
  activity.bytes_served = counts.bytes_served;
  activity.bytes_fetched = counts.bytes_fetched;
  if (counts.pushed > 0) activity.bytes_pushed = counts.bytes_pushed;
  return activity;
}

}  // namespace cdnsim::assembly
