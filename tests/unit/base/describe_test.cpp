#include <cdnsim/base/describe.hpp>
#include <cdnsim/base/quantity.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace describe_test {

enum class Role { pop, shield };
constexpr auto enum_names(Role) {
  return std::array{EnumName<Role>{Role::pop, "pop"}, EnumName<Role>{Role::shield, "shield"}};
}

TEST_CASE("bounds include their ends only where they say so") {
  CHECK(at_least(1u).allows(1u));
  CHECK_FALSE(at_least(1_MB).allows(999'999_B));
  CHECK(at_most(100_Gbps).allows(100_Gbps));
  CHECK_FALSE(at_most(100_Gbps).allows(101_Gbps));
  CHECK_FALSE(above(0.0).allows(0.0));
  CHECK(above(0.0).allows(1e-300));
  CHECK_FALSE(below(5).allows(5));
}

TEST_CASE("tags keep what they were given") {
  CHECK(one_of({"lru", "sieve"}).names.at(1) == "sieve");
  CHECK(refers_to("/network/pops", "/network/shields").pointers.size() == 2);
  CHECK(refers_to("/network/pops").or_one_of("nearest", "none").words.at(1) == "none");
  CHECK(keys_refer_to("/content").target.pointers.at(0) == "/content");
  CHECK(min_members(2).count == 2);
  CHECK(example("nyc").text == "nyc");
}

TEST_CASE("only tags are option tags") {
  STATIC_REQUIRE(OptionTag<decltype(at_least(1_MB))>);
  STATIC_REQUIRE(BoundTag<decltype(below(1_MB))>);
  STATIC_REQUIRE(OptionTag<RefersTo>);
  STATIC_REQUIRE_FALSE(BoundTag<RefersTo>);
  STATIC_REQUIRE_FALSE(OptionTag<int>);
}

TEST_CASE("an enum's words are found beside it") {
  STATIC_REQUIRE(NamedEnum<Role>);
  CHECK(enum_name(Role::shield) == "shield");
  CHECK(enum_name(static_cast<Role>(7)).empty());
}

}  // namespace describe_test
