// What every port carries second by second: the bytes of all nodes together and of the background,
// what is too much for it and queues, and how full it was.
// Does not know nodes; models/network/README.md has the rules.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include <cdnsim/assembly/rate_figures.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/network/background_spec.hpp>
#include <cdnsim/models/topology/topology.hpp>
#include <cdnsim/observe/histogram.hpp>

namespace cdnsim::assembly {

// One direction of a link, or a fabric. Bytes are of seconds after the warm-up.
struct PortFigures {
  static constexpr std::int64_t kWhole = 10'000;  // of utilisations

  RateFigures own;                 // what it carried of the CDN's
  std::optional<RateFigures> all;  // with the background, if there is any
  LogHistogram utilisation;        // of seconds, in parts of kWhole
  std::uint64_t congested_s = 0;
  Duration longest_queue{0};
};

class PortLoads {
 public:
  explicit PortLoads(const Topology& topology);

  static std::size_t index_of(PortRef port) { return 2 * port.link + (port.forward ? 0 : 1); }
  std::size_t size() const { return ports_.size(); }

  // From one moment until another a port carries a part of its capacity only.
  void degrade(std::size_t port, Duration from, Duration until, double part) {
    ports_[port].worse.push_back({from, until, part});
  }

  // The nodes sent so much through the port in this second. REQUIRES: one second after the other.
  void close_second(std::size_t port, Bytes given, std::int64_t second, bool measured);
  void finish();

  // Of a port that is a line of one node: what the background leaves of it in this second.
  BitRate line(std::size_t port, std::int64_t second) const;
  // Of one that is shared: what a transfer may have of it by the last seconds, and its queue.
  BitRate share(std::size_t port, std::int64_t second) const;
  Duration queue(std::size_t port, std::int64_t second) const;

  const PortFigures& figures(std::size_t port) const { return ports_[port].figures; }
  // Of the last second that was closed: what it carried of the CDN's, and of all.
  std::int64_t carried(std::size_t port) const { return ports_[port].carried; }
  std::int64_t carried_in_all(std::size_t port) const { return ports_[port].carried_in_all; }
  // A queue at a node's own end.
  void note_queue(std::size_t port, Duration queue);
  // Over the whole run.
  std::uint64_t bytes_carried() const { return carried_; }
  std::uint64_t bytes_queued() const;

 private:
  struct Worse {
    Duration from{0};
    Duration until{0};
    double part = 1;
  };
  struct Load {
    BitRate capacity{0};
    std::vector<Worse> worse = {};
    const BackgroundSpec* background = nullptr;  // in this direction
    std::int64_t mean = -1;                      // bytes given in the last seconds; -1: none yet
    std::int64_t backlog = 0;
    std::int64_t carried = 0, carried_in_all = 0;  // in the last second
    PortFigures figures;
  };

  // Both in the middle of the second. Of the second something is always left.
  static BitRate capacity_of(const Load& load, std::int64_t second);
  static BitRate background_of(const Load& load, std::int64_t second);

  std::vector<Load> ports_;  // by index_of
  std::uint64_t carried_ = 0;
};

}  // namespace cdnsim::assembly
