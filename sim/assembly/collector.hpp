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
#include <cdnsim/assembly/node_traffic.hpp>
#include <cdnsim/assembly/port_loads.hpp>
#include <cdnsim/assembly/rate_figures.hpp>
#include <cdnsim/assembly/span_watch.hpp>
#include <cdnsim/assembly/ways_watch.hpp>
#include <cdnsim/observe/recorder.hpp>

namespace cdnsim::assembly {

class Collector {
 public:
  // `network` and `scenario` outlive the collector.
  Collector(Network& network, const Scenario& scenario,
            std::function<void(std::string_view)> series);

  // Everything before `time` has happened.
  void close_until(SimTime time);
  void finish();

  // By link, then direction: 0 is what `from` sends. The CDN's own bytes.
  const RateFigures& port(std::uint32_t link, std::uint32_t direction) const {
    return load(link, direction).own;
  }
  // With the background, where that is billed too.
  const RateFigures& billed(std::uint32_t link, std::uint32_t direction) const;
  // After the last link come the fabrics of exchanges, which have one direction.
  const PortFigures& load(std::uint32_t link, std::uint32_t direction) const {
    return loads_.figures(2 * link + direction);
  }
  const PortLoads& loads() const { return loads_; }
  const RateFigures& origin_requests() const { return origin_total_; }
  const RateFigures& origin_requests(std::size_t content) const {
    return origin_by_class_[content];
  }
  const RateFigures& edge_requests(std::size_t content) const { return edge_by_class_[content]; }
  // By event, in the order of their names.
  const std::vector<EventWatch>& event_watches() const { return event_watches_; }
  const std::vector<SpanWatch>& span_watches() const { return span_watches_; }
  // By outage.
  const std::vector<WaysWatch>& ways_watches() const { return ways_watches_; }
  std::uint64_t bytes_closed() const { return bytes_closed_; }

 private:
  void close_second();
  void close_ports(bool measured);
  // What the nodes may know of the ports from the next second on.
  void tell_nodes();
  void degrade_links();
  void close_requests(bool measured);
  void close_events(bool measured);
  void write_rows(std::int64_t from_second, std::int64_t until_second);

  Network& network_;
  const Scenario& scenario_;
  std::function<void(std::string_view)> series_;
  std::int64_t second_ = 0;  // the next to be closed
  std::int64_t row_start_ = 0;
  std::int64_t interval_s_;
  PortLoads loads_;
  std::vector<std::int64_t> port_second_;
  RateFigures origin_total_;
  std::vector<RateFigures> origin_by_class_;
  std::vector<RateFigures> edge_by_class_;
  std::vector<std::uint64_t> requests_before_;  // by node and class
  std::vector<ClassCounts> row_before_;         // by node
  NodeTraffic traffic_;
  std::vector<EventWatch> event_watches_;
  std::vector<SpanWatch> span_watches_;
  std::vector<WaysWatch> ways_watches_;
  SecondCounts counted_before_;  // sums over the whole run
  std::uint64_t bytes_closed_ = 0;
};

}  // namespace cdnsim::assembly
