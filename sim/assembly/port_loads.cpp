#include <algorithm>

#include <cdnsim/assembly/port_loads.hpp>
#include <cdnsim/base/check.hpp>
#include <cdnsim/base/int128.hpp>

namespace cdnsim::assembly {
namespace {

// However full a port is, a transfer gets this part of it, or it would never end; what is too much
// shows as its queue.
constexpr std::int64_t kLeastPart = 100;
// Over how many seconds the load that transfers go by is smoothed.
constexpr std::int64_t kSmoothed = 4;
// From this utilisation on a second counts as congested, in parts of kWhole.
constexpr std::int64_t kCongested = 9'500;

std::int64_t bytes_per_second(BitRate rate) { return rate.count() / 8; }

Duration middle_of(std::int64_t second) {
  return std::chrono::seconds(second) + std::chrono::milliseconds(500);
}

Duration time_of(std::int64_t bytes, BitRate rate) { return transfer_time(Bytes{bytes}, rate); }

}  // namespace

PortLoads::PortLoads(const Topology& topology) : ports_(2 * topology.port_pairs()) {
  for (std::uint32_t pair = 0; pair < topology.port_pairs(); ++pair) {
    for (const bool forward : {true, false}) {
      const PortRef ref{pair, forward};
      Load& load = ports_[index_of(ref)];
      load.capacity = topology.capacity_of(ref);
      if (pair >= topology.links().size()) continue;
      const std::optional<BackgroundSpec>& background = topology.links()[pair].spec.background;
      const auto other = forward ? BackgroundDirection::backward : BackgroundDirection::forward;
      if (!background || background->direction == other) continue;
      load.background = &*background;
      load.figures.all.emplace();
    }
  }
}

BitRate PortLoads::capacity_of(const Load& load, std::int64_t second) {
  if (load.worse.empty()) return load.capacity;
  const Duration middle = middle_of(second);
  double part = 1;
  for (const Worse& worse : load.worse) {
    if (worse.from <= middle && middle < worse.until) part *= worse.part;
  }
  if (part == 1) return load.capacity;
  const double left = static_cast<double>(load.capacity.count()) * part;
  return BitRate{std::max<std::int64_t>(static_cast<std::int64_t>(left), 1)};
}

BitRate PortLoads::background_of(const Load& load, std::int64_t second) {
  if (load.background == nullptr) return BitRate{0};
  const SimTime middle{middle_of(second)};
  const double rate = static_cast<double>(load.background->rate.count()) *
                      load.background->curve.at(middle, load.background->utc_offset);
  const BitRate capacity = capacity_of(load, second);
  const BitRate most = capacity - capacity / kLeastPart;
  return rate >= static_cast<double>(most.count()) ? most
                                                   : BitRate{static_cast<std::int64_t>(rate)};
}

BitRate PortLoads::line(std::size_t port, std::int64_t second) const {
  const Load& load = ports_[port];
  return std::max(capacity_of(load, second) - background_of(load, second), BitRate{1});
}

BitRate PortLoads::share(std::size_t port, std::int64_t second) const {
  const Load& load = ports_[port];
  const std::int64_t used = std::max<std::int64_t>(load.mean, 0);
  const BitRate capacity = capacity_of(load, second);
  const BitRate left =
      used > capacity.count() / 8 ? BitRate{0} : line(port, second) - BitRate{8 * used};
  return std::max({left, capacity / kLeastPart, BitRate{1}});
}

Duration PortLoads::queue(std::size_t port, std::int64_t second) const {
  return time_of(ports_[port].backlog, line(port, second));
}

void PortLoads::close_second(std::size_t port, Bytes given, std::int64_t second, bool measured) {
  Load& load = ports_[port];
  const std::int64_t now = given.count();
  load.mean = load.mean < 0 ? now : load.mean + (now - load.mean) / kSmoothed;
  const std::int64_t room = bytes_per_second(line(port, second));
  const std::int64_t carried = std::min(load.backlog + now, room);
  load.backlog += now - carried;
  carried_ += static_cast<std::uint64_t>(carried);
  load.carried = carried;
  load.carried_in_all = carried + bytes_per_second(background_of(load, second));
  if (!measured) return;
  PortFigures& figures = load.figures;
  figures.own.add_second(static_cast<std::uint64_t>(carried));
  if (figures.all) figures.all->add_second(static_cast<std::uint64_t>(load.carried_in_all));
  const auto part_of = [&](BitRate capacity) {
    const Int128 used = static_cast<Int128>(load.carried_in_all) * 8 * PortFigures::kWhole;
    return static_cast<std::int64_t>(used / capacity.count());
  };
  figures.utilisation.add(part_of(load.capacity));
  figures.congested_s += part_of(capacity_of(load, second)) >= kCongested || load.backlog > 0;
  note_queue(port, queue(port, second));
}

void PortLoads::note_queue(std::size_t port, Duration queue) {
  Duration& longest = ports_[port].figures.longest_queue;
  longest = std::max(longest, queue);
}

void PortLoads::finish() {
  for (Load& load : ports_) {
    load.figures.own.finish();
    if (load.figures.all) load.figures.all->finish();
  }
}

std::uint64_t PortLoads::bytes_queued() const {
  std::uint64_t queued = 0;
  for (const Load& load : ports_) queued += static_cast<std::uint64_t>(load.backlog);
  return queued;
}

}  // namespace cdnsim::assembly
