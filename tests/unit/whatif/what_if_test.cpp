// Figures of runs without this or that, by hand.
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/scenario/run.hpp>
#include <cdnsim/whatif/what_if.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::whatif {
namespace what_if_test {

// Two PoPs with a network each, and a line between the networks' towns: pop0 reaches isp1 over its
// own line of 30 ms, and so does pop1 reach isp0. 1 MB objects that are never cached are asked for
// 10 times a second by each: 80 Mbps a network.
Scenario two_towns() {
  Scenario s = test::small_scenario(2, false);
  s.warmup = 2s;
  for (const auto& [pop, isp] : {std::pair("pop0", "isp1"), {"pop1", "isp0"}}) {
    LinkSpec far;
    far.from = pop;
    far.to = isp;
    far.delay = 30ms;
    far.kind = LinkKind::transit;
    far.capacity = 60_Mbps;
    s.network.links[std::string(pop) + "-" + isp] = far;
  }
  for (const char* id : {"pop0-isp0", "pop1-isp1", "pop0-origin", "pop1-origin"}) {
    s.network.links[id].capacity = 1_Gbps;
  }
  test::add_content(s, "films", 100'000, 0.0, "max-age=60");
  s.content["films"].size.law = FixedSize{Bytes{1'000'000}};
  test::add_steady(s, "all", 20, "films");
  return s;
}

const Loss& loss_of(const WhatIf& found, FailureKind kind, const std::string& id) {
  for (const Loss& loss : found.losses) {
    if (loss.failure.kind == kind && loss.failure.id == id) return loss;
  }
  FAIL("no such loss: " << id);
  return found.losses.front();
}

std::vector<Failure> all_of(const Scenario& s, std::initializer_list<FailureKind> kinds) {
  std::vector<Failure> failures;
  for (const FailureKind kind : kinds) {
    for (Failure& failure : failures_of(s.network, kind)) failures.push_back(std::move(failure));
  }
  return failures;
}

TEST_CASE("without a PoP its users are served from afar, over a line that is too thin") {
  const Scenario s = two_towns();
  const WhatIf found = what_if(s, all_of(s, {FailureKind::pop, FailureKind::origin}));
  // As it is: nobody is further than 2 x (10 + 5) ms, and each line carries 80 of 1000 Mbps.
  CHECK(found.as_it_is.users_beyond_50ms == 0);
  CHECK(found.as_it_is.displaced == 0);
  CHECK(found.as_it_is.errors == 0);
  CHECK(found.as_it_is.overloaded.empty());
  CHECK(found.as_it_is.busiest_utilisation < 0.2);
  // Without pop0: isp0's million users are 2 x (30 + 5) ms from pop1, whose line of 60 Mbps to them
  // is asked for 80.
  const Loss& loss = loss_of(found, FailureKind::pop, "pop0");
  CHECK_FALSE(loss.stranded.any());
  CHECK(loss.figures.users_beyond_50ms == 1'000'000);
  CHECK(loss.newly_overloaded == std::vector<std::string>{"pop1-isp0"});
  CHECK(loss.figures.busiest_link == "pop1-isp0");
  CHECK(loss.figures.busiest_utilisation >= kFull);
  CHECK(loss.figures.shedding_node.empty());
  // The same requests are made, isp0's half of them now at pop1: 80 in 8 s, give or take.
  CHECK(loss.figures.requests == found.as_it_is.requests);
  Scenario alone = without(s, loss.failure);
  const Result result = run(alone).result;
  CHECK(result.isps.at(0).id == "isp0");
  CHECK(result.isps.at(0).served_by == "pop1");
  CHECK(loss.figures.displaced == result.isps.at(0).requests);
  CHECK(loss.figures.requests_beyond_50ms == result.isps.at(0).requests);
  // Without the origin nothing is ever answered.
  const Loss& origin = loss_of(found, FailureKind::origin, "origin");
  CHECK(origin.figures.errors > 0);
  CHECK(origin.figures.displaced == 0);
  // Errors come before links that are full.
  CHECK(found.losses.front().failure.id == "origin");
}

TEST_CASE("users without any PoP are a row, the worst") {
  Scenario s = two_towns();
  s.network.links.erase("pop1-isp0");
  const WhatIf found = what_if(s, all_of(s, {FailureKind::pop, FailureKind::link}));
  // isp0 hangs on pop0 and its line.
  REQUIRE(found.losses.size() == 2 + s.network.links.size());
  CHECK(found.losses[0].failure == Failure{FailureKind::pop, "pop0", {}});
  CHECK(found.losses[0].stranded.users == 1'000'000);
  CHECK(found.losses[1].failure.id == "pop0-isp0");
  CHECK(found.losses[1].stranded.networks == std::vector<std::string>{"isp0"});
  // The others go on asking for what they asked for: their mean is 10 a second, for 8 s.
  CHECK(found.losses[0].has_run);
  CHECK(static_cast<double>(found.losses[0].figures.requests) == Approx(80).margin(4 * 9));
  CHECK(found.losses[0].figures.displaced == 0);
  // A PoP that reaches no origin can do nothing, and then nothing is run.
  CHECK_FALSE(loss_of(found, FailureKind::link, "pop1-origin").has_run);
  CHECK(loss_of(found, FailureKind::link, "pop1-origin").stranded.any());
  CHECK(loss_of(found, FailureKind::link, "pop1-origin").stranded.users == 0);
  CHECK_FALSE(loss_of(found, FailureKind::link, "pop1-isp1").stranded.any());
}

TEST_CASE("a month's bill is compared") {
  Scenario s = two_towns();
  s.billing = BillingSpec{};
  const WhatIf found = what_if(s, all_of(s, {FailureKind::pop}));
  REQUIRE(found.as_it_is.monthly_cost_usd.has_value());
  const Result result = run(without(s, found.losses.front().failure)).result;
  CHECK(found.losses.front().figures.monthly_cost_usd == result.cost->monthly_total);
  CHECK_FALSE(what_if(two_towns(), {}).as_it_is.monthly_cost_usd.has_value());
}

TEST_CASE("threads change nothing but the time it takes") {
  const Scenario s = two_towns();
  const auto failures = all_of(s, {FailureKind::pop, FailureKind::link, FailureKind::origin});
  const auto text = [&](std::uint32_t threads) {
    std::string all;
    for (const Loss& loss : what_if(s, failures, {.threads = threads}).losses) {
      all += loss.failure.id + " " + std::to_string(loss.figures.requests) + " " +
             std::to_string(loss.figures.displaced) + " " + std::to_string(loss.figures.errors) +
             " " + std::to_string(loss.figures.busiest_utilisation) + loss.stranded.reason + "\n";
    }
    return all;
  };
  const std::string one = text(1);
  CHECK(text(3) == one);
  CHECK_THAT(one, Catch::Contains("pop1-isp0"));
}

TEST_CASE("it can be ended early") {
  const Scenario s = two_towns();
  struct Enough {};
  Options options;
  std::size_t over = 0;
  options.progress = [&](std::size_t done, std::size_t all) {
    CHECK(all == 3);
    over = done;
    if (done == 2) throw Enough{};
  };
  CHECK_THROWS_AS(what_if(s, all_of(s, {FailureKind::pop}), options), Enough);
  CHECK(over == 2);
}

}  // namespace what_if_test

}  // namespace cdnsim::whatif
