// The catalogue: classes by name, viral objects among them, and the pure functions of an object.

#include <set>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/workload/catalogue.hpp>
#include <tests/support/catch.hpp>

namespace catalogue_test {

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

TEST_CASE("classes are found by name; a viral workload brings one of a single object") {
  const Catalogue c = catalogue();
  REQUIRE(c.size() == 3);
  CHECK(c.index_of_name("images") == 0);
  CHECK(c.index_of_name("pages") == 1);
  const ContentClass& clip = c[c.index_of_name("clip")];
  CHECK(clip.spec.objects == 1);
  CHECK(clip.size_of(0) == Bytes{6'000'000});
  CHECK(clip.spec.cache_control.max_age == 20s);
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

TEST_CASE("an object's number follows from its key") {
  const Catalogue c = catalogue();
  for (std::uint32_t object = 0; object < 1000; ++object) {
    CHECK(c[1].object_of(c[1].key_of(object)) == object);
  }
  CHECK(c[0].object_of(c[0].key_of(3'999'999'999)) == 3'999'999'999);
}

TEST_CASE("an object changes once a period, at the same point of each") {
  ContentSpec spec = images();
  spec.updates = 60s;
  const Catalogue c(1, {{"images", spec}}, {});
  std::set<Duration> phases;
  for (std::uint32_t object = 0; object < 100; ++object) {
    const SimTime later = kTimeZero + 1h;
    const SimTime since = c[0].version_since(object, later);
    CHECK(later - since < 60s);
    CHECK(c[0].version_of(object, later + 60s) == c[0].version_of(object, later) + 1);
    CHECK(c[0].version_of(object, since) == c[0].version_of(object, later));
    CHECK(c[0].version_of(object, since - Duration{1}) == c[0].version_of(object, later) - 1);
    phases.insert(later - since);
  }
  CHECK(phases.size() > 90);
}

TEST_CASE("as many objects as said do not exist, and tags are shared out evenly") {
  ContentSpec spec = images();
  spec.objects = 100'000;
  spec.not_found = Ratio{0.02};
  spec.tags = 10;
  const Catalogue c(1, {{"images", spec}}, {});
  int missing = 0;
  std::vector<int> tagged(10);
  for (std::uint32_t object = 0; object < 100'000; ++object) {
    missing += !c[0].exists(object);
    ++tagged.at(c[0].tag_of(object));
  }
  // Binomial: 2000 +- 44, and 10,000 +- 95 of each tag; five times that.
  CHECK(std::abs(missing - 2000) < 221);
  for (const int count : tagged) CHECK(std::abs(count - 10'000) < 475);
}

}  // namespace catalogue_test
