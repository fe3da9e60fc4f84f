// Where a node's fetches go: for each class of content the places to ask, one after the other,
// until one has not refused.
// Does not know what is asked for, nor how an answer comes back.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/node/action.hpp>

namespace cdnsim {

// A place to ask. A peer is only asked for what it has.
struct Upstream {
  NodeId node{};
  Duration delay{0};
  bool is_peer = false;
  Duration back = delay;     // of its answers, which may come another way
  bool cut = false;          // what is sent there is lost
  bool unreachable = false;  // and routing knows it, or others come first at present
  std::uint32_t cut_by = 0;  // event
};

class Upstreams {
 public:
  // Behind those that the class has already. REQUIRES: contents in order, without a gap.
  void add(std::size_t content, const Upstream& place) {
    if (content >= places_.size()) places_.resize(content + 1);
    places_[content].push_back(place);
  }

  // A place that is asked unasked-for fetches alone, and not as one of the others.
  static constexpr std::size_t kSource = 63;
  void set_source(const Upstream& place) {
    source_ = place;
    has_source_ = true;
  }
  bool has_source() const { return has_source_; }

  const Upstream& at(std::size_t content, std::size_t step) const {
    return step == kSource ? source_ : places_[content][step];
  }
  bool has(std::size_t content, std::size_t step) const { return step < places_[content].size(); }

  // The first place from `step` on that is not avoided at present and has a way; the last one in
  // any case.
  std::size_t next(std::size_t content, std::size_t step, SimTime now) const {
    if (step == kSource) return step;
    const std::vector<Upstream>& places = places_[content];
    CDNSIM_ASSERT(step < places.size(), "there is a place to ask");
    while (step + 1 < places.size() && is_avoided(places[step], now)) ++step;
    return step;
  }

  // `full`: it was too busy.
  void avoid(NodeId node, SimTime until, bool full) {
    if (index_of(node) >= avoided_.size()) avoided_.resize(index_of(node) + 1);
    avoided_[index_of(node)] = Avoided{until, full};
  }
  // Why next() has passed it over: it was too busy, rather than down or out of reach.
  bool is_full(std::size_t content, std::size_t step) const {
    const Upstream& place = at(content, step);
    return !place.unreachable && index_of(place.node) < avoided_.size() &&
           avoided_[index_of(place.node)].full;
  }

  void avoid_nobody() { avoided_.clear(); }

  // Peers come before it. REQUIRES: there is a place that is no peer.
  std::size_t first_parent(std::size_t content) const {
    std::size_t step = 0;
    while (at(content, step).is_peer) ++step;
    return step;
  }

  // The way to a node is another one, or it has none; whoever has one again is avoided no more.
  void change_way(const UpstreamWay& way, std::uint32_t event) {
    const auto change = [&](Upstream& place) {
      if (place.node != way.node) return;
      place.cut = way.cut;
      place.unreachable = way.unreachable;
      place.cut_by = event;
      if (way.unreachable) return;
      place.delay = way.delay;
      place.back = way.back;
    };
    for (std::vector<Upstream>& places : places_) {
      for (Upstream& place : places) change(place);
    }
    if (has_source_) change(source_);
    if (!way.cut) avoid(way.node, SimTime::min(), false);
  }

 private:
  bool is_avoided(const Upstream& place, SimTime now) const {
    return place.unreachable ||
           (index_of(place.node) < avoided_.size() && now < avoided_[index_of(place.node)].until);
  }

  struct Avoided {
    SimTime until{};
    bool full = false;
  };

  std::vector<std::vector<Upstream>> places_;  // by content
  bool has_source_ = false;
  Upstream source_;               // of whoever is warmed by another PoP
  std::vector<Avoided> avoided_;  // by node
};

}  // namespace cdnsim
