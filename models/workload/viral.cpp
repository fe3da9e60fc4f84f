#include <cdnsim/base/math.hpp>
#include <cdnsim/models/workload/viral.hpp>

namespace cdnsim {

ContentSpec Viral::own_content() const {
  ContentSpec content;
  content.size = size;
  content.origin = origin;
  content.cache_control = cache_control;
  content.social_share = social_share;
  return content;
}

double Viral::weight_in(const std::string& region) const {
  const auto found = spread.find(region);
  return found == spread.end() ? RegionalSpread{}.weight : found->second.weight;
}

double Viral::peak_rate() const {
  constexpr double kLn2 = 0.693147180559945309;
  if (!views) return peak.value_or(Rate{0.0}).per_second();
  return static_cast<double>(*views) / (seconds(rise) / 2 + seconds(half_life) / kLn2);
}

double Viral::rate_of(const Audience& audience, SimTime now) const {
  const auto found = spread.find(audience.region);
  const RegionalSpread local = found == spread.end() ? RegionalSpread{} : found->second;
  const Duration since = now.time_since_epoch() - starts - local.lag;
  if (since <= Duration{0}) return 0.0;
  const double full = peak_rate() * audience.share;
  if (since < rise) {
    const double u = seconds(since) / seconds(rise);
    return full * u * u * (3.0 - 2.0 * u);
  }
  return full * math::exp2(-seconds(since - rise) / seconds(half_life));
}

}  // namespace cdnsim
