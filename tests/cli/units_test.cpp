#include <cdnsim/tools/units.hpp>
#include <tests/support/catch.hpp>

namespace cdnsim::tools {
namespace {

TEST_CASE("small counts are exact, others have three digits") {
  CHECK(count_text(0) == "0");
  CHECK(count_text(9999) == "9999");
  CHECK(count_text(10'000) == "10.0 k");
  CHECK(count_text(999'499) == "999 k");
  CHECK(count_text(999'500) == "1.00 M");
  CHECK(count_text(180'249'000) == "180 M");
  CHECK(count_text(UINT64_MAX) == "18447 P");
}

TEST_CASE("rates, bits and bytes carry their unit") {
  CHECK(rate_text(0) == "0 /s");
  CHECK(rate_text(0.5) == "0.50 /s");
  CHECK(rate_text(12'345) == "12.3 k/s");
  CHECK(bits_text(4.56e9) == "4.56 Gbps");
  CHECK(bits_text(99.96e9) == "100 Gbps");
  CHECK(bytes_text(999) == "999 B");
  CHECK(bytes_text(1000) == "1.00 kB");
  CHECK(bytes_text(4'560'000'000'000) == "4.56 TB");
}

TEST_CASE("times are read in the unit that fits") {
  CHECK(milliseconds_text(0) == "0 ms");
  CHECK(milliseconds_text(0.0198) == "19.8 µs");
  CHECK(milliseconds_text(0.2) == "0.20 ms");
  CHECK(milliseconds_text(12.34) == "12.3 ms");
  CHECK(milliseconds_text(999.4) == "999 ms");
  CHECK(milliseconds_text(1234) == "1.23 s");
  CHECK(seconds_text(1200) == "20min");
  CHECK(seconds_text(0.1) == "100ms");
}

TEST_CASE("a share that is not quite all or nothing does not look as if it were") {
  CHECK(percent_text(0) == "0.00 %");
  CHECK(percent_text(1) == "100.00 %");
  CHECK(percent_text(0.93414) == "93.41 %");
  CHECK(percent_text(1e-9) == "<0.01 %");
  CHECK(percent_text(1 - 1e-9) == ">99.99 %");
  CHECK(percent_text(-0.05) == "-5.00 %");
}

}  // namespace
}  // namespace cdnsim::tools
