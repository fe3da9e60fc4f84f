// One place in the network. Owns its state; never reads another node's.
// Does not know windows, workers or ranks.
#pragma once

#include <span>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/engine/outbox.hpp>

namespace cdnsim {

class Node {
 public:
  virtual ~Node() = default;

  // Does everything that is due before `horizon`. `inbox` holds the messages that arrive before it,
  // in the order of delivery.
  virtual void advance(SimTime horizon, std::span<const Message> inbox, Outbox& outbox) = 0;

  // A hint that it will soon be advanced.
  virtual void bring() const {}

  // The earliest moment at which this node has something to do of its own accord;
  // SimTime::max() when idle.
  virtual SimTime next_work() const = 0;
};

}  // namespace cdnsim
