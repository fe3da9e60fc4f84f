// One cache of the laboratory, its policy chosen by name.
// Does not know traces: it is played a block of requests at a time, behind one virtual call.
#pragma once

#include <memory>
#include <span>

#include <cdnsim/laboratory/laboratory.hpp>

namespace cdnsim {

class LabCache {
 public:
  virtual ~LabCache() = default;

  // Requests that are counted, unless `warming`.
  virtual void play(std::span<const TraceRequest> block, bool warming) = 0;
  virtual LabCounts counts() const = 0;
};

// REQUIRES: the policy is known and takes its parameters.
std::unique_ptr<LabCache> make_lab_cache(const LabCacheSpec& spec, bool ignore_sizes);

}  // namespace cdnsim
