// What nodes tell each other: a fetch and its reply, a report and an alert; and that one was lost.
// Does not know how messages are delivered.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/coalescer.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

// A loss is no message of the network: it stands for the clock by which a node finds out that no
// answer will come, and carries what the answer would have told it to go on.
enum class MessageKind : std::uint32_t {
  fetch,
  reply,
  hot_report,
  hot_alert,
  loss,
  load_report,  // these and their like: steering_payloads.hpp
  cell_report,
  cell_move,
  redirect,
  launch_report,  // these: launch_payloads.hpp
  latency_report,
  push,  // what nobody asked for; it looks like a reply
  kCount
};

inline constexpr std::array<std::string_view, kCountOf<MessageKind>> kMessageNames = {
    "fetch",       "reply",     "hot_report", "hot_alert",     "loss",           "load_report",
    "cell_report", "cell_move", "redirect",   "launch_report", "latency_report", "push"};

inline MessageKind kind_of(const Message& message) {
  CDNSIM_ASSERT(message.kind < kCountOf<MessageKind>, "a message of an unknown kind");
  return static_cast<MessageKind>(message.kind);
}

// Which flight of which server of the asking node a reply belongs to, and whom it has been sent to.
// The answering node returns it as it came.
struct FlightToken {
  std::uint64_t key = 0;  // the flight's key: the object's, unless fetches are not coalesced
  std::uint64_t flight : 38 = 0;
  std::uint64_t server : 12 = 0;
  std::uint64_t step : 6 = 0;     // of the places that the node asks, one after the other
  std::uint64_t attempt : 4 = 0;  // times it was sent again after a failure
  std::uint64_t must_be_fresh : 1 = 0;
  std::uint64_t renews : 1 = 0;      // a copy that may be fresh still
  std::uint64_t relayed : 1 = 0;     // for another node, at an edge
  std::uint64_t found_full : 1 = 0;  // of the parents before this one, the last was too busy

  static constexpr std::uint32_t kMostServers = 1u << 12;
  static constexpr std::size_t kMostSteps = 1u << 6;

  static FlightToken of(std::uint64_t key, FlightId id, std::uint32_t server) {
    FlightToken token;
    token.key = key;
    token.flight = id.value & ((std::uint64_t{1} << 38) - 1);
    token.server = server & (kMostServers - 1);
    return token;
  }
  FlightId id() const { return FlightId{flight}; }
  void send_to(std::size_t place) { step = place & (kMostSteps - 1); }
  void try_number(unsigned number) { attempt = number & 15; }
};

// No copy is held whose goodness could be asked about.
inline constexpr SimTime kNothingHeld = SimTime::min();

struct Fetch {
  std::uint64_t key = 0;
  FlightToken token;
  // When the copy that the asking node holds was made at the origin.
  SimTime held_since = kNothingHeld;
  std::int64_t bytes = 0;  // how large the object is, if a trace tells; 0: by the law of its class
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  // A stale copy must not answer: the asking node wants to know whether its own is still good.
  bool must_be_fresh = false;
  // A peer is only asked for what it has: it fetches nothing for others.
  bool only_if_cached = false;
  bool opens_connection = false;
};

// Sent when the first byte is ready; the rest follows until `last_byte_at`. Who sends it knows
// when it will break off and says so at once; whoever gets it acts on that at `last_byte_at`, when
// `bytes` have come.
struct Reply {
  std::uint64_t key = 0;
  FlightToken token;
  SimTime last_byte_at{};
  std::int64_t bytes = 0;
  std::int64_t age_ns = 0;  // as announced: what caches that reset it say of their own time alone
  SimTime made_at{};        // at the origin
  std::int64_t object_bytes = 0;  // as the fetch said
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  Status status = Status::ok;
  std::uint8_t passed : 4 = 0;        // caches since the one that had it; 15 are as good as more
  std::uint8_t not_modified : 1 = 0;  // 304: the copy that the asking node holds is still good
  std::uint8_t refused : 1 = 0;       // the node asked could not try: somebody else may be able to
  std::uint8_t full : 1 = 0;          // of what is refused: for want of room, not of a server
  std::uint8_t broken : 1 = 0;        // it breaks off midway
};

// What there would be to say of an answer that is lost.
inline Reply lost_answer_to(const Fetch& fetch) {
  Reply loss;
  loss.key = fetch.key;
  loss.token = fetch.token;
  loss.object_bytes = fetch.bytes;
  loss.object = fetch.object;
  loss.content = fetch.content;
  return loss;
}

// What one PoP was asked for in an interval: an object that it was asked for much.
struct HotReport {
  std::uint64_t key = 0;
  std::int64_t interval = 0;
  std::uint64_t requests = 0;
  std::uint64_t social = 0;  // of them, that came from social media
  SimTime first_at{};        // the first of them
  std::uint16_t content = 0;
};

// An object goes viral, or has cooled down.
struct HotAlert {
  std::uint64_t key = 0;
  std::uint32_t detection = 0;  // by number
  std::uint16_t content = 0;
  bool over = false;
};
static_assert(sizeof(Fetch) <= Message::kPayloadBytes);
static_assert(sizeof(Reply) <= Message::kPayloadBytes);
static_assert(sizeof(HotReport) <= Message::kPayloadBytes);

}  // namespace cdnsim
