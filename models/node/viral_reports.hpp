// What a PoP counts for the detector of viral objects: requests of an interval, object by object,
// and how many of them came from social media. And what it heard from there.
// Does not know where reports go.
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/counted_keys.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/node/payloads.hpp>
#include <cdnsim/models/node/viral_spec.hpp>

namespace cdnsim {

// An alert as one PoP got it.
struct AlertHeard {
  std::uint32_t detection = 0;
  SimTime at{};
  bool listed = false;  // it came on the PoP's list of hot objects then
};

class ViralReports {
 public:
  ViralReports(const ViralSpec& spec, NodeId detector, Duration delay)
      : every_(spec.report_every),
        least_(spec.floor.per_second() * seconds(spec.report_every)),
        detector_(detector),
        delay_(delay),
        next_(SimTime{spec.report_every}),
        tracked_(spec.tracked),
        counts_(spec.tracked) {}

  NodeId detector() const { return detector_; }
  Duration delay() const { return delay_; }
  // The end of the present interval.
  SimTime next() const { return next_; }

  // REQUIRES: in the present interval.
  void count(std::uint64_t key, std::uint16_t content, bool is_social, SimTime now) {
    const Slot slot = counts_.count(key, content);
    if (slot == kNoSlot) return;
    Row& row = counts_[slot];
    if (row.requests == 0) row.first_at = now;
    ++row.requests;
    row.social += is_social;
  }

  // Ends the interval: what is to be reported, by key.
  std::vector<HotReport> close() {
    std::vector<HotReport> reports;
    counts_.for_each([&](Slot slot) {
      const Row& row = counts_[slot];
      if (static_cast<double>(row.requests) < least_) return;
      reports.push_back(HotReport{row.key, next_.time_since_epoch() / every_ - 1, row.requests,
                                  row.social, row.first_at, static_cast<std::uint16_t>(row.word)});
    });
    std::ranges::sort(reports, {}, &HotReport::key);
    counts_ = CountedKeys<Row>(tracked_);
    next_ += every_;
    return reports;
  }

  std::vector<AlertHeard>& heard() { return heard_; }
  const std::vector<AlertHeard>& heard() const { return heard_; }

 private:
  // `count` is lowered for others' sake; `requests` are all since the row was made, so never fewer.
  struct Row {
    std::uint64_t key;
    std::uint64_t word;  // its class
    std::uint64_t count;
    std::uint64_t requests;
    std::uint64_t social;
    SimTime first_at;
    bool is_kept;
  };

  Duration every_;
  double least_;
  NodeId detector_;
  Duration delay_;
  SimTime next_;
  std::uint32_t tracked_;
  CountedKeys<Row> counts_;
  std::vector<AlertHeard> heard_;
};

}  // namespace cdnsim
