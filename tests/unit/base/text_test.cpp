#include <regex>
#include <string>

#include <cdnsim/base/text.hpp>
#include <tests/support/catch.hpp>

using namespace cdnsim;

namespace text_test {

template <class T>
struct Good {
  const char* text;
  T value;
};
struct Bad {
  const char* text;
  const char* problem;
};

// Whatever parses must also pass an editor's schema.
template <class T>
void accepts(std::initializer_list<Good<T>> table) {
  const std::regex pattern(UnitInfo<T>::kPattern);
  for (const Good<T>& row : table) {
    CAPTURE(row.text);
    const Parsed<T> parsed = parse<T>(row.text);
    CHECK(parsed.problem == "");
    REQUIRE(parsed.value.has_value());
    CHECK(*parsed.value == row.value);
    CHECK(std::regex_match(row.text, pattern));
  }
  CHECK(parse<T>(UnitInfo<T>::kExample).value.has_value());
}

template <class T>
void refuses(std::initializer_list<Bad> table) {
  for (const Bad& row : table) {
    CAPTURE(row.text);
    const Parsed<T> parsed = parse<T>(row.text);
    CHECK_FALSE(parsed.value.has_value());
    CHECK(parsed.problem == row.problem);
  }
}

// No text of these is a value of any type with units.
template <class T>
void refuses_nonsense() {
  for (const char* text :
       {"",      " ",        "-",          ".",      "NaN",        "nan",    "inf",
        "-inf",  "Infinity", "1e3",        "1E3",    "0x10",       "1,000",  "1_000",
        "+5",    "--5",      "5-",         "1..2",   "1.2.3",      ".5",     "5.",
        "B",     "s",        "%",          "USD",    "/s",         "bps",    "5 B B",
        "5  B",  " 5B",      "5B ",        "5B\n",   "5\tB",       "5 MB/s", "5 apples",
        "5s5",   "\xff\xfe", "5\xc2\xb5s", "5 USD/", "5USD/month", "1e3B",   "1e3s",
        "1e3/s", "1e3bps",   "1e3%",       "1e3 USD"}) {
    CAPTURE(text);
    const Parsed<T> parsed = parse<T>(text);
    CHECK_FALSE(parsed.value.has_value());
    CHECK_THAT(parsed.problem, Catch::Contains("; write e.g. \""));
  }
}

TEST_CASE("durations are sums of parts in falling units") {
  accepts<Duration>({{"30min", 30min},
                     {"8s", 8s},
                     {"250ms", 250ms},
                     {"1h30min", 90min},
                     {"1h 30min", 90min},
                     {"2d", 48h},
                     {"-5h", -5h},
                     {"-1h30min", -90min},
                     {"1.5h", 90min},
                     {"0.5 s", 500ms},
                     {"7us", 7us},
                     {"0s", 0s},
                     {"-0s", 0s},
                     {"12.3456789123s", 12345678912ns},
                     {"0.0000000015s", 2ns},
                     {"106751d23h47min16s854ms775us807ns", Duration::max()},
                     {"-106751d23h47min16s854ms775us808ns", Duration::min()}});
  refuses<Duration>({
      {"30m", R"("30m" is not a duration; write e.g. "1h30min")"},
      {"90", R"("90" is not a duration; write e.g. "1h30min")"},
      {"30min1h", R"("30min1h" is not a duration; write e.g. "1h30min")"},
      {"1h1h", R"("1h1h" is not a duration; write e.g. "1h30min")"},
      {"1h-5min", R"("1h-5min" is not a duration; write e.g. "1h30min")"},
      {"0.2ns", R"("0.2ns" is too small; the least above zero is "1ns")"},
      {"106751d23h47min16s854ms775us808ns",
       R"("106751d23h47min16s854ms775us808ns" is too large; the most is )"
       R"("106751d23h47min16s854ms775us807ns")"},
      {"99999999999999999999999999999999999999999d",
       R"("99999999999999999999999999999999999999999d" is too large; the most is )"
       R"("106751d23h47min16s854ms775us807ns")"},
  });
  refuses_nonsense<Duration>();
}

TEST_CASE("sizes") {
  accepts<Bytes>({{"64KiB", 64_KiB},
                  {"6MB", 6_MB},
                  {"12TB", 12_TB},
                  {"512B", 512_B},
                  {"64 KiB", 64_KiB},
                  {"1kB", 1_KB},
                  {"1KB", 1_KB},
                  {"1.5KiB", 1536_B},
                  {"0.1GiB", Bytes(107'374'182)},  // 107374182.4
                  {"0.5B", 1_B},
                  {"0B", 0_B},
                  {"007MB", 7_MB},
                  {"1.00000000000000000000MB", 1_MB},
                  {"7EiB", Bytes(7LL << 60)},
                  {"9223372036854775807B", Bytes::max()},
                  {"9.223372036854775807EB", Bytes::max()}});
  refuses<Bytes>({
      {"100 Gb", R"("100 Gb" is not a size; write e.g. "64KiB")"},
      {"64kib", R"("64kib" is not a size; write e.g. "64KiB")"},
      {"10", R"("10" is not a size; write e.g. "64KiB")"},
      {"-5MB", R"("-5MB" is negative; write e.g. "64KiB")"},
      {"-0B", R"("-0B" is negative; write e.g. "64KiB")"},
      {"0.4B", R"("0.4B" is too small; the least above zero is "1B")"},
      {"99999999999TB", R"("99999999999TB" is too large; the most is "9223372036854775807B")"},
      {"9223372036854775808B",
       R"("9223372036854775808B" is too large; the most is "9223372036854775807B")"},
      {"8EiB", R"("8EiB" is too large; the most is "9223372036854775807B")"},
      // 2^64 + 1 bytes and 2^128 + 1 bytes: what wraps would be 1.
      {"18446744073709551617B",
       R"("18446744073709551617B" is too large; the most is "9223372036854775807B")"},
      {"340282366920938463463374607431768211457B",
       R"("340282366920938463463374607431768211457B" is too large; the most is )"
       R"("9223372036854775807B")"},
      {"1.00000000000000000000000000000000000000001MB",
       R"("1.00000000000000000000000000000000000000001MB" has too many digits; write e.g. "64KiB")"},
  });
  refuses_nonsense<Bytes>();
}

TEST_CASE("every unit has its size") {
  // From the units' definitions: powers of 1000 and of 1024.
  long double decimal = 1, binary = 1;
  for (const char letter : std::string("KMGTPE")) {
    decimal *= 1000;
    binary *= 1024;
    const std::string one = std::string("1") + letter;
    CHECK(parse<Bytes>(one + "B").value->count() == decimal);
    CHECK(parse<Bytes>(one + "iB").value->count() == binary);
    if (letter == 'E') continue;
    CHECK(parse<BitRate>(one + "bps").value->count() == decimal);
    if (letter == 'K' || letter == 'P') continue;
    CHECK(*parse<std::uint64_t>(one).value == decimal);
    if (letter != 'T') CHECK(parse<Rate>(one + "/s").value->per_second() == decimal);
  }
  CHECK(parse<Duration>("1d1h1min1s1ms1us1ns").value->count() == 90'061'001'001'001);
  CHECK(parse<Rate>("86400/d").value->per_second() == 1);
}

TEST_CASE("bit rates") {
  accepts<BitRate>({{"100Gbps", 100_Gbps},
                    {"2.5Gbps", 2500_Mbps},
                    {"400 Gbps", 400_Gbps},
                    {"1kbps", 1_kbps},
                    {"1Kbps", 1_kbps},
                    {"0.0000001Gbps", 100_bps},
                    {"3Tbps", 3_Tbps},
                    {"9bps", 9_bps}});
  refuses<BitRate>({
      {"100 Gb", R"("100 Gb" is not a rate; write e.g. "100Gbps")"},
      {"100Gbit/s", R"("100Gbit/s" is not a rate; write e.g. "100Gbps")"},
      {"100GBps", R"("100GBps" is not a rate; write e.g. "100Gbps")"},
      {"-1Gbps", R"("-1Gbps" is negative; write e.g. "100Gbps")"},
      {"99999999999Tbps",
       R"("99999999999Tbps" is too large; the most is "9223372036854775807bps")"},
  });
  refuses_nonsense<BitRate>();
}

TEST_CASE("rates of events are the nearest doubles") {
  accepts<Rate>({{"200k/s", Rate(200'000)},
                 {"50/s", Rate(50)},
                 {"1.2M/s", Rate(1'200'000)},
                 {"30/min", Rate(0.5)},
                 {"7200 /h", Rate(2)},
                 {"86.4k/d", Rate(1)},
                 {"0.1/s", Rate(0.1)},
                 {"1234.5678k/s", Rate(1234567.8)},
                 {"3G/s", Rate(3e9)}});
  refuses<Rate>({
      {"50", R"("50" is not a rate of events; write e.g. "200k/s")"},
      {"50/sec", R"("50/sec" is not a rate of events; write e.g. "200k/s")"},
      {"200K/s", R"("200K/s" is not a rate of events; write e.g. "200k/s")"},
      {"-0/s", R"("-0/s" is negative; write e.g. "200k/s")"},
      {"-1/s", R"("-1/s" is negative; write e.g. "200k/s")"},
  });
  CHECK_FALSE(parse<Rate>(std::string(400, '9') + "/s").value.has_value());
  refuses_nonsense<Rate>();
}

TEST_CASE("shares are percentages or plain numbers") {
  accepts<Ratio>({{"35%", Ratio(0.35)},
                  {"0.35", Ratio(0.35)},
                  {"7.1%", Ratio(0.071)},
                  {"100%", Ratio(1)},
                  {"1", Ratio(1)},
                  {"0", Ratio(0)},
                  {"5 %", Ratio(0.05)}});
  refuses<Ratio>({
      {"135%", R"("135%" is more than 100%; write e.g. "35%")"},
      {"1.01", R"("1.01" is more than 100%; write e.g. "35%")"},
      {"35", R"("35" is more than 100%; write e.g. "35%")"},
      {"-3%", R"("-3%" is negative; write e.g. "35%")"},
      {"a third", R"("a third" is not a share; write e.g. "35%")"},
  });
}

TEST_CASE("money and prices") {
  accepts<Money>({{"12 USD", 12_USD},
                  {"12USD", 12_USD},
                  {"-0.5 USD", Money(-500'000'000)},
                  {"0.000000001 USD", Money(1)},
                  {"9223372036.854775807 USD", Money::max()}});
  accepts<PricePerMbps>({{"0.35 USD/Mbps", PricePerMbps(Money(350'000'000))}});
  accepts<PricePerGb>({{"0.02 USD/GB", PricePerGb(Money(20'000'000))}});
  refuses<Money>({
      {"12", R"("12" is not an amount of money; write e.g. "12 USD")"},
      {"12 EUR", R"("12 EUR" is not an amount of money; write e.g. "12 USD")"},
      {"10000000000 USD",
       R"("10000000000 USD" is too large; the most is "9223372036.854775807 USD")"},
  });
  refuses<PricePerMbps>({
      {"0.35 USD", R"("0.35 USD" is not a price per Mbps; write e.g. "0.35 USD/Mbps")"},
      {"0.02 USD/GB", R"("0.02 USD/GB" is not a price per Mbps; write e.g. "0.35 USD/Mbps")"},
      {"-1 USD/Mbps", R"("-1 USD/Mbps" is negative; write e.g. "0.35 USD/Mbps")"},
  });
  refuses<PricePerGb>({
      {"0.35 USD/Mbps", R"("0.35 USD/Mbps" is not a price per GB; write e.g. "0.02 USD/GB")"},
      {"0.0000000001 USD/GB",
       R"("0.0000000001 USD/GB" is too small; the least above zero is "0.000000001 USD/GB")"},
  });
  refuses_nonsense<Money>();
  refuses_nonsense<PricePerMbps>();
  refuses_nonsense<PricePerGb>();
}

TEST_CASE("whole numbers may be shortened and are never rounded") {
  accepts<std::uint64_t>({{"2M", 2'000'000},
                          {"200k", 200'000},
                          {"17", 17},
                          {"2.5k", 2500},
                          {"1T", 1'000'000'000'000},
                          {"0", 0},
                          {"18446744073709551615", 18446744073709551615ULL}});
  refuses<std::uint64_t>({
      {"2.5", R"("2.5" is not a whole number; write e.g. "200k")"},
      {"0.0001k", R"("0.0001k" is not a whole number; write e.g. "200k")"},
      {"-3", R"("-3" is negative; write e.g. "200k")"},
      {"200K", R"("200K" is not a whole number; write e.g. "200k")"},
      {"18446744073709551616",
       R"("18446744073709551616" is too large; the most is "18446744073709551615")"},
      {"99999999999999G", R"("99999999999999G" is too large; the most is "18446744073709551615")"},
  });
}

TEST_CASE("plain numbers have no exponent, no unit and no NaN") {
  CHECK(parse<double>("0.9").value == 0.9);
  CHECK(parse<double>("-12").value == -12.0);
  CHECK(parse<double>("0.1").value == 0.1);
  refuses<double>({
      {"1e3", R"("1e3" is not a number; write e.g. "0.9")"},
      {"NaN", R"("NaN" is not a number; write e.g. "0.9")"},
      {"inf", R"("inf" is not a number; write e.g. "0.9")"},
      {"", R"("" is not a number; write e.g. "0.9")"},
  });
  CHECK_FALSE(parse<double>(std::string(310, '9')).value.has_value());
}

TEST_CASE("canonical texts use the largest unit that leaves no rest") {
  CHECK(to_text(64_KiB) == "64KiB");
  CHECK(to_text(128_GB) == "128GB");
  CHECK(to_text(Bytes(1001)) == "1001B");
  CHECK(to_text(0_B) == "0B");
  CHECK(to_text(Bytes(-1536)) == "-1536B");
  CHECK(to_text(100_Gbps) == "100Gbps");
  CHECK(to_text(2500_Mbps) == "2500Mbps");
  CHECK(to_text(Duration(90min)) == "1h30min");
  CHECK(to_text(Duration(-250ms)) == "-250ms");
  CHECK(to_text(Duration(0)) == "0s");
  CHECK(to_text(Rate(200'000)) == "200k/s");
  CHECK(to_text(Rate(1'200'000)) == "1.2M/s");
  CHECK(to_text(Rate(0.5)) == "0.5/s");
  CHECK(to_text(Ratio(0.35)) == "35%");
  CHECK(to_text(Ratio(0.071)) == "7.1%");
  CHECK(to_text(12_USD) == "12 USD");
  CHECK(to_text(Money(-500'000'000)) == "-0.5 USD");
  CHECK(to_text(PricePerMbps(Money(350'000'000))) == "0.35 USD/Mbps");
  CHECK(count_text(2'000'000) == "2M");
  CHECK(count_text(17) == "17");
  CHECK(decimal_text(0.1) == "0.1");
  CHECK(decimal_text(-1e21) == "-1000000000000000000000");
  CHECK(decimal_text(1.5e-7) == "0.00000015");
}

TEST_CASE("texts are quoted so that a message stays one readable line") {
  CHECK(quoted("a\nb\x7f") == "\"a?b?\"");
  CHECK(quoted(std::string(60, 'x')) == '"' + std::string(60, 'x') + '"');
  CHECK(quoted(std::string(61, 'x')) == '"' + std::string(60, 'x') + "...\"");
  // The two bytes of the last letter stay together.
  CHECK(quoted(std::string(59, 'x') + "\xc3\xa9t") == '"' + std::string(59, 'x') + "...\"");
  const std::string long_number(1'000'000, '7');
  CHECK(parse<Bytes>(long_number + "B").problem.size() < 200);
}

}  // namespace text_test
