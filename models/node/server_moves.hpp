// A node's servers coming and going: where an object belonged when it was last asked for.
// Does not know caches, nor which server is which.
#pragma once

#include <cstdint>
#include <vector>

#include <cdnsim/data_path/placement.hpp>
#include <cdnsim/models/node/seen_objects.hpp>

namespace cdnsim {

class ServerMoves {
 public:
  explicit ServerMoves(std::size_t classes) : classes_(classes), asked_(classes) {}

  // The servers are about to change. After so many changes the earliest are forgotten: what was
  // asked for before them counts as asked for just now.
  void begin(const Placement& before) {
    if (before_.size() == SeenObjects::kMostMark) {
      before_.clear();
      asked_ = SeenObjects(classes_);
    }
    before_.push_back(before);
  }

  // As it was before the last change. REQUIRES: there was one.
  const Placement& before() const { return before_.back(); }

  // The object is asked for. Returns the placement that held when it last was; nothing when the
  // servers are the same since.
  const Placement* ask(std::uint16_t content, std::uint32_t object) {
    const auto changes = static_cast<std::uint8_t>(before_.size());
    const std::uint8_t then = asked_.exchange_mark(content, object, changes);
    return then < changes ? &before_[then] : nullptr;
  }

 private:
  std::size_t classes_;
  std::vector<Placement> before_;  // each change
  SeenObjects asked_;              // after how many changes
};

}  // namespace cdnsim
