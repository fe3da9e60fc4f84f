#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <tuple>

#include <fmt/format.h>

#include <cdnsim/tools/result_table.hpp>
#include <cdnsim/tools/table.hpp>
#include <cdnsim/tools/units.hpp>

namespace cdnsim::tools {
namespace {

constexpr std::size_t kLinksShown = 5;

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? 0.0 : static_cast<double>(part) / static_cast<double>(whole);
}

// In an atomic replay time means nothing.
double measured_seconds(const Result& result) {
  if (result.scenario.replay == "atomic") return std::numeric_limits<double>::quiet_NaN();
  return result.scenario.duration_s - result.scenario.warmup_s;
}

std::string heading(const Result& result) {
  const ScenarioSummary& scenario = result.scenario;
  std::string out = shortened(scenario.name, kWidthMax) + '\n';
  if (!scenario.question.empty()) out += wrapped(scenario.question, 0) + '\n';
  out += fmt::format("{} simulated", seconds_text(scenario.duration_s));
  if (scenario.warmup_s > 0) {
    out += fmt::format(", the first {} as warm-up and not in these figures",
                       seconds_text(scenario.warmup_s));
  }
  out += fmt::format("; seed {}\n", scenario.seed);
  if (scenario.replay != "atomic") return out;
  return out + fmt::format("Replayed one request after the other, one every {}\n",
                           seconds_text(scenario.replay_gap_s));
}

std::string causes_line(const MissCauses& causes, std::uint64_t misses) {
  std::string list;
  const auto add = [&](const char* name, std::uint64_t count) {
    if (count == 0) return;
    list +=
        fmt::format("{}{} {}", list.empty() ? "" : ", ", name, percent_text(share(count, misses)));
  };
  add("never asked for before", causes.first_request);
  add("failed or under way before", causes.not_fetched);
  add("evicted", causes.evicted);
  add("expired", causes.expired);
  add("purged", causes.purged);
  add("not admitted", causes.not_admitted);
  add("re-steered", causes.re_steered);
  add("spilled", causes.spilled);
  return list.empty() ? "" : "  misses: " + wrapped(list, 10) + '\n';
}

std::string requests_section(const Result& result) {
  const RequestTotals& totals = result.requests;
  const OutcomeCounts& o = totals.outcomes;
  Table table({"Requests", "count", "share", "mean"});
  const auto add = [&](const char* name, std::uint64_t count) {
    const double per_second = share(count, 1) / measured_seconds(result);
    table.add(
        {name, count_text(count), percent_text(share(count, o.requests)), rate_text(per_second)});
  };
  const auto add_if_any = [&](const char* name, std::uint64_t count) {
    if (count > 0) add(name, count);
  };
  add("all", o.requests);
  add("hits", o.hits);
  add_if_any("stale hits", o.stale_hits);
  add_if_any("negative hits", o.negative_hits);
  add("delayed hits", o.delayed_hits);
  add("misses", o.misses);
  add_if_any("passes", o.passes);
  add_if_any("shed", o.shed);
  add("ended in an error", totals.errors);
  add_if_any("timed out", totals.timed_out);
  add_if_any("rate-limited", totals.rate_limited);
  add_if_any("still in flight", totals.in_flight);
  const auto edge = result.tiers.find("edge");
  return table.text() +
         (edge == result.tiers.end() ? "" : causes_line(edge->second.miss_causes, o.misses));
}

std::string tiers_section(const Result& result) {
  Table table(
      {"Tiers", "requests", "hit ratio", "byte hits", "fetches", "refreshes", "served", "fetched"});
  for (const auto& [name, tier] : result.tiers) {
    table.add({name, count_text(tier.outcomes.requests), percent_text(tier.hit_ratio),
               percent_text(tier.byte_hit_ratio), count_text(tier.fetches),
               count_text(tier.refreshes),
               bytes_text(tier.bytes_served + tier.bytes_pushed.value_or(0)),
               bytes_text(tier.bytes_fetched)});
  }
  return table.text();
}

std::string origin_section(const Result& result) {
  const OriginTotals& origin = result.origin;
  Table table(
      {"Origin", "requests", "mean", "peak", "p95", "errors", "offload", "byte offl.", "served"});
  table.add({"all origins", count_text(origin.requests), rate_text(origin.mean_rps),
             rate_text(origin.peak_rps), rate_text(origin.p95_rps), count_text(origin.errors),
             percent_text(origin.offload_ratio), percent_text(origin.byte_offload_ratio),
             bytes_text(origin.bytes)});
  return table.text();
}

std::string classes_section(const Result& result) {
  Table table({"Content", "requests", "peak", "hit ratio", "byte hits", "at origin", "peak there",
               "served"});
  for (const auto& [name, content] : result.classes) {
    table.add({name, count_text(content.edge.outcomes.requests), rate_text(content.edge_peak_rps),
               percent_text(content.edge.hit_ratio), percent_text(content.edge.byte_hit_ratio),
               count_text(content.origin_requests), rate_text(content.origin_peak_rps),
               bytes_text(content.edge.bytes_served)});
  }
  return table.text();
}

std::string latency_section(const Result& result) {
  Table table({"Latency", "TTFB p50", "p95", "p99", "TTLB p50", "p95", "p99"});
  const auto add = [&](const std::string& name, const LatencyPair& pair) {
    if (pair.ttfb.count == 0) return;
    table.add({name, milliseconds_text(pair.ttfb.p50), milliseconds_text(pair.ttfb.p95),
               milliseconds_text(pair.ttfb.p99), milliseconds_text(pair.ttlb.p50),
               milliseconds_text(pair.ttlb.p95), milliseconds_text(pair.ttlb.p99)});
  };
  add("all", result.latency.all);
  for (const auto& [region, pair] : result.latency.by_region) add(region, pair);
  std::string parts;
  for (const auto& [part, ms] : result.latency.ttfb_parts_mean) {
    parts += fmt::format("{}{} {}", parts.empty() ? "" : ", ", part, milliseconds_text(ms));
  }
  return table.text() + (parts.empty() ? "" : "  mean TTFB: " + wrapped(parts, 13) + '\n') +
         fmt::format(
             "  round trip to the PoP: at most 10 ms for {} of users, 50 ms for {}, 100 ms "
             "for {}\n",
             percent_text(result.coverage.within_10ms), percent_text(result.coverage.within_50ms),
             percent_text(result.coverage.within_100ms));
}

std::string live_section(const Result& result) {
  if (!result.live) return "";
  Table table({"Live", "watching", "start p95", "behind p50", "p95", "stalled", "bitrate", "waited",
               "per asker"});
  for (const auto& [name, live] : *result.live) {
    table.add({name, count_text(live.viewers.peak), milliseconds_text(live.start_up_ms.p95),
               milliseconds_text(live.glass_to_glass_ms.p50),
               milliseconds_text(live.glass_to_glass_ms.p95), percent_text(live.stalls.ratio),
               bits_text(live.bitrate_mean_bps), count_text(live.waited),
               live.origin.fetches == 0 ? "-" : fmt::format("{:.3g}", live.origin.mean_per_asker)});
  }
  return table.text() +
         "  waited: segments that a viewer waited for at the edge; per asker: fetches of a "
         "segment\n"
         "  from the origin by each shield or PoP that fetched it\n";
}

std::string links_section(const Result& result) {
  std::vector<const LinkResult*> links;
  for (const LinkResult& link : result.links) links.push_back(&link);
  std::sort(links.begin(), links.end(), [](const LinkResult* a, const LinkResult* b) {
    return std::tie(b->utilisation_p95, a->id) < std::tie(a->utilisation_p95, b->id);
  });
  const std::size_t shown = std::min(kLinksShown, links.size());
  Table table({fmt::format("Busiest of {} links", links.size()), "kind", "capacity", "peak", "p95",
               "p95 used", "bytes"});
  for (const LinkResult* link : std::span(links).first(shown)) {
    table.add({link->id, link->kind, bits_text(link->capacity_bps),
               bits_text(link->dearer.peak_bps), bits_text(link->dearer.p95_bps),
               percent_text(link->utilisation_p95), bytes_text(link->dearer.bytes)});
  }
  return table.text();
}

std::string targets_section(const Result& result) {
  Table table({"Targets", "", "value", "at least", "at most"});
  for (const SloResult& slo : result.slo) {
    const auto bound = [&](const char* name) {
      const auto found = slo.target.find(name);
      return found == slo.target.end() ? std::string() : fmt::format("{:.6g}", found->second);
    };
    table.add({slo.name, slo.met ? "met" : "MISSED",
               std::isnan(slo.value) ? "none" : fmt::format("{:.6g}", slo.value), bound("at_least"),
               bound("at_most")});
  }
  return table.empty() ? "" : table.text();
}

std::string notes_section(const Result& result) {
  std::string out;
  for (const std::string& note : notes_on(result)) out += "  " + wrapped(note, 4) + '\n';
  return out.empty() ? "" : "Notes\n" + out;
}

}  // namespace

std::string result_table(const Result& result) {
  std::string out = heading(result);
  for (const auto section : {requests_section, tiers_section, origin_section, classes_section,
                             live_section, latency_section, links_section, events_section,
                             bill_section, targets_section, notes_section}) {
    const std::string text = section(result);
    if (!text.empty()) out += '\n' + text;
  }
  return out + "\ndigest " + result.digest + '\n';
}

}  // namespace cdnsim::tools
