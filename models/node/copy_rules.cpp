#include <algorithm>

#include <cdnsim/models/node/copy_rules.hpp>

namespace cdnsim {
namespace {

// A lifetime given by the tier replaces the response's own; one that the response does not have at
// all is the tier's default. What must be asked about every time stays so.
Duration lifetime_of(const CopySpec& spec, const CacheControl& control) {
  if (control.no_cache) return Duration{0};
  if (spec.ttl) return *spec.ttl;
  return control.lifetime().value_or(spec.default_ttl.value_or(Duration{0}));
}

}  // namespace

CopyRules copy_rules(const CopySpec& spec, const ContentClass& content) {
  const CacheControl& control = content.spec.cache_control;
  CopyRules rules;
  rules.storable = control.storable();
  rules.in_parts = content.numbers_elsewhere && !content.traced;
  rules.lifetime = rules.storable ? lifetime_of(spec, control) : Duration{0};
  if (spec.serve_stale.value_or(true)) rules.windows = control.stale_windows();
  // One user's answer is never another's, however short the time.
  if (spec.micro_ttl && !control.is_private && rules.lifetime < *spec.micro_ttl) {
    rules.storable = true;
    rules.lifetime = *spec.micro_ttl;
  }
  // What is not to be stored has nothing by which a copy of it could be told to be good still.
  rules.revalidates = spec.revalidate.value_or(true) && control.storable();
  // Where Cache-Control leaves the lifetime open and the tier has none either, nothing is kept.
  const bool says_ask = control.no_cache || control.lifetime() == Duration{0};
  rules.asks_each_time = rules.revalidates && says_ask && rules.longest_use() == Duration{0};
  rules.honours_age = spec.age.value_or(AgeRule::honour) == AgeRule::honour;
  if (spec.refresh_ahead) {
    rules.refresh_within = Duration{static_cast<std::int64_t>(
        spec.refresh_ahead->value() * static_cast<double>(rules.lifetime.count()))};
  }
  rules.not_found_ttl = spec.not_found_ttl.value_or(Duration{0});
  rules.error_ttl = spec.error_ttl.value_or(Duration{0});
  rules.places = spec.copies.value_or(CopyPlaces{});
  rules.keeps_made_at = content.spec.updates.has_value();
  rules.watched = rules.keeps_made_at || rules.refresh_within > Duration{0};
  return rules;
}

std::vector<CopyRules> copy_rules(const TierSpec& tier, const Catalogue& catalogue) {
  std::vector<CopyRules> rules;
  const std::vector<LimitPart> parts = limit_parts(tier, catalogue);
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto own = tier.classes.find(catalogue[i].name);
    const CopySpec spec = own == tier.classes.end() ? CopySpec(tier) : merged(tier, own->second);
    rules.push_back(copy_rules(spec, catalogue[i]));
    rules.back().max_wait = parts[i](tier.max_wait);
  }
  return rules;
}

std::vector<LimitPart> limit_parts(const TierSpec& tier, const Catalogue& catalogue) {
  const auto levels = static_cast<std::uint32_t>(tier.shed_order.size() + 1);
  std::vector<LimitPart> parts;
  for (std::size_t i = 0; i < catalogue.size(); ++i) {
    const auto at = std::find(tier.shed_order.begin(), tier.shed_order.end(), catalogue[i].name);
    parts.push_back({static_cast<std::uint32_t>(at - tier.shed_order.begin() + 1), levels});
  }
  return parts;
}

}  // namespace cdnsim
