#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/models/topology/client_network.hpp>

namespace cdnsim {
namespace {

// Of a network that says nothing of its lines.
constexpr AccessLine kSomeLine{5ms, BitRate{50'000'000}};

AccessLine line_of(const ClientNetworkSpec& spec) {
  return spec.access ? access_line(*spec.access) : kSomeLine;
}

}  // namespace

std::string region_of(const ClientNetworkSpec& spec) {
  const Metro* metro = find_metro(spec.place);
  return spec.region || !metro ? spec.region.value_or("") : std::string(enum_name(metro->region));
}

Duration utc_offset_of(const ClientNetworkSpec& spec) {
  const Metro* metro = find_metro(spec.place);
  return spec.utc_offset.value_or(metro ? metro->utc_offset : Duration{0});
}

Duration access_delay_of(const ClientNetworkSpec& spec) {
  return spec.access_delay.value_or(line_of(spec).delay);
}

BitRate access_rate_of(const ClientNetworkSpec& spec) {
  return spec.access_rate.value_or(line_of(spec).rate);
}

}  // namespace cdnsim
