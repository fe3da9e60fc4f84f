#include <fmt/format.h>

#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/node/balancer.hpp>

namespace cdnsim {

template <>
Parsed<Balancer> parse<Balancer>(std::string_view text) {
  constexpr std::string_view kLeastOf = "least_of:d=";
  if (text == "owner") return {Balancer{}, {}};
  if (text.starts_with(kLeastOf)) {
    const Parsed<std::uint64_t> choices = parse<std::uint64_t>(text.substr(kLeastOf.size()));
    if (choices.value && *choices.value >= 1 && *choices.value <= kMostReplicas) {
      return {Balancer{static_cast<std::uint32_t>(*choices.value)}, {}};
    }
  }
  return {{},
          fmt::format("\"{}\" is not a balancer; write \"owner\", or \"least_of:d=2\" with 1 to {}",
                      text, kMostReplicas)};
}

std::string to_text(const Balancer& balancer) {
  return balancer.choices == 1 ? "owner" : fmt::format("least_of:d={}", balancer.choices);
}

}  // namespace cdnsim
