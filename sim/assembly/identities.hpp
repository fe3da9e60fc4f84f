// What must be equal in every run, counted in two ways from counters that are never reset.
// Does not know how the counts came about.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/assembly/collector.hpp>
#include <cdnsim/assembly/network.hpp>
#include <cdnsim/engine/mailbox.hpp>
#include <cdnsim/scenario/result.hpp>

namespace cdnsim::assembly {

struct InFlight {
  std::array<std::uint64_t, kCountOf<MessageKind>> messages{};
  std::uint64_t bytes = 0;
  std::uint64_t broken = 0;       // answers that break off midway
  std::uint64_t connections = 0;  // that fetches on their way open
  std::uint64_t redirected = 0;   // requests after the warm-up
};

InFlight in_flight(std::span<const Mailbox> mailboxes);

std::vector<IdentityResult> identities(const Network& network, const Collector& collector,
                                       const InFlight& in_flight);

// Throws InternalError that names every identity that does not hold.
void require_all(const std::vector<IdentityResult>& identities);

}  // namespace cdnsim::assembly
