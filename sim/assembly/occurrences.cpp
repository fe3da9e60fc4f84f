#include <algorithm>

#include <cdnsim/assembly/occurrences.hpp>
#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/config/domain_members.hpp>

namespace cdnsim::assembly {
namespace {

// Calls visit(kind, name, event without its end) for each thing that may fail.
template <class Visit>
void for_each_thing(const Scenario& scenario, const FaultsEvent& faults, const Visit& visit) {
  for (const std::string& site : faults.servers_of) {
    for (std::uint32_t i = 0; i < config::servers_of(scenario.network, site); ++i) {
      DownEvent down;
      down.node = site;
      down.server = i;
      down.noticed_after = faults.noticed_after;
      visit("server", site + "/" + std::to_string(i), down);
    }
  }
  for (const std::string& site : faults.sites) {
    DownEvent down;
    down.node = site;
    visit("site", site, down);
  }
  const auto fail = [&](std::string_view kind, const std::vector<std::string>& names,
                        std::optional<std::string> FailEvent::* which) {
    for (const std::string& name : names) {
      FailEvent event;
      event.*which = name;
      event.noticed_after = faults.noticed_after;
      visit(kind, name, event);
    }
  };
  fail("link", faults.links, &FailEvent::link);
  fail("ixp", faults.ixps, &FailEvent::ixp);
  fail("transit_provider", faults.transit_providers, &FailEvent::transit_provider);
  fail("domain", faults.domains, &FailEvent::domain);
}

Duration exponential(Duration mean, std::uint64_t bits) {
  const double length = -math::log(unit_open(bits)) * static_cast<double>(mean.count());
  return Duration{1 + static_cast<std::int64_t>(length)};
}

class OccurrenceFinder {
 public:
  explicit OccurrenceFinder(const Scenario& scenario) : scenario_(scenario) {}

  void add(const std::string& name, const EventSpec& spec) {
    for (std::uint32_t i = 0; i < spec.times; ++i) {
      const Duration at = spec.at + spec.every.value_or(Duration{0}) * i;
      if (at >= scenario_.duration && i > 0) break;
      std::visit([&](const auto& what) { add(name, at, what); }, spec.what);
    }
    ++event_;
  }
  std::vector<Occurrence> take() { return std::move(list_); }

 private:
  template <class What>
  void add(const std::string& name, Duration at, const What& what) {
    list_.push_back(Occurrence{event_, name, at, what});
  }
  // Works for a while, is down for a while, and so on.
  void add(const std::string& name, Duration at, const FaultsEvent& faults) {
    const Duration end =
        faults.lasts ? std::min(at + *faults.lasts, scenario_.duration) : scenario_.duration;
    for_each_thing(scenario_, faults,
                   [&](std::string_view kind, const std::string& thing, auto event) {
                     const DrawKey key = draw_key(scenario_.seed, {"faults", name, kind, thing});
                     Duration now = at;
                     for (std::uint32_t number = 0;; ++number) {
                       const DrawBlock lots = draw(key, Counter{number, 0, 0, 0});
                       now += exponential(faults.mtbf, lots.low64());
                       if (now >= end) return;
                       event.lasts = exponential(faults.mttr, lots.high64());
                       add(name, now, event);
                       now += *event.lasts;
                     }
                   });
  }

  const Scenario& scenario_;
  std::uint32_t event_ = 0;
  std::vector<Occurrence> list_;
};

}  // namespace

std::vector<Occurrence> occurrences_of(const Scenario& scenario) {
  OccurrenceFinder finder(scenario);
  for (const auto& [name, event] : scenario.events) finder.add(name, event);
  return finder.take();
}

SpanWatch::Lasting lasting_of(const Occurrence& occurrence, const Scenario& scenario) {
  const SimTime from{occurrence.at};
  return std::visit(
      [&](const auto& what) -> SpanWatch::Lasting {
        if constexpr (requires { what.lasts; }) {
          const Duration left = scenario.duration - occurrence.at;
          return {from, from + std::min(what.lasts.value_or(left), left)};
        } else {
          return {from, from};
        }
      },
      occurrence.what);
}

std::optional<EventTimes> recurs_of(const Scenario& scenario, const EventSpec& spec,
                                    const std::vector<Occurrence>& happened, std::uint32_t event) {
  const auto* faults = std::get_if<FaultsEvent>(&spec.what);
  if (!spec.every && faults == nullptr) return std::nullopt;
  EventTimes times;
  times.things = 1;
  if (faults != nullptr) {
    times.things = 0;
    for_each_thing(scenario, *faults,
                   [&](std::string_view, const std::string&, const auto&) { ++times.things; });
  }
  // Where it is a matter of chance, the time in which it may happen.
  const Duration until = faults != nullptr && faults->lasts
                             ? std::min(spec.at + *faults->lasts, scenario.duration)
                             : scenario.duration;
  Duration down{0};
  Duration down_meanwhile{0};
  for (const Occurrence& one : happened) {
    if (one.event != event || one.at >= scenario.duration) continue;
    ++times.times;
    const SpanWatch::Lasting lasting = lasting_of(one, scenario);
    const Duration lasted = lasting.until - lasting.from;
    down += lasted;
    down_meanwhile += std::min(lasted, until - one.at);
  }
  times.down_s = seconds(down);
  const double whole = static_cast<double>(times.things) * seconds(until - spec.at);
  times.availability = 1 - seconds(down_meanwhile) / whole;
  return times;
}

}  // namespace cdnsim::assembly
