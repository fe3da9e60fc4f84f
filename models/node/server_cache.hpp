// One server's cache with its policy chosen by name when the scenario is read.
// Does not know the server: only Cache<Policy, SimClock, AnyAdmission> behind one virtual call a
// look-up.
#pragma once

#include <functional>
#include <memory>

#include <cdnsim/base/time.hpp>
#include <cdnsim/data_path/cache.hpp>
#include <cdnsim/data_path/policy_text.hpp>

namespace cdnsim {

class ServerCache {
 public:
  using Times = CopyTimes<SimClock>;
  struct Copy {
    Lookup state = Lookup::absent;
    Slot slot = kNoSlot;
    Bytes bytes{0};
  };

  virtual ~ServerCache() = default;
  virtual Copy find(std::uint64_t key, SimTime now) = 0;
  // As find(), unseen by the policy and without judging freshness.
  virtual Copy peek(std::uint64_t key) const = 0;
  virtual Times times(Slot slot) const = 0;
  // False when a policy or the capacity does not let it in.
  virtual bool insert(std::uint64_t key, Bytes bytes, std::uint16_t content, const Times& times,
                      SimTime now) = 0;
  // New times for a copy whose bytes are still good.
  virtual void refresh(Slot slot, const Times& times) = 0;
  // Purges the copies that the test condemns, or makes them stale. Returns how many.
  using CopyTest = std::function<bool(std::uint64_t key, std::uint16_t content)>;
  virtual std::uint64_t erase_if(const CopyTest& condemned) = 0;
  virtual std::uint64_t make_stale_if(const CopyTest& condemned, SimTime now) = 0;
  virtual void prefetch(std::uint64_t key) const = 0;
  virtual bool prefetch_copy(std::uint64_t key) const = 0;
  virtual const CacheCounters& counters() const = 0;
};

// REQUIRES: the policies were checked when the scenario was read.
std::unique_ptr<ServerCache> make_server_cache(const PolicyText& policy,
                                               const AdmissionText& admission, Bytes capacity);

}  // namespace cdnsim
