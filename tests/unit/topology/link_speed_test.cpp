#include <cdnsim/models/topology/link_speed.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

TEST_CASE("speeds are read as maps show them") {
  CHECK(labelled_speed("10 Gbps") == 10_Gbps);
  CHECK(labelled_speed("2.5 Gbps") == 2'500_Mbps);
  CHECK(labelled_speed("155Mb/s") == 155_Mbps);
  CHECK(labelled_speed(" 64 kbit/s ") == 64_kbps);
  CHECK(labelled_speed("1 TBPS") == 1_Tbps);
  CHECK(labelled_speed("0 Mbps") == 0_bps);
}

TEST_CASE("optical carriers are multiples of 51.84 Mbps, transport modules of three of these") {
  CHECK(labelled_speed("OC-192c") == 9'953'280_kbps);
  CHECK(labelled_speed("OC192/STM64") == 9'953'280_kbps);
  CHECK(labelled_speed("oc3") == 155'520_kbps);
  CHECK(labelled_speed("STM-16") == 2'488'320_kbps);
}

TEST_CASE("what is no plain speed is none") {
  for (const char* label :
       {"", "Lit Fibre", "OC3 and below/STM1", ">1 Gbps", "10", "Gbps", "OC", "OC-0", "OC-99999",
        "10 Gbps x 2", "-1 Gbps", "nan Gbps", "1e3 Mbps", "10 GB", "10 Xbps", "1234567 Gbps"}) {
    CAPTURE(label);
    CHECK_FALSE(labelled_speed(label));
  }
}

TEST_CASE("number and unit go before the label, and the label before the type") {
  const GraphAttribute speed{"LinkSpeed", "string", "2.5"}, unit{"LinkSpeedUnits", "string", "G"};
  const GraphAttribute label{"LinkLabel", "string", "155 Mbps"};
  const GraphAttribute type{"LinkType", "string", "OC-3"};
  CHECK(told_speed({type, label, unit, speed}) == 2'500_Mbps);
  CHECK(told_speed({type, label, speed}) == 155_Mbps);
  CHECK(told_speed({type, label, unit}) == 155_Mbps);
  CHECK(told_speed({type, {"LinkLabel", "string", "Lit Fibre"}}) == 155'520_kbps);
  CHECK_FALSE(told_speed({}));
  CHECK_FALSE(told_speed({{"LinkSpeed", "string", "<10"}, unit}));
}
