// Latencies as a result tells them: by region, by class, and where the time went.
// Does not know how the figures came about.
#pragma once

#include <cstdint>
#include <map>
#include <string>

#include <cdnsim/base/describe.hpp>

namespace cdnsim {

struct Percentiles {
  std::uint64_t count = 0;
  double mean = 0, p50 = 0, p90 = 0, p95 = 0, p99 = 0, max = 0;
};
template <class V>
void describe(V& v, Percentiles& s) {
  v.required("count", s.count, "requests answered");
  v.required("mean", s.mean, "mean", or_null);
  v.required("p50", s.p50, "median; percentiles are exact to 1 %", or_null);
  v.required("p90", s.p90, "90th percentile", or_null);
  v.required("p95", s.p95, "95th percentile", or_null);
  v.required("p99", s.p99, "99th percentile", or_null);
  v.required("max", s.max, "largest", or_null);
}

struct LatencyPair {
  Percentiles ttfb, ttlb;
};
template <class V>
void describe(V& v, LatencyPair& s) {
  v.required("ttfb", s.ttfb, "time to first byte: round trips, set-up, queues, service, upstream");
  v.required("ttlb", s.ttlb, "time to last byte: the transfer added");
}

struct LatencyResult {
  LatencyPair all;
  std::map<std::string, LatencyPair> by_region, by_class;
  std::map<std::string, double> ttfb_parts_mean;
};
template <class V>
void describe(V& v, LatencyResult& s) {
  describe(v, s.all);
  v.required("by_region", s.by_region, "the same by the client network's region");
  v.required("by_class", s.by_class, "the same by content class");
  v.required("ttfb_parts_mean", s.ttfb_parts_mean,
             "where the mean time to first byte went: network, setup, queue, service, storage, "
             "upstream",
             or_null);
}

}  // namespace cdnsim
