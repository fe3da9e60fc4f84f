#include <cdnsim/config/pointer.hpp>
#include <cdnsim/config/schema_writer.hpp>
#include <tests/support/catch.hpp>
#include <tests/support/json_schema.hpp>

#include "garage.hpp"

namespace cdnsim::config {
namespace schema_test {

std::string garage_schema() { return file_schema<garage::Garage>("garage", "garage.schema.json"); }

struct Cart {
  garage::Wheel left, right, spare;
  Cart() { spare.bolts = 1; }
};
template <class V>
void describe(V& v, Cart& s) {
  v.object("left", s.left, "on this side");
  v.object("right", s.right, "on that side");
  v.object("spare", s.spare, "at the back");
}

struct Sample {
  std::string text;
  bool structurally_right;
};

// Read by the reader and by the validator: both must agree.
const std::vector<Sample> kSamples = {
    {R"({"name": "x"})", true},
    {R"({"name": "x", "$schema": "s"})", true},
    {R"({"name": "x", "places": "1k", "level": -3, "fuel": "none", "line": "2.5Gbps"})", true},
    {R"({"name": "x", "places": 24.0})", true},
    {R"({"name": "x", "mechanics": {"a": {"busy": "35%"}, "b": {"busy": 0.5}}})", true},
    {R"({"name": "x", "jobs": {"a": {"kind": "sale", "price": "12 USD"}}})", true},
    {R"({"name": "x", "jobs": {"a": {"kind": "repair", "takes": "1h30min"}}})", true},
    {R"({"name": "x", "trips": {"t": {"at": "5min", "fine": {"reason": "speed"}}}})", true},
    {R"({"name": "x", "prices": [1, 2.5], "wheel": {"pressure": 3}})", true},
    {R"({})", false},
    {R"([])", false},
    {R"({"name": 5})", false},
    {R"({"name": null})", false},
    {R"({"name": "x", "nmae": "y"})", false},
    {R"({"name": "x", "open": 1})", false},
    {R"({"name": "x", "places": -1})", false},
    {R"({"name": "x", "places": 1001})", false},
    {R"({"name": "x", "places": "many"})", false},
    {R"({"name": "x", "level": -11})", false},
    {R"({"name": "x", "level": 1.5})", false},
    {R"({"name": "x", "fuel": "water"})", false},
    {R"({"name": "x", "line": "100 Gb"})", false},
    {R"({"name": "x", "line": 100})", false},
    {R"({"name": "x", "colour": "pink"})", false},
    {R"({"name": "x", "prices": []})", false},
    {R"({"name": "x", "prices": [1, 2, 3, 4]})", false},
    {R"({"name": "x", "prices": [-1]})", false},
    {R"({"name": "x", "mechanics": {"": {}}})", false},
    {R"({"name": "x", "mechanics": {"a\nb": {}}})", false},
    {R"({"name": "x", "mechanics": {"a": {"busy": 1.5}}})", false},
    {R"({"name": "x", "mechanics": {"a": {"bsy": 0.5}}})", false},
    {R"({"name": "x", "wheel": {}})", false},
    {R"({"name": "x", "wheel": {"pressure": 3, "bolts": 4294967296}})", false},
    {R"({"name": "x", "jobs": {"a": {"price": "12 USD"}}})", false},
    {R"({"name": "x", "jobs": {"a": {"kind": "sail", "price": "12 USD"}}})", false},
    {R"({"name": "x", "jobs": {"a": {"kind": "sale"}}})", false},
    {R"({"name": "x", "jobs": {"a": {"kind": "sale", "price": "12 USD", "takes": "1s"}}})", false},
    {R"({"name": "x", "trips": {"t": {"at": "5min"}}})", false},
    {R"({"name": "x", "trips": {"t": {"at": "5min", "fine": {}, "toll": {"fee": "1 USD"}}}})",
     false},
    {R"({"name": "x", "trips": {"t": {"at": "5min", "fin": {}}}})", false},
    {R"({"name": "x", "extends": 5})", false},
};

TEST_CASE("the schema and the reader agree, says an independent validator") {
  const auto schema = test::JsonSchema::from(garage_schema());
  if (!schema) {
    WARN(test::JsonSchema::kSkipped);
    return;
  }
  std::vector<std::string> texts;
  for (const Sample& sample : kSamples) texts.push_back(sample.text);
  const std::vector<bool> accepted = schema->accepts(texts);
  for (std::size_t i = 0; i < kSamples.size(); ++i) {
    CAPTURE(kSamples[i].text);
    CHECK(accepted[i] == kSamples[i].structurally_right);
    const bool is_file_matter = kSamples[i].text.find('$') != std::string::npos;
    if (!is_file_matter) {
      CHECK(read_garage(kSamples[i].text).problems.empty() == kSamples[i].structurally_right);
    }
  }
}

TEST_CASE("a file that extends another may leave out anything and remove by null") {
  const auto schema = test::JsonSchema::from(garage_schema());
  if (!schema) {
    WARN(test::JsonSchema::kSkipped);
    return;
  }
  const std::vector<bool> accepted = schema->accepts({
      R"({"extends": "b.json"})",
      R"({"extends": "b.json", "fuel": null, "wheel": {"bolts": 3}, "mechanics": {"a": null}})",
      R"({"extends": "b.json", "jobs": {"a": {"price": "3 USD"}}})",
      R"({"extends": "b.json", "jobs": {"a": {"prise": "3 USD"}}})",
      R"({"extends": "b.json", "wheel": {"bolt": 3}})",
      R"({"extends": "b.json", "fuel": "water"})",
  });
  CHECK(accepted == std::vector<bool>{true, true, true, false, false, false});
}

TEST_CASE("the schema carries meanings, defaults, units and examples") {
  Document document;
  Problems problems(document);
  REQUIRE(read_text("schema", garage_schema(), document, problems));
  REQUIRE(problems.empty());
  const auto text_at = [&](std::string_view pointer) {
    const Value* value = at_pointer(document.root, pointer);
    const std::string* text = value ? value->as<std::string>() : nullptr;
    return text ? *text : std::string("nothing");
  };
  const std::string members = "/$defs/full/properties";
  CHECK(text_at("/$schema") == "https://json-schema.org/draft/2020-12/schema");
  CHECK(text_at(members + "/colour/description") == "of the door");
  CHECK(text_at(members + "/colour/default") == "red");
  CHECK(text_at(members + "/fuel/default") == "petrol");
  CHECK(text_at(members + "/closes/default") == "1h");
  CHECK(text_at(members + "/line/pattern") == UnitInfo<BitRate>::kPattern);
  CHECK(text_at(members + "/line/examples/0") == "100Gbps");
  CHECK(text_at(members + "/line/default") == "nothing");
  CHECK(text_at(members + "/name/default") == "nothing");  // required
}

TEST_CASE("what occurs in several places is written once, under its type's name") {
  Document document;
  Problems problems(document);
  REQUIRE(read_text("schema", document_schema<Cart>("cart", "cart.json"), document, problems));
  const auto text_at = [&](std::string_view pointer) {
    const Value* value = at_pointer(document.root, pointer);
    const std::string* text = value ? value->as<std::string>() : nullptr;
    return text ? *text : std::string("nothing");
  };
  CHECK(text_at("/properties/left/$ref") == "#/$defs/Wheel");
  CHECK(text_at("/properties/right/$ref") == "#/$defs/Wheel");
  CHECK(text_at("/properties/left/description") == "on this side");
  CHECK(text_at("/properties/spare/$ref") == "nothing");                 // another default
  CHECK(text_at("/$defs/Wheel/properties/bolts/default") == "nothing");  // a number
  CHECK(text_at("/$defs/Wheel/type") == "object");
  CHECK(text_at("/$defs/Wheel/description") == "nothing");
  const std::string text = document_schema<Cart>("cart", "cart.json");
  CHECK(text.find("$type") == text.npos);
  const auto schema = test::JsonSchema::from(text);
  if (!schema) {
    WARN(test::JsonSchema::kSkipped);
    return;
  }
  const std::vector<bool> accepted = schema->accepts({
      R"({"left": {"pressure": 3}, "right": {"pressure": 3}, "spare": {"pressure": 1}})",
      R"({"left": {"pressure": 3}, "right": {"presure": 3}, "spare": {"pressure": 1}})",
  });
  CHECK(accepted == std::vector<bool>{true, false});
}

TEST_CASE("the schema is the same text each time") { CHECK(garage_schema() == garage_schema()); }

}  // namespace schema_test

}  // namespace cdnsim::config
