// A class of content: how many objects, how popular, how large, how long fresh, whose.
// Does not know who asks for it or which caches hold it.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/data_path/url_key.hpp>
#include <cdnsim/models/workload/asked.hpp>
#include <cdnsim/models/workload/churn.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

// What a class is in general; says its Cache-Control where the class does not.
enum class ContentKind { custom, static_files, semi_static, dynamic, user_specific };

constexpr std::array<EnumName<ContentKind>, 5> enum_names(ContentKind) {
  return {{{ContentKind::custom, "custom"},
           {ContentKind::static_files, "static"},
           {ContentKind::semi_static, "semi_static"},
           {ContentKind::dynamic, "dynamic"},
           {ContentKind::user_specific, "user_specific"}}};
}

// Interest that differs from region to region.
struct RegionalSpec {
  Ratio share;
};

template <class V>
void describe(V& v, RegionalSpec& s) {
  v.required("share", s.share,
             "share of its requests that follow the own order of the region they come from: the "
             "same law of ranks over the same objects, others in front");
}

struct ContentSpec {
  ContentKind kind = ContentKind::custom;
  std::uint64_t objects = 1;
  PopularityLaw popularity;
  SizeLaw size;
  std::string origin;
  CacheControl cache_control;
  std::optional<Duration> updates;
  Ratio not_found;
  std::uint32_t tags = 1;
  std::optional<KeyRules> key;
  std::optional<AskedSpec> asked;
  std::optional<RangeSpec> ranges;
  std::optional<Ratio> social_share;
  std::optional<ChurnSpec> churn;
  std::optional<Ratio> one_hit_wonders;
  std::optional<RegionalSpec> regional;

  // Its own Cache-Control, or its kind's.
  CacheControl effective_cache_control() const;
};

template <class V>
void describe(V& v, ContentSpec& s) {
  v.required("objects", s.objects, "objects in the catalogue", at_least(std::uint64_t{1}),
             at_most(std::uint64_t{4'000'000'000}));
  v.optional("popularity", s.popularity,
             "uniform, zipf:EXPONENT, zipf_mandelbrot:exponent=..,shift=.. or "
             "stretched_exponential:stretch=..,slope=..");
  v.required(
      "size", s.size,
      "size of an object: 6MB, lognormal:median=..,sigma=.. or pareto:minimum=..,shape=..,"
      "maximum=.., exponential:mean=.., hyperexponential:mean=..,scv=.., points:1KiB=0.1,1MiB=1 "
      "or mix:0.7=..;0.3=..");
  v.required("origin", s.origin, "the origin that owns it", refers_to("/network/origins"));
  v.optional("kind", s.kind,
             "static (a year, immutable), semi_static (an hour, stale-while-revalidate 10 min, "
             "stale-if-error a day), dynamic (no-store), user_specific (private) or custom");
  v.optional("cache_control", s.cache_control,
             "as in HTTP, instead of its kind's: public, max-age=3600, stale-while-revalidate=600; "
             "nothing: not cacheable for any time");
  v.optional("updates", s.updates,
             "every object changes at the origin once in this time, each at a moment of its own; "
             "never when not given",
             at_least(Duration{1s}));
  v.optional("not_found", s.not_found,
             "share of the objects that do not exist: the origin says 404");
  v.optional("tags", s.tags,
             "each object carries one of this many tags, t0, t1 ..., by which it can be purged",
             at_least(1u), at_most(1'000'000u));
  v.optional("key", s.key,
             "which parameters and headers tell copies apart: \"query=all-but:tracking; "
             "vary=accept-encoding\"; all parameters and no header when not given");
  v.optional("asked", s.asked, "the parameters and headers of its requests; none when not given");
  v.optional("ranges", s.ranges,
             "each request asks for one segment of an object; for all of it when not given");
  v.optional("social_share", s.social_share,
             "share of its requests that come from social media; none when not given");
  v.optional("churn", s.churn,
             "how its objects come and go; they are the same for ever when not "
             "given");
  v.optional("one_hit_wonders", s.one_hit_wonders,
             "share of its requests that are each for an object nobody asks for again; none when "
             "not given");
  v.optional("regional", s.regional,
             "how much each region has an interest of its own; not at all when not given");
}

}  // namespace cdnsim
