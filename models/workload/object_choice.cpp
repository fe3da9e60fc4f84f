#include <algorithm>
#include <numeric>

#include <cdnsim/base/hash.hpp>
#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/models/workload/object_choice.hpp>

namespace cdnsim {
namespace {

std::uint64_t part_of_2_32(const std::optional<Ratio>& share) {
  return share ? static_cast<std::uint64_t>(share->value() * 0x1p32) : 0;
}

// A number from 0 to n - 1. REQUIRES: n <= 2^32.
std::uint64_t scaled(std::uint32_t bits, std::uint64_t n) { return (bits * n) >> 32; }

}  // namespace

ObjectChoice::ObjectChoice(const ContentSpec& spec, DrawKey lots)
    : lots_(lots),
      ranks_(spec.objects),
      once_(part_of_2_32(spec.one_hit_wonders)),
      regional_(spec.regional ? part_of_2_32(spec.regional->share) : 0) {
  if (!spec.churn) return;
  every_ = spec.churn->every.count();
  earlier_ = static_cast<std::int64_t>(spec.churn->earlier());
  longest_ago_ = static_cast<double>(spec.churn->longest_ago().count());
  constexpr double kLn2 = 0x1.62e42fefa39efp-1;
  mean_ago_ = longest_ago_ / static_cast<double>(ChurnSpec::kHalfLivesMost) / kLn2;
}

RegionalOrder ObjectChoice::order_of(std::string_view region) const {
  const std::uint64_t seed = hash_combine(lots_.value, hash_name(region));
  RegionalOrder order;
  order.offset = mix64(seed) % ranks_;
  order.factor = std::max(hash64(seed) % ranks_, std::uint64_t{1});
  while (std::gcd(order.factor, ranks_) != 1) ++order.factor;
  return order;
}

ObjectChoice::Chosen ObjectChoice::choose(const DrawBlock& own, std::uint32_t rank,
                                          const RegionalOrder& order, std::int64_t at_ns) const {
  if (own.words[0] < once_) {
    constexpr std::uint64_t kNumbers = kNoNumber - kObjectsMost;
    return {kObjectsMost + static_cast<std::uint32_t>(scaled(own.words[2], kNumbers)),
            own.words[3]};
  }
  std::uint64_t place = rank;
  if (own.words[1] < regional_) place = (order.factor * rank + order.offset) % ranks_;
  if (every_ == 0) return {static_cast<std::uint32_t>(place), 0};
  return {holder_of(place, at_ns, own.high64()), 0};
}

// Who was the newest there a while before. The rank's objects are counted from the earliest that
// may be asked for.
std::uint32_t ObjectChoice::holder_of(std::uint64_t rank, std::int64_t at_ns,
                                      std::uint64_t bits) const {
  double ago = 0;
  if (mean_ago_ > 0) ago = std::min(Exponential(mean_ago_).quantile(bits), longest_ago_);
  const std::uint64_t phase =
      draw(lots_, Counter{static_cast<std::uint32_t>(rank), 2, 0, 0}).low64() %
      static_cast<std::uint64_t>(every_);
  const std::int64_t then =
      at_ns + static_cast<std::int64_t>(phase) - static_cast<std::int64_t>(ago) + earlier_ * every_;
  return static_cast<std::uint32_t>(rank + static_cast<std::uint64_t>(then / every_) * ranks_);
}

}  // namespace cdnsim
