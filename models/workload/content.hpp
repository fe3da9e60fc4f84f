// A class of content: how many objects, how popular, how large, how long fresh, whose.
// Does not know who asks for it or which caches hold it.
#pragma once

#include <cstdint>
#include <string>

#include <cdnsim/base/describe.hpp>
#include <cdnsim/data_path/freshness.hpp>
#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

struct ContentSpec {
  std::uint64_t objects = 1;
  PopularityLaw popularity;
  SizeLaw size;
  std::string origin;
  CacheControl cache_control;
};

template <class V>
void describe(V& v, ContentSpec& s) {
  v.required("objects", s.objects, "objects in the catalogue", at_least(std::uint64_t{1}),
             at_most(std::uint64_t{4'000'000'000}));
  v.optional("popularity", s.popularity, "uniform or zipf:EXPONENT");
  v.required("size", s.size,
             "size of an object: 6MB, lognormal:median=..,sigma=.. or pareto:minimum=..,shape=..,"
             "maximum=..");
  v.required("origin", s.origin, "the origin that owns it", refers_to("/network/origins"));
  v.optional("cache_control", s.cache_control,
             "as in HTTP: public, max-age=3600, stale-while-revalidate=600; nothing: not cacheable "
             "for any time");
}

}  // namespace cdnsim
