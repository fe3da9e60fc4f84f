// A trace drawn from laws: independent requests for objects of Zipf popularity at Poisson times,
// and if so wished objects that come and go, or are asked for once.
// Does not know files. The same for the same numbers, on any machine.
#pragma once

#include <functional>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/base/sampler/zipf.hpp>
#include <cdnsim/trace/trace_reader.hpp>

namespace cdnsim {

struct TraceLaws {
  std::uint64_t requests = 1;
  std::uint64_t objects = 1;
  double exponent = 1.0;
  // Of the requests; each of these is for an object that is asked for only this once.
  double one_hit_share = 0;
  // So many objects a second give way to new ones, which are as popular as they were.
  double churn_per_second = 0;
  double requests_per_second = 1000;
  std::uint64_t seed = 1;
  // The size of the object whose own random bits these are; at least 1.
  std::function<std::int64_t(std::uint64_t bits)> size_of = [](std::uint64_t) { return 1; };
};

class GeneratedTrace final : public TraceReader {
 public:
  // REQUIRES: objects >= 1, requests_per_second > 0.
  explicit GeneratedTrace(TraceLaws laws);

  // The object of rank k, counted from 0, has the id k; those that follow it, where there is churn,
  // k + objects, k + 2 objects ... Objects that are asked for once have ids from kOneHitIds on.
  static constexpr std::uint64_t kOneHitIds = std::uint64_t{1} << 54;
  std::size_t read(std::span<TraceRequest> block) override;
  double share_read() const override;
  TraceOmissions omissions() const override { return {}; }

 private:
  std::uint64_t id_of(std::uint64_t rank) const;

  TraceLaws laws_;
  Zipf popularity_;
  Exponential gap_;
  DrawKey requests_key_, sizes_key_, kinds_key_, turns_key_;
  std::uint64_t drawn_ = 0;
  double now_ns_ = 0;
};

}  // namespace cdnsim
