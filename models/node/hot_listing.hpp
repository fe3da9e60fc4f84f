// One stay of an object on a node's list of hot objects, as it is told at the end of a run.
// Does not know how objects get on the list.
#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct HotListing {
  std::uint64_t key = 0;
  std::uint16_t content = 0;
  SimTime first_hot{};  // the first second at or above the rate
  SimTime listed_at{};
  SimTime unlisted_at = SimTime::max();  // still on it
  std::uint64_t peak = 0;                // requests in its highest second
  std::uint64_t requests = 0;            // while listed
  std::uint64_t fills = 0;               // of servers, out of another server's cache
  bool by_alert = false;                 // somebody else knew that it was hot
  // Server and its requests for the object while listed: the owner first, then in order of number.
  std::vector<std::pair<std::uint32_t, std::uint64_t>> by_server;
  // Of all requests: the highest second of any server, in the interval before it was listed and in
  // each after that, as many as kMostIntervals; and the highest of all of those after.
  std::vector<std::uint64_t> busiest;
  std::uint64_t busiest_after = 0;

  static constexpr std::size_t kMostIntervals = 100;
};

}  // namespace cdnsim
