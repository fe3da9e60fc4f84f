#include <charconv>
#include <cmath>
#include <regex>
#include <string>

#include <cdnsim/base/text.hpp>
#include <tests/support/rapidcheck.hpp>

using namespace cdnsim;

namespace base_text_test {

constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();

// Integers of every magnitude, the ends among them: RapidCheck's own are mostly small.
rc::Gen<std::int64_t> magnitudes() {
  return rc::gen::apply(
      [](std::uint64_t bits, int shift, bool round) -> std::int64_t {
        const auto value = static_cast<std::int64_t>(bits >> shift);
        return round && value > 1'000'000 ? value / 1'000'000 * 1'000'000 : value;
      },
      rc::gen::resize(1000, rc::gen::arbitrary<std::uint64_t>()), rc::gen::inRange(1, 64),
      rc::gen::arbitrary<bool>());
}

template <class T>
void round_trips(const T& value) {
  static const std::regex pattern(UnitInfo<T>::kPattern);
  const std::string text = to_text(value);
  const Parsed<T> parsed = parse<T>(text);
  RC_ASSERT(parsed.problem == "");
  RC_ASSERT(*parsed.value == value);
  RC_ASSERT(std::regex_match(text, pattern));
}

// Doubles of every magnitude, exact decimals of few digits among them.
rc::Gen<double> positive_doubles() {
  return rc::gen::apply(
      [](std::uint32_t high, std::uint32_t low, int exponent, bool few) {
        if (few) return (low % 100'000) / std::pow(10.0, exponent & 7);
        const double mantissa = 1 + (double(high) * 0x1p32 + double(low)) * 0x1p-64;
        return std::ldexp(mantissa, exponent);
      },
      rc::gen::arbitrary<std::uint32_t>(), rc::gen::arbitrary<std::uint32_t>(),
      rc::gen::inRange(-1070, 1024), rc::gen::arbitrary<bool>());
}

struct Written {
  std::string text;
  long double value;
};

// A decimal number with the value it should have.
rc::Gen<Written> decimals() {
  return rc::gen::apply(
      [](std::string whole, std::string fraction) {
        if (whole.empty()) whole = "0";
        const std::string text = fraction.empty() ? whole : whole + "." + fraction;
        long double value = 0;
        std::from_chars(text.data(), text.data() + text.size(), value);
        return Written{text, value};
      },
      rc::gen::scale(0.25, rc::gen::container<std::string>(rc::gen::inRange('0', char('9' + 1)))),
      rc::gen::scale(0.2, rc::gen::container<std::string>(rc::gen::inRange('0', char('9' + 1)))));
}

TEST_CASE("canonical texts parse back exactly") {
  rc::prop("sizes", [] { round_trips(Bytes(*magnitudes())); });
  rc::prop("bit rates", [] { round_trips(BitRate(*magnitudes())); });
  rc::prop("durations", [](bool negative) {
    const std::int64_t count = *magnitudes();
    round_trips(Duration(negative ? -count - 1 : count));
  });
  rc::prop("money", [](bool negative) {
    const std::int64_t count = *magnitudes();
    round_trips(Money(negative ? -count - 1 : count));
  });
  rc::prop("prices", [] {
    round_trips(PricePerMbps(Money(*magnitudes())));
    round_trips(PricePerGb(Money(*magnitudes())));
  });
  rc::prop("rates of events", [] { round_trips(Rate(*positive_doubles())); });
  rc::prop("shares", [] {
    const double value = *positive_doubles();
    round_trips(Ratio(value <= 1 ? value : 1 / value));
  });
  rc::prop("whole numbers", [] {
    const auto value = static_cast<std::uint64_t>(*magnitudes()) * 2 + 1;
    for (const std::uint64_t v : {value, value / 1'000'000 * 1'000'000}) {
      RC_ASSERT(parse<std::uint64_t>(count_text(v)).value == v);
    }
  });
  rc::prop("plain numbers", [](bool negative) {
    const double value = *positive_doubles() * (negative ? -1 : 1);
    RC_ASSERT(parse<double>(decimal_text(value)).value == value);
  });
}

TEST_CASE("the ends of the types parse back exactly") {
  for (const std::int64_t count : {std::int64_t{0}, std::int64_t{1}, kMost - 1, kMost}) {
    round_trips(Bytes(count));
    round_trips(BitRate(count));
    round_trips(Duration(count));
    round_trips(Duration(-count - 1));
    round_trips(Money(-count - 1));
  }
  for (const double value :
       {0.0, 5e-324, 2.2250738585072014e-308, 0.1, 1e22, 1e23, 1.7976931348623157e308}) {
    round_trips(Rate(value));
    if (value <= 1) round_trips(Ratio(value));
  }
}

TEST_CASE("what is written is what is meant, to half a unit, or it is refused") {
  rc::prop("sizes never wrap", [] {
    const Written written = *decimals();
    const auto [unit, size] =
        *rc::gen::elementOf(std::vector<std::pair<std::string, long double>>{{"B", 1},
                                                                             {"KB", 1e3},
                                                                             {"KiB", 1024},
                                                                             {"MB", 1e6},
                                                                             {"TB", 1e12},
                                                                             {"TiB", 0x1p40L},
                                                                             {"EB", 1e18}});
    const long double meant = written.value * size;
    const Parsed<Bytes> parsed = parse<Bytes>(written.text + unit);
    RC_CLASSIFY(parsed.value.has_value());
    if (parsed.value) {
      const auto got = static_cast<long double>(parsed.value->count());
      RC_ASSERT(std::fabs(got - meant) <= 0.5L + meant * 0x1p-60L);
    } else {
      RC_ASSERT(meant > 9.2233e18L || meant < 0.5L || written.text.size() > 36);
      RC_ASSERT(!parsed.problem.empty());
    }
  });
  rc::prop("durations never wrap", [](bool negative) {
    const Written hours = *decimals(), rest = *decimals();
    const long double meant = hours.value * 3600e9L + rest.value * 1e3L;
    const Parsed<Duration> parsed =
        parse<Duration>((negative ? "-" : "") + hours.text + "h" + rest.text + "us");
    RC_CLASSIFY(parsed.value.has_value());
    if (parsed.value) {
      const auto got = static_cast<long double>(parsed.value->count()) * (negative ? -1 : 1);
      RC_ASSERT(std::fabs(got - meant) <= 1 + meant * 0x1p-60L);
    } else {
      RC_ASSERT(meant > 9.2233e18L || meant < 0.5L || hours.text.size() > 36 ||
                rest.text.size() > 36);
    }
  });
}

TEST_CASE("no text crashes a parser, and every refusal says something") {
  const auto holds = [](const auto& parsed) {
    RC_ASSERT(parsed.value.has_value() == parsed.problem.empty());
    RC_ASSERT(parsed.problem.find('\n') == std::string::npos);
  };
  rc::prop("any text", [&](const std::string& random) {
    // Pieces of what is right reach further into a parser than random bytes.
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "1",    "9999999999", "0",   ".", "-",   " ", "k",  "M",   "B",    "KiB", "TB",  "/s",
        "/min", "%",          "USD", "h", "min", "s", "ms", "bps", "Gbps", "e3",  random});
    std::string text;
    for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece))
      text += part;
    holds(parse<Duration>(text));
    holds(parse<Bytes>(text));
    holds(parse<BitRate>(text));
    holds(parse<Rate>(text));
    holds(parse<Ratio>(text));
    holds(parse<Money>(text));
    holds(parse<PricePerMbps>(text));
    holds(parse<PricePerGb>(text));
    holds(parse<std::uint64_t>(text));
    holds(parse<double>(text));
  });
}

}  // namespace base_text_test
