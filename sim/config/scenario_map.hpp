// A scenario's network as what routing is made from: places, links with their delays and relations,
// sessions. Does not know what else a scenario says.
#pragma once

#include <optional>
#include <string>

#include <cdnsim/models/geography/metros.hpp>
#include <cdnsim/models/routing/network_map.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// Ways inside a metro, from building to building and through what forwards on them.
inline constexpr Duration kLeastDelayByPlace = std::chrono::microseconds(50);

// Where something of the network stands; nothing when it does not say or says what is unknown.
const Metro* metro_of(const NetworkSpec& network, const std::string& id);

// As said, or by the places of its ends; nothing when one of them is not known.
std::optional<Duration> delay_of(const NetworkSpec& network, const LinkSpec& link);

// Places in the order client networks, PoPs, shields, origins, transit providers, exchanges,
// embedded caches, each by id; links by id, with their delays. Links that join nothing are left
// out: those with an unknown end, between two exchanges, or from a place to itself; a checked
// scenario has none.
NetworkMap map_of(const NetworkSpec& network);

}  // namespace cdnsim::config
