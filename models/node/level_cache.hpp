// The cache of one level of a server's storage: it tells which copies leave it for want of room.
// Does not know the other levels, nor what becomes of those copies.
#pragma once

#include <cstdint>
#include <memory>

#include <cdnsim/models/node/server_cache.hpp>

namespace cdnsim {

// Is told of each copy that is evicted, while it is still there. Leaves the cache alone.
class EvictionListener {
 public:
  virtual void on_evict(Slot slot, const Departed& copy, const ServerCache::Times& times) = 0;

 protected:
  ~EvictionListener() = default;
};

class LevelCache : public ServerCache {
 public:
  virtual void tell(EvictionListener& listener) = 0;
  // REQUIRES: `slot` holds a copy.
  virtual Departed copy(Slot slot) const = 0;
  // It leaves for another reason than room. REQUIRES: `slot` holds a copy.
  virtual void remove(Slot slot, Removal why) = 0;
};

// REQUIRES: the policies were checked when the scenario was read.
std::unique_ptr<LevelCache> make_level_cache(const PolicyText& policy,
                                             const AdmissionText& admission, Bytes capacity);

}  // namespace cdnsim
