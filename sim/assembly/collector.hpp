// Closes second after second of a run: peaks, five-minute averages and rows of the long series.
// Does not know how nodes work; reads their counters between windows.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/assembly/event_watch.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/assembly/ways_watch.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim::assembly {

// A number per second, kept as its sum, its highest second and its five-minute sums.
class RateFigures {
 public:
  void add_second(std::uint64_t count);
  // Closes the last bin, which may be shorter than five minutes.
  void finish();

  std::uint64_t total() const { return total_; }
  std::uint64_t peak() const { return peak_; }
  // With n five-minute averages in ascending order, number ceil(0.95 n); the one before fills up
  // a last bin that is not whole. REQUIRES: finish() was called.
  double p95_per_second() const;
  // The sum of each bin, and how much of the last one there was. REQUIRES: finish() was called.
  const std::vector<std::int64_t>& bins() const { return bins_; }
  Duration last_bin() const { return std::chrono::seconds(last_seconds_); }

 private:
  static constexpr std::uint32_t kBinSeconds = 300;

  std::uint64_t total_ = 0;
  std::uint64_t peak_ = 0;
  std::uint64_t bin_sum_ = 0;
  std::uint32_t bin_seconds_ = 0;
  std::vector<std::int64_t> bins_;
  std::uint32_t last_seconds_ = kBinSeconds;  // of the last of them
};

class Collector {
 public:
  // `network` and `scenario` outlive the collector.
  Collector(Network& network, const Scenario& scenario,
            std::function<void(std::string_view)> series);

  // Everything before `time` has happened.
  void close_until(SimTime time);
  void finish();

  // By link, then direction: 0 is what `from` sends.
  const RateFigures& port(std::uint32_t link, std::uint32_t direction) const {
    return ports_[2 * link + direction];
  }
  // The longest queue at either end that a second ended with.
  Duration longest_queue(std::uint32_t link) const { return queues_[link]; }
  const RateFigures& origin_requests() const { return origin_total_; }
  const RateFigures& origin_requests(std::size_t content) const {
    return origin_by_class_[content];
  }
  const RateFigures& edge_requests(std::size_t content) const { return edge_by_class_[content]; }
  // By event, in the order of their names.
  const std::vector<EventWatch>& event_watches() const { return event_watches_; }
  // By outage.
  const std::vector<WaysWatch>& ways_watches() const { return ways_watches_; }
  std::uint64_t bytes_closed() const { return bytes_closed_; }

 private:
  void close_second();
  void close_ports(bool measured);
  void close_requests(bool measured);
  void close_events(bool measured);
  void close_ways(bool measured);
  void write_rows(std::int64_t from_second, std::int64_t until_second);

  Network& network_;
  const Scenario& scenario_;
  std::function<void(std::string_view)> series_;
  std::int64_t second_ = 0;  // the next to be closed
  std::int64_t row_start_ = 0;
  std::int64_t interval_s_;
  std::vector<RateFigures> ports_;
  std::vector<std::uint64_t> port_second_;
  std::vector<Duration> queues_;  // by link
  RateFigures origin_total_;
  std::vector<RateFigures> origin_by_class_;
  std::vector<RateFigures> edge_by_class_;
  std::vector<std::uint64_t> requests_before_;  // by node and class
  std::vector<ClassCounts> row_before_;         // by node
  std::vector<EventWatch> event_watches_;
  SecondCounts counted_before_;  // sums over the whole run
  std::vector<WaysWatch> ways_watches_;
  AnswerTimes answered_before_;  // likewise
  std::uint64_t bytes_closed_ = 0;
};

}  // namespace cdnsim::assembly
