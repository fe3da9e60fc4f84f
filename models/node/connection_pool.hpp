// The idle connections that a node keeps to each place it asks. One carries one fetch at a time,
// from when it leaves until the last byte of its answer.
// Does not know what is fetched, nor what opening a connection costs.
#pragma once

#include <algorithm>
#include <cstdint>
#include <deque>
#include <functional>
#include <queue>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/engine/message.hpp>
#include <cdnsim/models/node/connection_spec.hpp>

namespace cdnsim {

class ConnectionPool {
 public:
  explicit ConnectionPool(const ConnectionSpec& spec) : spec_(spec) {}

  // Takes the connection that has been idle for the shortest time. False when there is none and one
  // has to be opened.
  bool take(NodeId to, SimTime at) {
    if (index_of(to) >= places_.size()) return false;
    Place& place = places_[index_of(to)];
    settle(place, at);
    // A fetch that waits for its server may have looked further ahead than this one does.
    for (auto idle = place.idle.rbegin(); idle != place.idle.rend(); ++idle) {
      if (*idle > at) continue;
      place.idle.erase(std::next(idle).base());
      return true;
    }
    return false;
  }

  // One will be idle again when the last byte that it carries is here.
  void give_back(NodeId to, SimTime idle_from) {
    if (spec_.pool == 0) return;
    if (index_of(to) >= places_.size()) places_.resize(index_of(to) + 1);
    places_[index_of(to)].busy.push(idle_from);
  }

  void close_all() { places_.clear(); }

 private:
  struct Place {
    std::deque<SimTime> idle;  // since when, in the order of time
    std::priority_queue<SimTime, std::vector<SimTime>, std::greater<>> busy;  // until when
  };

  // Where there are too many the one that has been idle for the longest time is closed.
  void settle(Place& place, SimTime at) const {
    for (; !place.busy.empty() && place.busy.top() <= at; place.busy.pop()) {
      const SimTime since = place.busy.top();
      close_overdue(place, since);
      if (place.idle.size() == spec_.pool) place.idle.pop_front();
      place.idle.insert(std::upper_bound(place.idle.begin(), place.idle.end(), since), since);
    }
    close_overdue(place, at);
  }
  void close_overdue(Place& place, SimTime at) const {
    while (!place.idle.empty() && place.idle.front() + spec_.idle_timeout <= at) {
      place.idle.pop_front();
    }
  }

  ConnectionSpec spec_;
  std::vector<Place> places_;  // by node
};

}  // namespace cdnsim
