// The catalogue: classes by name, viral objects among them, and the pure functions of an object.

#include <set>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <tests/support/catch.hpp>

namespace {

using namespace cdnsim;

ContentSpec images() {
  ContentSpec spec;
  spec.objects = 100'000;
  spec.size.law = LognormalSize{Bytes{24'000}, 1.2};
  spec.origin = "origin";
  spec.cache_control.max_age = 60s;
  return spec;
}
Catalogue catalogue(std::uint64_t seed = 1) {
  ContentSpec pages = images();
  pages.cache_control = CacheControl{};
  Viral viral;
  viral.size.law = FixedSize{Bytes{6'000'000}};
  viral.origin = "origin";
  viral.cache_control.max_age = 20s;
  return Catalogue(seed, {{"images", images()}, {"pages", pages}},
                   {{"base", Steady{}}, {"clip", viral}});
}

}  // namespace

TEST_CASE("classes are found by name; a viral workload brings one of a single object") {
  const Catalogue c = catalogue();
  REQUIRE(c.size() == 3);
  CHECK(c.index_of_name("images") == 0);
  CHECK(c.index_of_name("pages") == 1);
  const ContentClass& clip = c[c.index_of_name("clip")];
  CHECK(clip.spec.objects == 1);
  CHECK(clip.size_of(0) == Bytes{6'000'000});
  CHECK(clip.lifetime == 20s);
  CHECK_THROWS_AS(c.index_of_name("base"), InternalError);
}

TEST_CASE("objects have keys of their own") {
  const Catalogue c = catalogue();
  std::set<std::uint64_t> keys;
  for (std::uint32_t object = 0; object < 100'000; ++object) {
    keys.insert(c[0].key_of(object));
    keys.insert(c[1].key_of(object));
  }
  CHECK(keys.size() == 200'000);
}

TEST_CASE("an object's size depends on seed, class and object, and on nothing else") {
  const Catalogue c = catalogue();
  const Catalogue same = catalogue();
  const Catalogue other_seed = catalogue(2);
  // Another catalogue in which the class has another place.
  const Catalogue more(1, {{"a", images()}, {"b", images()}, {"images", images()}}, {});
  int equal_in_other_class = 0;
  int equal_in_other_seed = 0;
  for (std::uint32_t object = 0; object < 1000; ++object) {
    const Bytes size = c[0].size_of(object);
    CHECK(same[0].size_of(object) == size);
    CHECK(more[2].size_of(object) == size);
    equal_in_other_class += c[1].size_of(object) == size;
    equal_in_other_seed += other_seed[0].size_of(object) == size;
  }
  CHECK(equal_in_other_class < 5);
  CHECK(equal_in_other_seed < 5);
}

TEST_CASE("a copy that may never be used is not worth storing") {
  const auto worth = [](const char* cache_control) {
    ContentSpec spec = images();
    spec.cache_control = *parse<CacheControl>(cache_control).value;
    return Catalogue(1, {{"images", spec}}, {})[0].worth_storing();
  };
  CHECK(worth("public, max-age=60"));
  CHECK(worth("max-age=0, stale-while-revalidate=60"));
  CHECK(worth("max-age=0, stale-if-error=60"));
  CHECK_FALSE(worth("max-age=0"));
  CHECK_FALSE(worth(""));
  CHECK_FALSE(worth("no-store, max-age=60"));
  CHECK_FALSE(worth("private, max-age=60"));
}
