// What a PoP counts for the engine that steers by load: requests of an interval, cell by cell, and
// what became of all of them.
// Does not know where reports go, nor what is made of them.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/node/steering_payloads.hpp>
#include <cdnsim/models/workload/demand.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim {

class LoadReports {
 public:
  LoadReports(NodeId controller, Duration delay, Duration every, std::size_t cells)
      : controller_(controller),
        delay_(delay),
        every_(every),
        next_(SimTime{every}),
        counts_(cells) {}

  NodeId controller() const { return controller_; }
  Duration delay() const { return delay_; }
  // The end of the present interval.
  SimTime next() const { return next_; }

  // REQUIRES: of one slot, which is in the present interval.
  void count(const Arrival& arrival) { ++counts_[arrival.cell]; }
  void count(const std::vector<Arrival>& arrivals) {
    for (const Arrival& arrival : arrivals) ++counts_[arrival.cell];
  }

  // A client's request for which its server had no room. One whose server is down is not: it fails.
  void count_full() { ++full_; }

  // Ends the interval. `now` is what was counted of client requests since the run began; `held`
  // says whose requests would have come here, so that none is a report too.
  template <class Held>
  std::vector<CellReport> close(const ClassCounts& now, const Held& held, LoadReport& report) {
    report.interval = interval();
    report.answers = answers_of(now) - answers_of(before_);
    report.bytes = now.bytes_served - before_.bytes_served;
    const std::uint64_t failed = now.failed() - before_.failed();
    report.failed = failed - full_;
    report.ended = failed + report.answers;
    before_ = now;
    full_ = 0;
    std::vector<CellReport> reports;
    for (std::uint16_t cell = 0; cell < counts_.size(); ++cell) {
      if (counts_[cell] == 0 && !held(cell)) continue;
      if (reports.empty() || reports.back().count == CellReport::kMost) {
        reports.push_back(CellReport{static_cast<std::int32_t>(interval())});
      }
      CellReport& last = reports.back();
      last.cells[last.count] = cell;
      last.requests[last.count++] = counts_[cell];
      counts_[cell] = 0;
    }
    next_ += every_;
    return reports;
  }

 private:
  std::int64_t interval() const { return next_.time_since_epoch() / every_ - 1; }
  static std::uint64_t answers_of(const ClassCounts& counts) {
    return counts[Status::ok] + counts[Status::not_found];
  }

  NodeId controller_;
  Duration delay_;
  Duration every_;
  SimTime next_;
  std::vector<std::uint32_t> counts_;  // by cell
  ClassCounts before_;
  std::uint64_t full_ = 0;  // in the present interval
};

}  // namespace cdnsim
