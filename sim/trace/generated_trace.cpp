#include <algorithm>

#include <cdnsim/trace/generated_trace.hpp>

namespace cdnsim {
namespace {

Counter counter_of(std::uint64_t number) {
  return {static_cast<std::uint32_t>(number), static_cast<std::uint32_t>(number >> 32), 0, 0};
}

}  // namespace

GeneratedTrace::GeneratedTrace(TraceLaws laws)
    : laws_(std::move(laws)),
      popularity_(laws_.objects, laws_.exponent),
      gap_(1e9 / laws_.requests_per_second),
      requests_key_(draw_key(laws_.seed, {"trace", "requests"})),
      sizes_key_(draw_key(laws_.seed, {"trace", "sizes"})),
      kinds_key_(draw_key(laws_.seed, {"trace", "kinds"})),
      turns_key_(draw_key(laws_.seed, {"trace", "turns"})) {}

// Each object has its turn within the time in which as many give way as there are.
std::uint64_t GeneratedTrace::id_of(std::uint64_t rank) const {
  if (laws_.churn_per_second == 0) return rank;
  const double turn = unit_open(draw(turns_key_, counter_of(rank)).low64());
  const double rounds =
      now_ns_ * 1e-9 * laws_.churn_per_second / static_cast<double>(laws_.objects);
  return rank + static_cast<std::uint64_t>(rounds + turn) * laws_.objects;
}

std::size_t GeneratedTrace::read(std::span<TraceRequest> block) {
  const auto count =
      static_cast<std::size_t>(std::min<std::uint64_t>(block.size(), laws_.requests - drawn_));
  for (std::size_t i = 0; i < count; ++i, ++drawn_) {
    const DrawBlock drawn = draw(requests_key_, counter_of(drawn_));
    Counter spare = counter_of(drawn_);
    const auto more = [&] {
      ++spare.d;
      return draw(requests_key_, spare).low64();
    };
    const auto is_one_hit = [&] {
      return laws_.one_hit_share > 0 &&
             unit_open(draw(kinds_key_, counter_of(drawn_)).low64()) < laws_.one_hit_share;
    };
    now_ns_ += gap_.quantile(drawn.high64());
    TraceRequest& request = block[i];
    request.id =
        is_one_hit() ? kOneHitIds + drawn_ : id_of(popularity_.sample(drawn.low64(), more));
    request.bytes = laws_.size_of(draw(sizes_key_, counter_of(request.id)).low64());
    request.at = SimTime{Duration{static_cast<std::int64_t>(now_ns_)}};
    request.next = TraceRequest::kUnknown;
  }
  return count;
}

double GeneratedTrace::share_read() const {
  return laws_.requests == 0 ? 1.0
                             : static_cast<double>(drawn_) / static_cast<double>(laws_.requests);
}

}  // namespace cdnsim
