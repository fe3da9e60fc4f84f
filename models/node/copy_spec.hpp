// What a scenario says of the copies of one tier: how long they are good, what else is remembered,
// and where they are left. For all classes of content, or for one of them.
// Does not know policies, sizes or who serves.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

enum class AgeRule { honour, reset };

constexpr std::array<EnumName<AgeRule>, 2> enum_names(AgeRule) {
  return {{{AgeRule::honour, "honour"}, {AgeRule::reset, "reset"}}};
}

// Which of the caches that an answer passes on its way back keep a copy: "everywhere", "down" (only
// the first after the one that had it), "edge" (only the one that a client asked), "prob:0.1" (each
// by lot).
struct CopyPlaces {
  enum class Kind { everywhere, down, edge, prob };
  Kind kind = Kind::everywhere;
  double probability = 1.0;
  friend bool operator==(const CopyPlaces&, const CopyPlaces&) = default;
};

template <>
struct UnitInfo<CopyPlaces> {
  static constexpr const char* kName = "a rule for where copies are left";
  static constexpr const char* kExample = "prob:0.1";
  static constexpr const char* kPattern = "^(everywhere|down|edge|prob:[0-9.]+ ?%?)$";
};
template <>
Parsed<CopyPlaces> parse<CopyPlaces>(std::string_view text);
std::string to_text(const CopyPlaces& places);

struct CopySpec {
  std::optional<Duration> ttl;
  std::optional<Duration> default_ttl;
  std::optional<Duration> micro_ttl;
  std::optional<Duration> not_found_ttl;
  std::optional<Duration> error_ttl;
  std::optional<Ratio> refresh_ahead;
  std::optional<bool> serve_stale;
  std::optional<bool> revalidate;
  std::optional<AgeRule> age;
  std::optional<CopyPlaces> copies;
};

template <class V>
void describe(V& v, CopySpec& s) {
  v.optional("ttl", s.ttl, "lifetime of copies here instead of max-age and s-maxage",
             at_least(Duration{0}));
  v.optional("default_ttl", s.default_ttl,
             "lifetime where Cache-Control leaves it to the cache; 0s when not given",
             at_least(Duration{0}));
  v.optional("micro_ttl", s.micro_ttl,
             "micro-caching: answers that may not be stored or are stale at once are kept this "
             "long, unless private; off when not given",
             at_least(Duration{1ms}), at_most(Duration{1h}));
  v.optional("not_found_ttl", s.not_found_ttl, "how long a 404 is remembered; not when not given",
             at_least(Duration{1ms}));
  v.optional("error_ttl", s.error_ttl,
             "how long an error of the origin is remembered; not when not given",
             at_least(Duration{1ms}), at_most(Duration{1h}));
  v.optional("refresh_ahead", s.refresh_ahead,
             "a hit on a copy with less than this share of its lifetime left refreshes it in the "
             "background; off when not given");
  v.optional("serve_stale", s.serve_stale,
             "obey stale-while-revalidate and stale-if-error of the content; true when not given");
  v.optional("revalidate", s.revalidate,
             "ask whether a stale copy is still good (304) rather than for all of it; true when "
             "not given");
  v.optional("age", s.age,
             "whether time spent in caches further up counts against the lifetime: honour when "
             "not given");
  v.optional("copies", s.copies,
             "where copies are left on the way back: everywhere when not given, down, edge or "
             "prob:0.1");
}

// What holds for a class where the tier says something and perhaps its entry for the class too.
inline CopySpec merged(const CopySpec& tier, const CopySpec& of_class) {
  const auto pick = [](const auto& own, const auto& general) { return own ? own : general; };
  return CopySpec{pick(of_class.ttl, tier.ttl),
                  pick(of_class.default_ttl, tier.default_ttl),
                  pick(of_class.micro_ttl, tier.micro_ttl),
                  pick(of_class.not_found_ttl, tier.not_found_ttl),
                  pick(of_class.error_ttl, tier.error_ttl),
                  pick(of_class.refresh_ahead, tier.refresh_ahead),
                  pick(of_class.serve_stale, tier.serve_stale),
                  pick(of_class.revalidate, tier.revalidate),
                  pick(of_class.age, tier.age),
                  pick(of_class.copies, tier.copies)};
}

}  // namespace cdnsim
