// Who asks a cache node: a cell of clients, guests whom another PoP sends, or a node.
// Does not know what they ask for.
#pragma once

#include <cstdint>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/network/egress.hpp>
#include <cdnsim/models/node/observed_node.hpp>

namespace cdnsim {

// What every answer needs comes first, in one line of memory.
struct alignas(64) Asker {
  Egress::RouteId route = 0;
  std::uint32_t region = 0;  // of a cell
  NodeId node{};             // of a node
  bool is_cell = false;
  bool is_guest = false;
  bool stale = false;  // of a cell: it is here by an old answer
  // Its way has failed: what is sent to it is lost. Which event did that, and how long a node
  // waits in vain.
  bool cut = false;
  ClientCounts counts{};  // of a node, its bytes alone
  Duration detour{0};     // of a guest: what it went through before
  Duration noticed_after{0};
  std::uint32_t cut_by = 0;
  std::uint32_t stale_by = 0;
  std::uint32_t audience = 0;     // of a cell or a guest
  std::uint64_t sent_before = 0;  // of its bytes, over other ways than the present one
};

}  // namespace cdnsim
