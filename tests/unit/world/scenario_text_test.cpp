// A scenario as text reads back as the same scenario.
#include <cdnsim/assembly/result_json.hpp>
#include <cdnsim/config/document.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/read_scenario.hpp>
#include <cdnsim/config/scenario_text.hpp>
#include <cdnsim/scenario/load.hpp>
#include <cdnsim/world/world.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/small_scenario.hpp>

namespace cdnsim::config {
namespace scenario_text_test {

Scenario read_back(const std::string& text) {
  Document document;
  Problems problems(document);
  REQUIRE(read_text("written.json", text, document, problems));
  Scenario scenario = read_scenario(document, {}, problems);
  problems.raise();
  return scenario;
}

void check_same(const Scenario& scenario) {
  CHECK(assembly::digest_of(read_back(scenario_text(scenario))) == assembly::digest_of(scenario));
}

TEST_CASE("a small scenario is written line by line, without what is usual") {
  Scenario s;
  s.duration = 5s;
  s.seed = 7;
  s.network.client_networks["isp"].region = "here";
  s.network.client_networks["isp"].users = 1000;
  s.network.pops["pop"].shield = "none";
  s.network.origins["origin"] = OriginSpec{};
  LinkSpec link;
  link.from = "pop";
  link.to = "isp";
  link.kind = LinkKind::pni;
  link.delay = 3ms;
  s.network.links["line"] = link;
  ContentSpec pages;
  pages.size.law = FixedSize{Bytes{1000}};
  pages.origin = "origin";
  s.content["pages"] = pages;
  test::add_steady(s, "all", 10, "pages");
  CHECK(scenario_text(s, "schema.json") == R"({
  "$schema": "schema.json",
  "seed": 7,
  "duration": "5s",
  "network": {
    "client_networks": {
      "isp": { "region": "here", "users": 1000 }
    },
    "pops": {
      "pop": { "shield": "none" }
    },
    "origins": {
      "origin": {}
    },
    "links": {
      "line": { "from": "pop", "to": "isp", "kind": "pni", "delay": "3ms" }
    }
  },
  "content": {
    "pages": { "objects": 1, "size": "1KB", "origin": "origin" }
  },
  "traffic": {
    "all": { "kind": "steady", "rate": "10/s", "mix": { "pages": 1.0 } }
  }
}
)");
}

TEST_CASE("what is written reads back as the same") {
  check_same([] {
    Scenario s = test::small_scenario(3, true);
    test::add_content(s, "pages", 50, 0.7, "public, max-age=60, stale-while-revalidate=5");
    test::add_steady(s, "all", 100, "pages");
    s.caching.edge.storage.ssd = Bytes{5'000'000'000};
    s.caching.edge.hot = HotSpec{};
    s.caching.shield.classes["pages"] = CopySpec{};
    for (auto& [id, link] : s.network.links) link.kind = LinkKind::backbone;
    s.network.pops["pop1"].peers = {"pop0"};
    DownEvent down;
    down.node = "pop2";
    s.events["down"] = EventSpec{3s, down};
    s.slo["hits"] = SloSpec{"/tiers/edge/hit_ratio", 0.5, {}};
    return s;
  }());
  world::WorldSpec spec;
  spec.pops = 30;
  spec.networks = 255;
  check_same(world::make_world(spec));
}

TEST_CASE("a tariff keeps its preset and what differs from it") {
  Scenario s = world::make_world({});
  TransitTariff sydney;
  for (const TransitTariff& known : TransitTariff::presets()) {
    if (known.preset == "sydney") sydney = known;
  }
  sydney.price = TransitTariff{}.price;  // the usual price again, which is not the preset's
  s.billing->tariffs["transit-oceania"] = sydney;
  check_same(s);
}

}  // namespace scenario_text_test

}  // namespace cdnsim::config
