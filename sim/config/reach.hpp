// Who can reach whom over a network's links, without asking how fast.
// Does not know delays or paths.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

// PoPs and shields pass traffic on; client networks and origins are ends.
class Reach {
 public:
  // Links whose ends are unknown join nothing.
  explicit Reach(const NetworkSpec& network);

  bool joined(const std::string& a, const std::string& b) const;

 private:
  std::uint32_t root_of(std::uint32_t place);

  std::map<std::string, std::uint32_t, std::less<>> passing_;  // PoPs and shields
  std::vector<std::uint32_t> root_;  // of each: the same for all that are joined
  std::map<std::string, std::vector<std::uint32_t>, std::less<>> around_;  // neighbours of ends
};

}  // namespace cdnsim::config
