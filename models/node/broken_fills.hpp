// Answers that are coming in and will break off. They are kept beside the cache, so that none is
// ever taken for a whole copy, and a copy that is held stays where it is.
// Does not know why they break off, nor who reads them meanwhile.
#pragma once

#include <cstdint>
#include <map>
#include <utility>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct BrokenFill {
  SimTime began{};
  SimTime until{};  // the moment of the break
  Bytes bytes{0};   // that come in until then
  Duration age{0};  // when it began
  SimTime made_at{};
  std::uint32_t object = 0;
  std::uint16_t content = 0;
  std::uint8_t passed = 0;
};

class BrokenFills {
 public:
  bool empty() const { return fills_.empty(); }

  void add(std::uint32_t server, std::uint64_t key, const BrokenFill& fill) {
    if (fills_.size() >= sweep_at_) {
      std::erase_if(fills_, [&](const auto& entry) { return entry.second.until < fill.began; });
      sweep_at_ = 2 * fills_.size() + kFewest;
    }
    fills_.insert_or_assign({server, key}, fill);
  }

  // What is coming in of an object; nullptr when nothing is, or it broke off before `now`.
  const BrokenFill* find(std::uint32_t server, std::uint64_t key, SimTime now) {
    const auto found = fills_.find({server, key});
    if (found == fills_.end()) return nullptr;
    if (now <= found->second.until) return &found->second;
    fills_.erase(found);
    return nullptr;
  }

  template <class Condemned>
  void erase_if(Condemned&& condemned) {
    std::erase_if(fills_, [&](const auto& entry) { return condemned(entry.second); });
  }

 private:
  static constexpr std::size_t kFewest = 16;

  std::map<std::pair<std::uint32_t, std::uint64_t>, BrokenFill> fills_;  // by server and key
  std::size_t sweep_at_ = kFewest;
};

}  // namespace cdnsim
