// What may be taken away from a scenario, and the scenario without it.
// Does not know what then happens.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::whatif {

enum class FailureKind : std::uint8_t {
  pop,
  ixp,
  shield,
  link,
  port,
  transit,
  origin,
  embedded,
  pod,
  domain
};

constexpr std::array<EnumName<FailureKind>, 10> enum_names(FailureKind) {
  return {{{FailureKind::pop, "pop"},
           {FailureKind::ixp, "ixp"},
           {FailureKind::shield, "shield"},
           {FailureKind::link, "link"},
           {FailureKind::port, "port"},
           {FailureKind::transit, "transit"},
           {FailureKind::origin, "origin"},
           {FailureKind::embedded, "embedded"},
           {FailureKind::pod, "pod"},
           {FailureKind::domain, "domain"}}};
}

struct Failure {
  FailureKind kind = FailureKind::pop;
  std::string id;
  std::vector<std::string> members;  // what goes with it: the links of a port, routers of a
                                     // provider, a pod's site, all that is in a failure domain
  bool operator==(const Failure&) const = default;
};

// Every single failure of a kind, in the order of ids. A transit provider is all routers that
// belong together (siblings), named by what their ids begin with; a port is all links that leave
// through one, or a link of a PoP or shield that names none. A pod is named SITE/NUMBER, where its
// site has more than one.
std::vector<Failure> failures_of(const NetworkSpec& network, FailureKind kind);

// As if it had never been there, except for an origin and for servers of a site that has others,
// which are down from beginning to end. Who was
// told to ask a shield that is gone asks its failover, or else as if nothing had been said.
Scenario without(Scenario scenario, const Failure& failure);

// Who can do its work no more.
struct Stranded {
  std::vector<std::string> networks;  // without any PoP
  std::uint64_t users = 0;            // of those
  std::string reason;                 // in a sentence; empty when everybody can

  bool any() const { return !reason.empty(); }
};
Stranded stranded_in(const Scenario& scenario);

// The scenario without stranded networks, where everybody else asks for what they asked before.
// Nothing when that cannot be said: nobody is left, or a trace is played, of which nobody knows
// whose requests are whose.
std::optional<Scenario> without_networks(Scenario scenario,
                                         const std::vector<std::string>& networks);

}  // namespace cdnsim::whatif
