// What a PoP counts for whoever launches one: what became of its clients' requests in an interval,
// and how long they waited. It takes differences of counters, so a request costs nothing.
// Does not know where reports go, nor what is made of them.
#pragma once

#include <cstdint>
#include <map>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/node/launch_payloads.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim {

class LaunchReports {
 public:
  LaunchReports(NodeId controller, Duration delay, Duration every)
      : controller_(controller), delay_(delay), every_(every), next_(SimTime{every}) {}

  NodeId controller() const { return controller_; }
  Duration delay() const { return delay_; }
  // The end of the present interval.
  SimTime next() const { return next_; }

  // Ends the interval.
  std::vector<LatencyReport> close(const Recorder& recorder, LaunchReport& report) {
    report.interval = next_.time_since_epoch() / every_ - 1;
    ClassCounts now = recorder.total(Phase::warmup);
    now += recorder.total(Phase::measured);
    report.looked_up = now.looked_up() - before_.looked_up();
    report.hits = now.found() - before_.found();
    report.failed = now.failed() - before_.failed();
    report.ended = report.failed + answers_of(now) - answers_of(before_);
    before_ = now;
    next_ += every_;
    return latencies(recorder, report.interval);
  }

 private:
  static std::uint64_t answers_of(const ClassCounts& counts) {
    return counts[Status::ok] + counts[Status::not_found];
  }

  // A bucket is told by its middle, in microseconds: within 1 %, as all quantiles.
  std::vector<LatencyReport> latencies(const Recorder& recorder, std::int64_t interval) {
    std::map<std::uint32_t, std::uint64_t> now;
    for (std::uint32_t region = 0; region < recorder.regions(); ++region) {
      for (std::uint16_t content = 0; content < recorder.classes(); ++content) {
        recorder.latency(region, content)
            .first_byte.for_each_bucket(
                [&](std::int64_t low, std::int64_t high, std::uint64_t count) {
                  now[static_cast<std::uint32_t>((low + (high - low) / 2) / 1000)] += count;
                });
      }
    }
    std::vector<LatencyReport> reports;
    for (const auto& [microseconds, count] : now) {
      const auto known = latencies_.find(microseconds);
      const std::uint64_t more = count - (known == latencies_.end() ? 0 : known->second);
      if (more == 0) continue;
      if (reports.empty() || reports.back().count == LatencyReport::kMost) {
        reports.push_back(LatencyReport{interval});
      }
      LatencyReport& last = reports.back();
      last.microseconds[last.count] = microseconds;
      last.users[last.count++] = static_cast<std::uint32_t>(more);
    }
    latencies_ = std::move(now);
    return reports;
  }

  NodeId controller_;
  Duration delay_;
  Duration every_;
  SimTime next_;
  ClassCounts before_;
  std::map<std::uint32_t, std::uint64_t> latencies_;  // as last told, by microseconds
};

}  // namespace cdnsim
