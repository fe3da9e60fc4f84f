// What a result says of a PoP that was launched: how it was warmed, stage by stage how it did, and
// whether it stayed.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct LaunchStageResult {
  double share = 0;
  std::uint64_t cells = 0;
  double started_at_s = 0, ended_at_s = 0;
  std::uint64_t requests = 0;
  double hit_ratio = 0, p95_ttfb_ms = 0, error_ratio = 0;
  std::string decision;
};
template <class V>
void describe(V& v, LaunchStageResult& s) {
  v.required("share", s.share, "of its cells of clients, how many it was to have");
  v.required("cells", s.cells, "how many those are");
  v.required("started_at_s", s.started_at_s,
             "when it was decided; clients follow by `steering`. None: it did not come to that",
             or_null);
  v.required("ended_at_s", s.ended_at_s, "when the next decision fell; none: it did not", or_null);
  v.required("requests", s.requests,
             "of clients at the PoP, from the first report interval that began when the stage had "
             "settled until it ended; the figures after this one are of the same time");
  v.required("hit_ratio", s.hit_ratio, "as everywhere", or_null);
  v.required("p95_ttfb_ms", s.p95_ttfb_ms, "95th percentile of the time to first byte", or_null);
  v.required("error_ratio", s.error_ratio, "requests that ended in an error", or_null);
  v.required("decision", s.decision,
             "next (the next stage began), launched (it was the last one, and nothing broke), "
             "rolled_back, running (when the run ended) or not_begun");
}

struct LaunchRollBack {
  std::string criterion;
  std::uint64_t stage = 0;
  double at_s = 0, value = 0, limit = 0, back_at_s = 0, took_s = 0;
};
template <class V>
void describe(V& v, LaunchRollBack& s) {
  v.required("criterion", s.criterion, "what broke: hardware, errors, hit_ratio or p95");
  v.required("stage", s.stage, "in which stage, numbered from 0");
  v.required("at_s", s.at_s, "when it was decided");
  v.required("value", s.value,
             "what was measured: servers that had failed or reports missing, a ratio, or ms");
  v.required("limit", s.limit, "what it was held against");
  v.required("back_at_s", s.back_at_s, "when the last cell was back where it had been");
  v.required("took_s", s.took_s, "from the decision until then");
}

struct LaunchResult {
  std::string pop, warming, outcome, place;
  double warming_started_at_s = 0, warmed_at_s = 0;
  std::uint64_t warmed_objects = 0, warmed_bytes = 0, cells = 0;
  double p95_before_ms = 0, steady_hit_ratio = 0, first_hit_ratio = 0;
  double time_to_steady_hit_ratio_s = 0;
  std::vector<LaunchStageResult> stages;
  std::optional<LaunchRollBack> rolled_back;
};
template <class V>
void describe(V& v, LaunchResult& s) {
  v.required("pop", s.pop, "the PoP");
  v.required("place", s.place, "where reports came together");
  v.required("warming", s.warming, "none, top_n, peers or shadow");
  v.required("outcome", s.outcome,
             "launched (it has all stages behind it), rolled_back, running (when the run ended) or "
             "waiting (no stage has begun)");
  v.required("warming_started_at_s", s.warming_started_at_s, "the launch's `at`");
  v.required("warmed_at_s", s.warmed_at_s,
             "end of the first report interval at which nothing more was to come; none: it never "
             "was so",
             or_null);
  v.required("warmed_objects", s.warmed_objects, "copies that came in unasked and were stored");
  v.required(
      "warmed_bytes", s.warmed_bytes,
      "their bytes; they are among the bytes of the links that they crossed, and are billed");
  v.required("cells", s.cells, "cells of clients that steering gives to it, sooner or later");
  v.required("p95_before_ms", s.p95_before_ms,
             "95th percentile of the time to first byte at the PoPs that it takes clients from, "
             "after the warm-up and until the first stage",
             or_null);
  v.required("first_hit_ratio", s.first_hit_ratio,
             "of the first report interval in which clients asked it", or_null);
  v.required("steady_hit_ratio", s.steady_hit_ratio,
             "of the last quarter of the time from its first client until the run ended; none when "
             "it was rolled back",
             or_null);
  v.required("time_to_steady_hit_ratio_s", s.time_to_steady_hit_ratio_s,
             "from the beginning of the first report interval with requests to that of the first "
             "one from which on the hit ratio of each deviates from steady_hit_ratio by at most "
             "0.02, or by four standard errors of its requests where that is more",
             or_null);
  v.required("stages", s.stages, "as the scenario names them");
  v.optional("rolled_back", s.rolled_back, "when its clients were taken back, and why");
}

}  // namespace cdnsim
