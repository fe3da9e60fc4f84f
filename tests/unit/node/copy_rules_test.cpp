// What a tier's rules and a class's Cache-Control come to together.

#include <cdnsim/models/node/copy_rules.hpp>
#include <tests/support/catch.hpp>

namespace copy_rules_test {

using namespace cdnsim;

CopyRules rules_of(const char* cache_control, const CopySpec& spec = {},
                   ContentKind kind = ContentKind::custom) {
  ContentSpec content;
  content.objects = 10;
  content.size.law = FixedSize{Bytes{1000}};
  content.kind = kind;
  content.cache_control = *parse<CacheControl>(cache_control).value;
  TierSpec tier;
  static_cast<CopySpec&>(tier) = spec;
  return copy_rules(tier, Catalogue(1, {{"images", content}}, {}))[0];
}

TEST_CASE("a copy that may never be used is not worth storing") {
  CHECK(rules_of("public, max-age=60").worth_storing());
  CHECK(rules_of("max-age=0, stale-while-revalidate=60").worth_storing());
  CHECK(rules_of("max-age=0, stale-if-error=60").worth_storing());
  CopySpec never_asks;
  never_asks.revalidate = false;
  CHECK_FALSE(rules_of("max-age=0", never_asks).worth_storing());
  CHECK_FALSE(rules_of("no-cache", never_asks).worth_storing());
  CHECK_FALSE(rules_of("").worth_storing());
  CHECK_FALSE(rules_of("no-store, max-age=60").worth_storing());
  CHECK_FALSE(rules_of("private, max-age=60").worth_storing());
}

TEST_CASE("what may not be used unasked is kept to be asked about, if that is done") {
  CHECK(rules_of("no-cache").asks_each_time);
  CHECK(rules_of("max-age=0").asks_each_time);
  CHECK(rules_of("no-cache").worth_storing());
  CHECK_FALSE(rules_of("max-age=60").asks_each_time);
  CHECK_FALSE(rules_of("max-age=0, stale-while-revalidate=60").asks_each_time);
  CHECK_FALSE(rules_of("no-store, max-age=0").asks_each_time);
  CHECK_FALSE(rules_of("private, no-cache").asks_each_time);
  CopySpec never;
  never.ttl = 0s;
  CHECK_FALSE(rules_of("max-age=60", never).worth_storing());
}

TEST_CASE("a tier's lifetime takes the place of the response's, but not of no-cache") {
  CopySpec spec;
  spec.ttl = 1h;
  CHECK(rules_of("max-age=60", spec).lifetime == 1h);
  CHECK(rules_of("s-maxage=7, max-age=60", spec).lifetime == 1h);
  CHECK(rules_of("", spec).lifetime == 1h);
  CHECK(rules_of("no-cache, max-age=60", spec).lifetime == 0s);
  CHECK(rules_of("no-store", spec).lifetime == 0s);
}

TEST_CASE("the default lifetime is for answers that name none") {
  CopySpec spec;
  spec.default_ttl = 30s;
  CHECK(rules_of("", spec).lifetime == 30s);
  CHECK(rules_of("public", spec).lifetime == 30s);
  CHECK(rules_of("max-age=0", spec).lifetime == 0s);
  CHECK(rules_of("max-age=60", spec).lifetime == 60s);
}

TEST_CASE("micro-caching keeps what may not be stored, but never one user's answer") {
  CopySpec spec;
  spec.micro_ttl = 2s;
  CHECK(rules_of("no-store", spec).storable);
  CHECK(rules_of("no-store", spec).lifetime == 2s);
  CHECK(rules_of("no-cache", spec).lifetime == 2s);
  CHECK(rules_of("max-age=1", spec).lifetime == 2s);
  CHECK(rules_of("max-age=60", spec).lifetime == 60s);
  CHECK_FALSE(rules_of("private, max-age=60", spec).storable);
}

TEST_CASE("a class's kind says its Cache-Control, unless it says its own") {
  CHECK(rules_of("", {}, ContentKind::static_files).lifetime == 24h * 365);
  CHECK(rules_of("", {}, ContentKind::semi_static).lifetime == 1h);
  CHECK(rules_of("", {}, ContentKind::semi_static).windows.if_error == 24h);
  CHECK_FALSE(rules_of("", {}, ContentKind::dynamic).storable);
  CHECK_FALSE(rules_of("", {}, ContentKind::user_specific).storable);
  CHECK(rules_of("max-age=5", {}, ContentKind::static_files).lifetime == 5s);
}

TEST_CASE("what is said of a class goes before what is said of the tier") {
  ContentSpec content;
  content.objects = 10;
  content.size.law = FixedSize{Bytes{1000}};
  content.cache_control = *parse<CacheControl>("max-age=60, stale-if-error=90").value;
  TierSpec tier;
  tier.ttl = 10s;
  tier.serve_stale = false;
  tier.classes["video"].ttl = 20s;
  tier.classes["video"].copies = CopyPlaces{CopyPlaces::Kind::down, 1.0};
  const auto rules = copy_rules(tier, Catalogue(1, {{"images", content}, {"video", content}}, {}));
  CHECK(rules[0].lifetime == 10s);
  CHECK(rules[0].places.kind == CopyPlaces::Kind::everywhere);
  CHECK(rules[1].lifetime == 20s);
  CHECK(rules[1].places.kind == CopyPlaces::Kind::down);
  CHECK(rules[1].windows.if_error == 0s);  // the tier's word, which the class does not change
}

TEST_CASE("where copies are left has a text of its own") {
  for (const char* text : {"everywhere", "down", "edge", "prob:0.1"}) {
    const Parsed<CopyPlaces> places = parse<CopyPlaces>(text);
    REQUIRE(places.value);
    CHECK(to_text(*places.value) == text);
  }
  CHECK(parse<CopyPlaces>("prob:25%").value->probability == 0.25);
  CHECK(parse<CopyPlaces>("up").problem ==
        "\"up\" says not where copies are left; write everywhere, down, edge or e.g. prob:0.1");
  CHECK_FALSE(parse<CopyPlaces>("prob:2").value);
}

}  // namespace copy_rules_test
