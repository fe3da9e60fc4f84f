// What a cache node is made of.
// Does not know what it does.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/models/node/filling.hpp>
#include <cdnsim/models/node/observed_node.hpp>
#include <cdnsim/models/node/spec.hpp>

namespace cdnsim {

struct CacheNodeConfig {
  std::string id;
  NodeRole role = NodeRole::edge;
  std::uint32_t servers = 1;
  TierSpec tier;
  Duration least_delay{0};
  DrawKey lots{};  // for copies that are left by lot
  std::optional<Rate> max_rate = {};
  bool watches_ports = false;          // some link limits its queue
  DrawKey service{};                   // for times of service that are drawn
  std::optional<FillRules> fill = {};  // of an embedded cache
  DrawKey faults{};                    // for requests that fail by chance
};

}  // namespace cdnsim
