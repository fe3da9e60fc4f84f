// Who can reach whom by the rule of routing, without asking how fast.
// Does not know what for.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/models/routing/routing.hpp>
#include <cdnsim/scenario/scenario.hpp>

namespace cdnsim::config {

class Reach {
 public:
  // Links whose ends are unknown join nothing.
  explicit Reach(const NetworkSpec& network);

  // Either both reach each other or none the other: a way turned round is a way.
  bool joined(const std::string& a, const std::string& b) const;

  // All who reach one of these.
  std::set<std::string, std::less<>> around(const std::vector<std::string>& targets) const;

  // Of two who are not joined: why a way that links would make is none, "" when there is none.
  std::string why_not(const std::string& a, const std::string& b) const;

 private:
  Routing routing_;
  std::map<std::string, std::uint32_t, std::less<>> places_;
};

}  // namespace cdnsim::config
