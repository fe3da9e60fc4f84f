// What happens when: each event of the scenario as often as it does, and what fails by chance.
// Does not know what becomes of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <cdnsim/assembly/span_watch.hpp>
#include <cdnsim/scenario/result.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::assembly {

struct Occurrence {
  std::uint32_t event = 0;  // in the order of their names
  std::string name;
  Duration at{0};
  std::variant<PurgeEvent, DownEvent, FailEvent, WithdrawEvent, DegradeEvent> what;
};

// By event, then thing, then time. What fails by chance depends on the seed, the event's name and
// the thing's, and on nothing else.
std::vector<Occurrence> occurrences_of(const Scenario& scenario);

// From when until when, as far as the run goes; of no length where it is over in a moment.
// REQUIRES: it happens before the run ends.
SpanWatch::Lasting lasting_of(const Occurrence& occurrence, const Scenario& scenario);

// What came of an event that happens more than once or by chance; nothing for others.
std::optional<EventTimes> recurs_of(const Scenario& scenario, const EventSpec& spec,
                                    const std::vector<Occurrence>& happened, std::uint32_t event);

}  // namespace cdnsim::assembly
