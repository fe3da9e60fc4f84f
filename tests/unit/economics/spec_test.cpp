// What scenarios write of money: units, presets and what overrides them, and who may name what.

#include <map>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <cdnsim/config/document.hpp>
#include <cdnsim/config/json_writer.hpp>
#include <cdnsim/config/problems.hpp>
#include <cdnsim/config/reader.hpp>
#include <cdnsim/config/schema_writer.hpp>
#include <cdnsim/models/economics/spec.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim {

template <class V>
void describe(V& v, LinkPricing& s) {
  describe_pricing(v, s);
}
template <class V>
void describe(V& v, SitePricing& s) {
  describe_pricing(v, s);
}
template <class V>
void describe(V& v, OriginPricing& s) {
  describe_pricing(v, s);
}

}  // namespace cdnsim

namespace spec_test {

using namespace cdnsim;

// As much of a scenario as prices refer to.
struct Ledger {
  std::map<std::string, double> content;
  BillingSpec billing;
  LinkPricing link;
  SitePricing site;
  OriginPricing origin;
};

template <class V>
void describe(V& v, Ledger& s) {
  v.map("content", s.content, "classes");
  v.object("billing", s.billing, "money");
  v.object("link", s.link, "of a link");
  v.object("site", s.site, "of a site");
  v.object("origin", s.origin, "of an origin");
}

struct Reading {
  Ledger ledger;
  std::vector<std::string> problems;
};

Reading read(std::string_view text) {
  config::Document document;
  config::Problems problems(document);
  Reading reading;
  if (read_text("s.json", text, document, problems)) {
    config::Reader(document, problems).read_document(reading.ledger);
  }
  for (const Problem& problem : problems.sorted()) {
    reading.problems.push_back("#" + problem.pointer + ": " + problem.message);
  }
  return reading;
}

std::string problem_with(const std::string& billing) {
  const Reading reading = read("{\"billing\": {" + billing + "}}");
  return reading.problems.size() == 1 ? reading.problems[0]
                                      : std::to_string(reading.problems.size()) + " problems";
}

TEST_CASE("power and its prices as people write them") {
  CHECK(parse<Power>("500W").value == Power{500});
  CHECK(parse<Power>("4.2 kW").value == Power{4'200});
  CHECK(parse<Power>("2MW").value == Power{2'000'000});
  CHECK(to_text(Power{4'200}) == "4200W");
  CHECK(to_text(Power{24'000}) == "24kW");
  CHECK(parse<Power>("5 horses").problem ==
        "\"5 horses\" is not an electric power; write e.g. \"500W\"");
  CHECK_FALSE(parse<Power>("W").value);
  CHECK(parse<PricePerKw>("275 USD/kW").value == PricePerKw{275_USD});
  CHECK(to_text(PricePerKw{275_USD}) == "275 USD/kW");
  CHECK(parse<PricePerKw>("-1 USD/kW").problem ==
        "\"-1 USD/kW\" is not a price per kW; write e.g. \"275 USD/kW\"");
  CHECK_FALSE(parse<PricePerKw>("275 USD").value);
  CHECK(parse<PricePerGbps>("0.5 USD/Gbps").value == PricePerGbps{Money{500'000'000}});
  CHECK(to_text(PricePerGbps{300_USD}) == "300 USD/Gbps");
}

TEST_CASE("a preset fills in its figures, and what is given overrides them") {
  const Reading reading = read(R"({"billing": {"tariffs": {
    "a": {"kind": "transit"},
    "b": {"kind": "transit", "preset": "sao-paulo"},
    "c": {"kind": "transit", "price": "0.6 USD/Mbps", "preset": "sao-paulo", "commit": "10Gbps"},
    "d": {"kind": "egress", "preset": "free"}}}})");
  REQUIRE(reading.problems.empty());
  const auto price = [&](const char* name) {
    return std::get<TransitTariff>(reading.ledger.billing.tariffs.at(name)).price.money();
  };
  CHECK(price("a") == Money{100'000'000});
  CHECK(price("b") == Money{500'000'000});
  CHECK(price("c") == Money{600'000'000});
  CHECK(std::get<EgressTariff>(reading.ledger.billing.tariffs.at("d")).tiers.size() == 1);
}

TEST_CASE("what is read, written and read again is the same") {
  const std::string text = R"({"content": {"video": 1}, "billing": {
    "month": {"weekday": 20, "weekend": 9, "this_event": 2, "weekend_level": 1.1},
    "run_hour": "peak", "event": {"from": "5min", "until": "20min"},
    "tariffs": {"a": {"kind": "transit", "preset": "india", "overage": "1 USD/Mbps"},
      "b": {"kind": "backbone"}, "c": {"kind": "colocation", "preset": "paris"},
      "d": {"kind": "egress"}, "e": {"kind": "hardware", "preset": "early-refresh"},
      "f": {"kind": "pni"}, "g": {"kind": "port", "preset": "vienna-2021"}, "h": {"kind": "rent"}},
    "prices": {"video": "0.004 USD/GB"}},
    "link": {"tariff": "a", "port": "p"}, "site": {"tariffs": ["c", "hardware"],
    "server_power": "700W", "rented": "10Gbps"}, "origin": {"tariff": "d"}})";
  const Reading first = read(text);
  REQUIRE(first.problems.empty());
  const std::string written = config::JsonWriter::write(first.ledger).dump();
  const Reading second = read(written);
  REQUIRE(second.problems.empty());
  CHECK(config::JsonWriter::write(second.ledger).dump() == written);
  CHECK(written.find("\"price\":\"0.8 USD/Mbps\"") != std::string::npos);
}

TEST_CASE("mistakes in billing say what to write") {
  CHECK(problem_with(R"("month": {"weekday": 10})") ==
        "#/billing/month/weekday: and the other days together must be 28 to 31");
  CHECK(problem_with(R"("event": {"from": "5min", "until": "5min"})") ==
        "#/billing/event/until: must be after \"from\"");
  CHECK(problem_with(R"("tariffs": {"a": {"kind": "transit", "preset": "sao-paolo"}})")
            .starts_with("#/billing/tariffs/a/preset: "));
  CHECK(
      problem_with(R"("tariffs": {"a": {"kind": "egress", "tiers": [{"price": "1 USD/GB"},
        {"price": "1 USD/GB"}]}})") ==
      "#/billing/tariffs/a/tiers: must end one after the other, and only the last without an end");
  CHECK(problem_with(R"("prices": {"vidio": "1 USD/GB"})").starts_with("#/billing/prices/vidio: "));
}

TEST_CASE("a tariff that nobody described cannot be named") {
  CHECK(read(R"({"link": {"tariff": "port"}})").problems.empty());
  const Reading reading = read(R"({"site": {"tariffs": ["rents"]}})");
  REQUIRE(reading.problems.size() == 1);
  CHECK(reading.problems[0].starts_with("#/site/tariffs/0: "));
}

TEST_CASE("each kind of tariff exists without being written") {
  BillingSpec billing;
  for (const char* name :
       {"transit", "port", "pni", "backbone", "colocation", "hardware", "rent", "egress"}) {
    CHECK(find_tariff(billing, name) != nullptr);
  }
  CHECK(find_tariff(billing, "on_net") == nullptr);
  billing.tariffs["pni"] = TransitTariff{};
  CHECK(std::holds_alternative<TransitTariff>(*find_tariff(billing, "pni")));
}

TEST_CASE("the schema knows the tariffs and their presets") {
  const std::string schema = config::document_schema<Ledger>("ledger", "ledger.schema.json");
  for (const char* word : {"colocation", "vienna-2021", "USD/Gbps", "run_hour"}) {
    CHECK(schema.find(word) != std::string::npos);
  }
}

}  // namespace spec_test
