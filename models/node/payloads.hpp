// What nodes tell each other: a fetch and its reply.
// Does not know how messages are delivered.
#pragma once

#include <cstdint>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

enum class MessageKind : std::uint32_t { fetch, reply, kCount };

inline MessageKind kind_of(const Message& message) {
  CDNSIM_ASSERT(message.kind < kCountOf<MessageKind>, "a message of an unknown kind");
  return static_cast<MessageKind>(message.kind);
}

// Which flight of which server of the asking node a reply belongs to. The answering node returns it
// as it came.
struct FlightToken {
  std::uint64_t key = 0;  // the flight's key: the object's, unless fetches are not coalesced
  FlightId flight;
  std::uint32_t server = 0;
};

struct Fetch {
  std::uint64_t key = 0;
  FlightToken token;
  std::int64_t bytes = 0;  // how large the object is, if a trace tells; 0: by the law of its class
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  // A stale copy must not answer: the asking node wants to know whether its own is still good.
  bool must_be_fresh = false;
};

// Sent when the first byte is ready; the rest follows until `last_byte_at`.
struct Reply {
  std::uint64_t key = 0;
  FlightToken token;
  SimTime last_byte_at{};
  std::int64_t bytes = 0;
  std::int64_t age_ns = 0;  // spent in caches on the way
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  Status status = Status::ok;
};
static_assert(sizeof(Fetch) <= Message::kPayloadBytes);
static_assert(sizeof(Reply) <= Message::kPayloadBytes);

}  // namespace cdnsim
