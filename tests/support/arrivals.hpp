// Arrivals as tests look at them: drawn from the demand of a scenario, by network, in order.
// Does not know nodes; nothing here serves a request.
#pragma once

#include <algorithm>
#include <compare>
#include <map>
#include <string>
#include <vector>

#include <cdnsim/assembly/network.hpp>

namespace cdnsim::test {

inline std::vector<Arrival> arrivals(const Demand& demand, std::size_t audience, std::uint32_t cell,
                                     std::int64_t slot) {
  std::vector<Arrival> drawn;
  const LabelledCell labelled{cell, static_cast<std::uint16_t>(cell)};
  demand.append_arrivals(audience, {&labelled, 1}, slot, drawn);
  return drawn;
}

// An arrival by names, comparable between scenarios in which indices differ.
struct Seen {
  std::int64_t at_ns = 0;
  std::uint32_t cell = 0;
  std::string content;
  std::uint32_t object = 0;
  std::uint64_t key = 0;
  std::int64_t bytes = 0;
  bool new_connection = false;
  friend auto operator<=>(const Seen&, const Seen&) = default;
};

// All arrivals of a scenario by client network, sorted.
inline std::map<std::string, std::vector<Seen>> arrivals_by_network(const Scenario& scenario) {
  const auto plan = assembly::make_plan(scenario);
  std::map<std::string, std::vector<Seen>> streams;
  for (std::size_t i = 0; i < plan->demand->audiences(); ++i) {
    const AudienceInfo& info = plan->demand->audience(i);
    std::vector<Seen>& stream = streams[info.audience.network];
    for (std::int64_t slot = 0; slot * scenario.slot < scenario.duration; ++slot) {
      for (std::uint32_t cell = 0; cell < info.cells; ++cell) {
        for (const Arrival& a : arrivals(*plan->demand, i, cell, slot)) {
          const ContentClass& content = plan->catalogue[a.content];
          stream.push_back(Seen{a.at_ns, a.cell, content.name, a.object, a.key,
                                content.size_of(a.object).count(), a.new_connection != 0});
        }
      }
    }
    std::sort(stream.begin(), stream.end());
  }
  return streams;
}

}  // namespace cdnsim::test
