#include <map>
#include <set>
#include <string>

#include <cdnsim/models/geography/metros.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("every metro is found by its id, and nothing else is") {
  CHECK(metros().size() >= 200);
  for (const Metro& metro : metros()) {
    CAPTURE(metro.id);
    CHECK(find_metro(metro.id) == &metro);
  }
  CHECK(find_metro("") == nullptr);
  CHECK(find_metro("aaa") == nullptr);
  CHECK(find_metro("zzz") == nullptr);
  CHECK(find_metro("new") == nullptr);
  const Metro* frankfurt = find_metro("frankfurt");
  REQUIRE(frankfurt != nullptr);
  CHECK(frankfurt->name == "Frankfurt");
  CHECK(frankfurt->country == "DE");
  CHECK(frankfurt->region == WorldRegion::europe);
  CHECK(frankfurt->position == Coordinates{50'110'000, 8'680'000});
  CHECK(frankfurt->people == 5'900'000);
  CHECK(frankfurt->internet_users == 5'550'000);
  CHECK(frankfurt->utc_offset == 1h);
  CHECK(frankfurt->exchange == "DE-CIX Frankfurt");
}

TEST_CASE("who mistypes a place is told what was meant, or where the places are listed") {
  CHECK(unknown_metro("new-yrok") == "unknown place \"new-yrok\"; did you mean \"new-york\"?");
  CHECK(unknown_metro("Frankfurt") == "unknown place \"Frankfurt\"; did you mean \"frankfurt\"?");
  CHECK(unknown_metro("q") ==
        "unknown place \"q\"; `cdnsim list metros` prints those that are known");
}

TEST_CASE("the facts about metros do not contradict each other") {
  std::set<std::string_view> names;
  for (const Metro& metro : metros()) {
    CAPTURE(metro.id);
    CHECK(names.insert(metro.name).second);
    CHECK(is_on_globe(metro.position));
    CHECK(metro.country.size() == 2);
    CHECK(metro.internet_users <= metro.people);
    CHECK(metro.internet_users * 4 >= metro.people);
    CHECK(metro.people <= 40'000'000);
    CHECK(metro.utc_offset % 15min == 0min);
    for (const char c : metro.id) CHECK(((c >= 'a' && c <= 'z') || c == '-'));
    // 15 degrees are an hour. Clocks are up to two and a half hours ahead of the sun, hardly
    // behind.
    const double sun = metro.position.longitude / 15e6;
    const double ahead = seconds(metro.utc_offset) / 3600 - sun;
    CHECK(ahead > -1);
    CHECK(ahead < 2.5);
  }
}

TEST_CASE("two metros are two places") {
  for (const Metro& a : metros()) {
    for (const Metro& b : metros()) {
      if (a.id >= b.id) continue;
      CAPTURE(a.id, b.id);
      REQUIRE(great_circle(a.position, b.position) > Distance(10'000));
    }
  }
}

TEST_CASE("every region has metros, and nobody lives in two") {
  std::map<WorldRegion, int> count;
  std::uint64_t people = 0;
  for (const Metro& metro : metros()) {
    ++count[metro.region];
    people += metro.people;
  }
  for (const EnumName<WorldRegion>& region : enum_names(WorldRegion{})) {
    CAPTURE(region.name);
    CHECK(count[region.value] >= 10);
  }
  CHECK(people > 1'000'000'000);
  CHECK(people < 2'500'000'000);  // of eight thousand millions, most live elsewhere
}
