// What live events give an origin to do: segments to send on as soon as they are out, and a count
// of who asked for each how often. Does not know routes or messages.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/workload/catalogue.hpp>

namespace cdnsim {

class LiveOrigin {
 public:
  // Of an event whose segments are pushed, by the class of its segments.
  struct Push {
    const LiveObjects* segments = nullptr;
    std::vector<NodeId> to;
    std::uint32_t next = 0;  // segment
  };

  void push_to(NodeId node, const LiveObjects& segments) {
    for (Push& push : pushes_) {
      if (push.segments == &segments) return push.to.push_back(node);
    }
    pushes_.push_back(Push{&segments, {node}, 0});
  }
  // When the next segment is out that is pushed.
  SimTime next_out() const {
    SimTime next = SimTime::max();
    for (const Push& push : pushes_) next = std::min(next, out_at(push));
    return next;
  }
  // REQUIRES: there is one.
  Push take_next() {
    Push& next = *std::ranges::min_element(pushes_, {}, out_at);
    const Push taken = next;
    ++next.next;
    return taken;
  }

  void count_fetch(std::uint16_t content, std::uint32_t object, NodeId asker) {
    std::vector<std::uint32_t>& counts = fetches_[{content, index_of(asker)}];
    if (object >= counts.size()) counts.resize(object + 1);
    ++counts[object];
  }
  // By class and asking node: of each object.
  using Fetches = std::map<std::pair<std::uint16_t, std::uint32_t>, std::vector<std::uint32_t>>;
  const Fetches& fetches() const { return fetches_; }

 private:
  static SimTime out_at(const Push& push) {
    return push.next < push.segments->segments() ? push.segments->out_at(push.next)
                                                 : SimTime::max();
  }

  std::vector<Push> pushes_;
  Fetches fetches_;
};

}  // namespace cdnsim
