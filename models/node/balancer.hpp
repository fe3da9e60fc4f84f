// Which of a node's servers a request goes to: its object's owner, or of the first few in the
// object's own order the one with the fewest requests.
// Does not know placements; they name the few.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// "owner", "least_of:d=2".
struct Balancer {
  std::uint32_t choices = 1;
  friend bool operator==(const Balancer&, const Balancer&) = default;
};

template <>
Parsed<Balancer> parse<Balancer>(std::string_view text);
std::string to_text(const Balancer& balancer);

template <>
struct UnitInfo<Balancer> {
  static constexpr const char* kName = "a balancer";
  static constexpr const char* kExample = "least_of:d=2";
  static constexpr const char* kPattern = "^(owner|least_of:d=[0-9]+)$";
};

// How many requests each server has, those that it works on among them.
class QueueLengths {
 public:
  explicit QueueLengths(std::size_t servers) : leaving_(servers) {}

  // REQUIRES: a server's requests leave in the order in which they came.
  void note(std::uint32_t server, SimTime leaves) { leaving_[server].push_back(leaves); }

  // REQUIRES: `now` does not go back.
  std::size_t at(std::uint32_t server, SimTime now) {
    std::deque<SimTime>& leaving = leaving_[server];
    while (!leaving.empty() && leaving.front() <= now) leaving.pop_front();
    return leaving.size();
  }

  // The first of those with the fewest. REQUIRES: there is one; as above.
  std::uint32_t shortest_of(std::span<const std::uint32_t> servers, SimTime now) {
    std::uint32_t best = servers.front();
    std::size_t least = at(best, now);
    for (const std::uint32_t server : servers.subspan(1)) {
      if (least == 0) break;
      const std::size_t length = at(server, now);
      if (length >= least) continue;
      best = server;
      least = length;
    }
    return best;
  }

 private:
  std::vector<std::deque<SimTime>> leaving_;  // by server
};

}  // namespace cdnsim
