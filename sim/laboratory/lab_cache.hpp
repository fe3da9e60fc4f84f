// One cache of the laboratory, its policy chosen by name.
// Does not know traces: it is played a block of requests at a time, behind one virtual call.
#pragma once

#include <limits>
#include <memory>
#include <span>

#include <cdnsim/base/check.hpp>
#include <cdnsim/laboratory/laboratory.hpp>

namespace cdnsim {

class LabCache {
 public:
  virtual ~LabCache() = default;

  // Requests that are counted, unless `warming`.
  virtual void play(std::span<const TraceRequest> block, bool warming) = 0;
  // No more come: what is under way arrives.
  virtual void finish() = 0;
  virtual LabCounts counts() const = 0;
};

// A cache that answers at once and holds copies for ever. REQUIRES: the policy is known and takes
// its parameters.
std::unique_ptr<LabCache> make_plain_lab_cache(const LabCacheSpec& spec);
// A cache that has all that the options ask for. REQUIRES: likewise.
std::unique_ptr<LabCache> make_detailed_lab_cache(const LabCacheSpec& spec,
                                                  const LabOptions& options);

// Tells an offline policy's cache the future, if it has such a policy.
template <class Cache>
void foresee(Cache& cache, const TraceRequest& request) {
  if constexpr (requires { cache.foresee(request.next); }) {
    CDNSIM_REQUIRE_USER(request.next != TraceRequest::kUnknown,
                        "belady must know when an object is asked for again, which this trace "
                        "does not tell; `cdnsim trace convert TRACE -o NEW.oracleGeneral` adds it");
    constexpr std::int64_t kAfterAll = std::numeric_limits<std::int64_t>::max();
    cache.foresee(request.next == TraceRequest::kNever ? kAfterAll : request.next);
  }
}

}  // namespace cdnsim
