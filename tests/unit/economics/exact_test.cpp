// Amounts, percentiles and splits in whole numbers.

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <vector>

#include <cdnsim/base/check.hpp>
#include <cdnsim/models/economics/bill_line.hpp>
#include <cdnsim/models/economics/exact.hpp>
#include <tests/support/rapidcheck.hpp>

namespace exact_test {

using namespace cdnsim;
using Counts = std::vector<std::int64_t>;

// Sample number ceil(95 n / 100) of all samples written out one by one.
std::int64_t slow_p95(const Counts& values, const std::vector<std::uint32_t>& times) {
  Counts all;
  for (std::size_t i = 0; i < values.size(); ++i) all.insert(all.end(), times[i], values[i]);
  if (all.empty()) return 0;
  std::sort(all.begin(), all.end());
  std::size_t number = 0;
  while (100 * number < 95 * all.size()) ++number;
  return all[number - 1];
}

Counts ramp(std::int64_t n) {
  Counts values(static_cast<std::size_t>(n));
  std::iota(values.begin(), values.end(), 1);
  return values;
}

TEST_CASE("an amount is price times quantity to the nearest nano-dollar, halves upwards") {
  CHECK(amount_of(2_USD, 3, 1) == 6_USD);
  CHECK(amount_of(1_USD, 1, 3) == Money{333'333'333});
  CHECK(amount_of(2_USD, 1, 3) == Money{666'666'667});
  CHECK(amount_of(Money{1}, 1, 2) == Money{1});
  CHECK(amount_of(Money{1}, 1, 3) == Money{0});
  // 9e9 USD of one nano-dollar each: the product is beyond 64 bits, the amount is not.
  CHECK(amount_of(9'000'000_USD, 1'000'000'000'000, 1'000'000'000) == 9'000'000'000_USD);
  CHECK_THROWS_AS(amount_of(1'000'000'000_USD, 10, 1), UserError);
}

TEST_CASE("the 95th percentile of n samples is number ceil(0.95 n)") {
  CHECK(percentile({}) == 0);
  CHECK(percentile(Counts{7}) == 7);
  CHECK(percentile(ramp(19)) == 19);  // ceil(18.05)
  CHECK(percentile(ramp(20)) == 19);
  CHECK(percentile(ramp(100)) == 95);
  CHECK(percentile(ramp(4), {}, 50) == 2);
  CHECK(percentile(Counts{5, 1}, std::vector<std::uint32_t>{1, 19}) == 1);
  CHECK(percentile(Counts{5, 1}, std::vector<std::uint32_t>{2, 18}) == 5);
}

TEST_CASE("a percentile of values that stand for many samples is that of the samples") {
  rc::prop("", [] {
    const auto values = *rc::gen::container<Counts>(rc::gen::inRange<std::int64_t>(0, 50));
    const auto times = *rc::gen::container<std::vector<std::uint32_t>>(
        values.size(), rc::gen::inRange<std::uint32_t>(0, 30));
    RC_ASSERT(percentile(values, times) == slow_p95(values, times));
  });
}

TEST_CASE("what is split leaves the rest to those that lost most by rounding") {
  // 10 by 1:1:1 is 3.33 each; the first of equals has the one that is left.
  CHECK(split(Money{10}, Counts{1, 1, 1}) == std::vector{Money{4}, Money{3}, Money{3}});
  // 10 by 6:3:2 of 11 is 5.45, 2.73, 1.82: two are left, for the last and the second.
  CHECK(split(Money{10}, Counts{6, 3, 2}) == std::vector{Money{5}, Money{3}, Money{2}});
  CHECK(split(Money{5}, Counts{0, 7}) == std::vector{Money{0}, Money{5}});
}

TEST_CASE("parts sum to the whole, and none is a unit or more away from its share") {
  rc::prop("", [] {
    const auto whole = *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << 62);
    auto weights =
        *rc::gen::nonEmpty(rc::gen::container<Counts>(rc::gen::inRange<std::int64_t>(0, 1 << 30)));
    weights.front() += 1;
    const Int128 sum = capped_sum(weights);
    const std::vector<Money> parts = split(Money{whole}, weights);
    Int128 of_parts = 0;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      of_parts += parts[i].count();
      const Int128 away = parts[i].count() * sum - static_cast<Int128>(whole) * weights[i];
      RC_ASSERT(away > -sum && away < sum);
    }
    RC_ASSERT(of_parts == whole);
  });
}

TEST_CASE("a whole beyond 64 bits is split exactly") {
  const Int128 whole = static_cast<Int128>(1'000'000'000'000'000'000) * 90 + 1;
  const std::vector<Int128> parts = split(whole, Counts{1'000'000'007, 3});
  CHECK(parts[0] + parts[1] == whole);
  // 3 whole / 1'000'000'010 = 269'999'997'300.00003
  CHECK(parts[1] == 269'999'997'300);
}

TEST_CASE("counts beyond 64 bits become weights of the same proportion") {
  const Int128 big = static_cast<Int128>(1) << 70;
  CHECK(as_weights(std::vector<Int128>{3, 4}) == Counts{3, 4});
  const Counts weights = as_weights(std::vector<Int128>{big, 3 * big});
  CHECK(weights[0] > 0);
  CHECK(weights[1] == 3 * weights[0]);
}

TEST_CASE("a line says its quantity exactly") {
  const BillLine line = bill_line(BillCategory::transit, "95th percentile", 1'523'750'001,
                                  BillUnit::mbps, Money{100'000'000});
  CHECK(quantity_text(line) == "1523.750001 Mbps");
  CHECK(line.amount == Money{152'375'000'100});
  CHECK(quantity_text(bill_line(BillCategory::pni, "x", 4, BillUnit::piece, 1_USD)) == "4");
  CHECK(quantity_text(bill_line(BillCategory::egress, "x", 5'000, BillUnit::gb, 1_USD)) ==
        "0.000005 GB");
}

}  // namespace exact_test
