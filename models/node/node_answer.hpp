// What a cache node sends back: how much, how old, and when its last byte is there.
// Does not know who gets it.
#pragma once

#include <cstdint>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/observe/outcome.hpp>

namespace cdnsim {

struct NodeAnswer {
  Bytes bytes{0};
  Duration age{0};
  SimTime last_byte_at{};
  Status status = Status::ok;
  std::uint8_t passed = 0;
  SimTime made_at{};
  Duration storage{0};  // until a disk had its first byte
  bool refused = false;
  bool full = false;    // what is refused: for want of room
  bool broken = false;  // it breaks off at last_byte_at, when `bytes` have been sent
};
// How an answer left for a user; `last` is when its last byte does. What has not left at all when
// the run ends is open.
struct Delivery {
  enum class Kind : std::uint8_t { open, failed, whole } kind = Kind::open;
  SimTime last{};
};
// Of a range of what is still coming in.
struct CutNodeAnswer {
  NodeAnswer answer;
  SimTime first_byte_at{};
};

}  // namespace cdnsim
