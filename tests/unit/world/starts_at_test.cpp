// The hour at which a run begins.
#include <cdnsim/scenario/run.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim {
namespace starts_at_test {

Scenario by_time_of_day() {
  Scenario s = test::small_scenario(1, false);
  test::add_content(s, "pages", 100, 0.8, "max-age=60");
  test::add_steady(s, "all", 1000, "pages");
  std::get<Steady>(s.traffic["all"]).curve = Curve::diurnal();
  s.billing = BillingSpec{};
  return s;
}

TEST_CASE("a run that begins at five is one at midnight five hours further east") {
  Scenario at_five = by_time_of_day();
  at_five.starts_at = 5h;
  Scenario east = by_time_of_day();
  east.network.client_networks["isp0"].utc_offset = 5h;
  const Result one = run(at_five).result;
  const Result other = run(east).result;
  CHECK(one.requests.outcomes.requests == other.requests.outcomes.requests);
  CHECK(one.cost->monthly_total == other.cost->monthly_total);
  // 0.40 of 1000 a second at five, 0.90 at midnight, for ten seconds; give or take four standard
  // errors.
  CHECK(static_cast<double>(one.requests.outcomes.requests) == Approx(4000).margin(253));
  CHECK(static_cast<double>(run(by_time_of_day()).result.requests.outcomes.requests) ==
        Approx(9000).margin(380));
}

}  // namespace starts_at_test

}  // namespace cdnsim
