// What came into an empty PoP before its clients did, and whether more is to come.
// Does not know what is fetched next, nor from whom.
#pragma once

#include <cstdint>
#include <set>

namespace cdnsim {

class Warming {
 public:
  void sent_for(std::uint64_t key) { on_the_way_.insert(key); }
  // It was stored.
  void got(std::uint64_t key, std::uint64_t bytes) {
    if (!on_the_way_.contains(key)) return;
    ++objects_;
    bytes_ += bytes;
  }
  // Whatever became of it.
  void over(std::uint64_t key) { on_the_way_.erase(key); }

  bool waits() const { return !on_the_way_.empty(); }
  std::uint64_t objects() const { return objects_; }
  std::uint64_t bytes() const { return bytes_; }

 private:
  std::set<std::uint64_t> on_the_way_;  // keys
  std::uint64_t objects_ = 0;
  std::uint64_t bytes_ = 0;
};

}  // namespace cdnsim
