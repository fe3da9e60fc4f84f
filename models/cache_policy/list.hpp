// The eviction policies there are, one line each.
// Does not know who chooses among them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/models/cache_policy/arc.hpp>
#include <cdnsim/models/cache_policy/belady.hpp>
#include <cdnsim/models/cache_policy/car.hpp>
#include <cdnsim/models/cache_policy/clock.hpp>
#include <cdnsim/models/cache_policy/fifo.hpp>
#include <cdnsim/models/cache_policy/gdsf.hpp>
#include <cdnsim/models/cache_policy/gdsize.hpp>
#include <cdnsim/models/cache_policy/hyperbolic.hpp>
#include <cdnsim/models/cache_policy/lecar.hpp>
#include <cdnsim/models/cache_policy/lfu.hpp>
#include <cdnsim/models/cache_policy/lfuda.hpp>
#include <cdnsim/models/cache_policy/lhd.hpp>
#include <cdnsim/models/cache_policy/lirs.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <cdnsim/models/cache_policy/lruk.hpp>
#include <cdnsim/models/cache_policy/plfu.hpp>
#include <cdnsim/models/cache_policy/qdlp.hpp>
#include <cdnsim/models/cache_policy/random.hpp>
#include <cdnsim/models/cache_policy/s3fifo.hpp>
#include <cdnsim/models/cache_policy/sieve.hpp>
#include <cdnsim/models/cache_policy/size.hpp>
#include <cdnsim/models/cache_policy/slru.hpp>
#include <cdnsim/models/cache_policy/twoq.hpp>
#include <cdnsim/models/cache_policy/wtinylfu.hpp>

namespace cdnsim {

using CachePolicies = PolicyList<  //
    Arc,                           //
    Car,                           //
    ClockPolicy,                   //
    Fifo,                          //
    GdSize,                        //
    Gdsf,                          //
    Hyperbolic,                    //
    LeCaR,                         //
    Lfu,                           //
    LfuDa,                         //
    Lhd,                           //
    Lirs,                          //
    Lru,                           //
    LruK,                          //
    PerfectLfu,                    //
    Qdlp,                          //
    RandomPolicy,                  //
    S3Fifo,                        //
    Sieve,                         //
    SizePolicy,                    //
    Slru,                          //
    TwoQ,                          //
    WTinyLfu>;

// Those that must be told the future: for traces alone.
using OfflinePolicies = PolicyList<Belady>;

// Their names, sorted.
inline std::vector<std::string_view> cache_policy_names() { return names_of(CachePolicies{}); }

// Calls use(policy) with the policy that `text` names. Returns what is wrong with `text`, or "".
template <class Use>
std::string with_cache_policy(const PolicyText& text, Use&& use) {
  return with_policy(CachePolicies{}, "eviction policy", text, use);
}

// The same among all, those too that work only offline.
template <class Use>
std::string with_laboratory_policy(const PolicyText& text, Use&& use) {
  if (text.name == Belady::kName)
    return with_policy(OfflinePolicies{}, "eviction policy", text, use);
  return with_cache_policy(text, use);
}

}  // namespace cdnsim
