// The hot objects of a node: which servers each is spread over, whose turn it is, and what came of
// it. Does not know caches nor fetches.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/hot_list.hpp>
#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/node/hot_listing.hpp>
#include <cdnsim/models/node/hot_spec.hpp>

namespace cdnsim {

class HotObjects {
 public:
  HotObjects(const HotSpec& spec, Duration service_time, std::uint32_t servers);

  // All requests before `now` were counted: the list is made anew if it is time.
  void advance(SimTime now, const Placement& placement);
  // Somebody else knows that a key is hot. Whether it came on the list. All requests before `now`
  // were counted.
  bool list_now(std::uint64_t key, std::uint16_t content, SimTime now, const Placement& placement);
  // A listed key stays listed until it is let go, and over so many servers; 0: all.
  void hold(std::uint64_t key, std::uint32_t replicas, const Placement& placement);
  void let_go(std::uint64_t key, const Placement& placement);
  // REQUIRES: advance(now) was called.
  void count(std::uint64_t key, std::uint16_t content, SimTime now) {
    list_.count(key, content, now);
  }
  // The server whose turn it is to serve the key; kNobody when the key is not listed.
  std::uint32_t next_server(std::uint64_t key);
  // A request that was given to a server, whether for a hot object or not.
  void note_load(std::uint32_t server, SimTime now);
  // It will be given to another one after all.
  void take_back(std::uint64_t key, std::uint32_t server);

  // The servers of a listed key, its owner first; none when it is not listed.
  std::span<const std::uint32_t> replicas_of(std::uint64_t key) const;
  void note_fill(std::uint64_t key);
  // Servers came or went.
  void rearrange(const Placement& placement);

  // The stays of most requests, in the order in which they began.
  std::vector<HotListing> listings() const;

 private:
  // Of a listed key, by its slot.
  struct Spread {
    HotListing told;
    std::vector<std::uint32_t> servers;  // the owner first
    std::uint32_t wanted = 0;            // 0: all
    std::uint32_t turn = 0;
    bool came_within = false;             // the present interval, and not at its start
    std::vector<std::uint64_t> requests;  // by server
  };

  Spread* find(std::uint64_t key);
  void close_second(std::int64_t second);
  void begin(Slot slot, const Placement& placement);
  void end(Slot slot, SimTime at);
  void arrange(Spread& spread, const Placement& placement) const;
  HotListing told(Slot slot) const;
  static void keep_the_most_asked(std::vector<HotListing>& listings);

  std::uint32_t wanted_;   // servers of a key that is not held; 0: all
  std::uint32_t servers_;  // there are
  HotList<SimClock> list_;
  std::vector<Spread> spreads_;  // by slot; without servers when nothing is listed there
  std::vector<HotListing> ended_;
  std::int64_t second_ = 0;
  std::vector<std::uint64_t> in_second_;  // requests, by server
  std::uint64_t busiest_ = 0;             // the highest second of any server in this interval
};

}  // namespace cdnsim
