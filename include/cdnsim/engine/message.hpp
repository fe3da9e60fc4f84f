// A message between two nodes: when, from whom, to whom, and bytes that only the nodes understand.
// Does not know what a message means.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

enum class NodeId : std::uint32_t {};

constexpr std::uint32_t index_of(NodeId id) { return static_cast<std::uint32_t>(id); }

struct Message {
  static constexpr std::size_t kPayloadBytes = 72;

  SimTime at{};
  NodeId from{};
  NodeId to{};
  std::uint32_t sequence = 0;
  std::uint32_t kind = 0;
  std::array<std::byte, kPayloadBytes> payload{};

  template <class Payload>
  Payload as() const {
    static_assert(std::is_trivially_copyable_v<Payload> && sizeof(Payload) <= kPayloadBytes);
    Payload value;
    std::memcpy(&value, payload.data(), sizeof(Payload));
    return value;
  }
};

// The total order of delivery. It names no worker and no rank, so it is the same for any number.
constexpr bool delivered_before(const Message& a, const Message& b) {
  if (a.at != b.at) return a.at < b.at;
  if (a.from != b.from) return a.from < b.from;
  return a.sequence < b.sequence;
}

}  // namespace cdnsim
