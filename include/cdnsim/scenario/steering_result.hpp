// What a result says of steering during the run: cells that moved, why, and requests that PoPs
// without room handed on.
// Does not know JSON, nor how the figures came about.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct SteeringRound {
  double at_s = 0;
  std::uint64_t moves = 0, returns = 0;
};
template <class V>
void describe(V& v, SteeringRound& s) {
  v.required("at_s", s.at_s,
             "when it was decided, from the start of the run; each cell moves when it asks again");
  v.required("moves", s.moves, "cells that were to move");
  v.required("returns", s.returns, "of them, to the PoP that they had left last");
}

struct SteeringEngineResult {
  std::string place;
  std::uint64_t decisions = 0, reports = 0, moves = 0, returns = 0;
  std::map<std::string, std::uint64_t> reasons, held_back;
  std::vector<SteeringRound> rounds;
};
template <class V>
void describe(V& v, SteeringEngineResult& s) {
  v.required("place", s.place, "where the engine stands");
  v.required("decisions", s.decisions, "how often it decided");
  v.required("reports", s.reports, "reports of PoPs that came: one a PoP and interval");
  v.required("moves", s.moves, "cells that it moved, each as often as it did");
  v.required("returns", s.returns,
             "of them, to the PoP that the cell had left last: cells that swing between two");
  v.required("reasons", s.reasons,
             "moves by what saved most: proximity, load, network or health; or unreachable (its "
             "PoP was out of steering, or no way led there) and silent (its PoP did not report)");
  v.required("held_back", s.held_back,
             "cells that would have been better off elsewhere and stayed, counted at each "
             "decision: gain (too small), stay (moved not long ago) and share (enough moved)");
  v.required("rounds", s.rounds, "decisions that moved cells, in order of time");
}

struct SteeringPop {
  std::string id;
  std::optional<std::uint64_t> cells_at_start, cells_at_end, moved_in, moved_out;
  std::optional<std::uint64_t> redirected, taken_over;
};
template <class V>
void describe(V& v, SteeringPop& s) {
  v.required("id", s.id, "the PoP, or a cache inside a network that hands requests on");
  v.optional("cells_at_start", s.cells_at_start, "cells that asked it first, with an engine");
  v.optional("cells_at_end", s.cells_at_end, "cells that are to ask it as last decided");
  v.optional("moved_in", s.moved_in, "moves of cells to it over the whole run");
  v.optional("moved_out", s.moved_out, "moves of cells from it");
  v.optional("redirected", s.redirected,
             "where full PoPs redirect: requests after the warm-up for which it had no room and "
             "that it sent to another; they are not among its `requests`");
  v.optional("taken_over", s.taken_over,
             "requests after the warm-up that another one sent here; they are among its "
             "`requests`, and served for `overflow`");
}

struct SteeringResult {
  std::optional<SteeringEngineResult> engine;
  std::vector<SteeringPop> pops;
};
template <class V>
void describe(V& v, SteeringResult& s) {
  v.optional("engine", s.engine, "of the method engine: what was decided");
  v.required("pops", s.pops, "those who serve clients, by id");
}

}  // namespace cdnsim
