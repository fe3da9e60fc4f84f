// The eviction policies there are, one line each.
// Does not know who chooses among them.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

#include <cdnsim/data_path/cache_policy.hpp>
#include <cdnsim/models/cache_policy/arc.hpp>
#include <cdnsim/models/cache_policy/clock.hpp>
#include <cdnsim/models/cache_policy/fifo.hpp>
#include <cdnsim/models/cache_policy/lirs.hpp>
#include <cdnsim/models/cache_policy/lru.hpp>
#include <cdnsim/models/cache_policy/lruk.hpp>
#include <cdnsim/models/cache_policy/random.hpp>
#include <cdnsim/models/cache_policy/s3fifo.hpp>
#include <cdnsim/models/cache_policy/sieve.hpp>
#include <cdnsim/models/cache_policy/size.hpp>

namespace cdnsim {

using CachePolicies = PolicyList<  //
    Arc,                           //
    ClockPolicy,                   //
    Fifo,                          //
    Lirs,                          //
    Lru,                           //
    LruK,                          //
    RandomPolicy,                  //
    S3Fifo,                        //
    Sieve,                         //
    SizePolicy>;

// Their names, sorted.
inline std::vector<std::string_view> cache_policy_names() { return names_of(CachePolicies{}); }

// Calls use(policy) with the policy that `text` names. Returns what is wrong with `text`, or "".
template <class Use>
std::string with_cache_policy(const PolicyText& text, Use&& use) {
  return with_policy(CachePolicies{}, text, use);
}

}  // namespace cdnsim
