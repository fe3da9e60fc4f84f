#include <algorithm>
#include <cmath>
#include <vector>

#include <cdnsim/observe/histogram.hpp>
#include <tests/support/rapidcheck.hpp>

using namespace cdnsim;

namespace base_histogram_test {

using Values = std::vector<std::int64_t>;

// Values of every magnitude.
rc::Gen<Values> values() {
  return rc::gen::container<Values>(rc::gen::apply(
      [](std::uint64_t bits, int shift) { return static_cast<std::int64_t>(bits >> shift); },
      rc::gen::resize(1000, rc::gen::arbitrary<std::uint64_t>()), rc::gen::inRange(1, 64)));
}

LogHistogram histogram_of(const Values& values) {
  LogHistogram histogram;
  for (const std::int64_t value : values) histogram.add(value);
  return histogram;
}

TEST_CASE("quantiles are within 1 % of the sorted values'") {
  rc::prop("at any q", [] {
    Values all = *rc::gen::nonEmpty(values());
    const LogHistogram histogram = histogram_of(all);
    std::sort(all.begin(), all.end());
    const int thousandths = *rc::gen::inRange(0, 1001);
    const std::size_t rank =
        std::max<std::size_t>((all.size() * static_cast<std::size_t>(thousandths) + 999) / 1000, 1);
    const auto exact = static_cast<double>(all[rank - 1]);
    const auto found = static_cast<double>(histogram.quantile(thousandths / 1000.0));
    RC_ASSERT(std::fabs(found - exact) <= 0.01 * exact);
    if (exact < 128) RC_ASSERT(found == exact);
  });
}

TEST_CASE("counts, sums and ends are exact") {
  rc::prop("for any values", [] {
    const Values all = *rc::gen::nonEmpty(values());
    const LogHistogram histogram = histogram_of(all);
    Int128 sum = 0;
    for (const std::int64_t value : all) sum += value;
    RC_ASSERT(histogram.count() == all.size());
    RC_ASSERT(static_cast<bool>(histogram.sum() == sum));
    RC_ASSERT(histogram.min() == *std::min_element(all.begin(), all.end()));
    RC_ASSERT(histogram.max() == *std::max_element(all.begin(), all.end()));
    RC_ASSERT(histogram.quantile(0) == histogram.min());
    RC_ASSERT(histogram.quantile(1) == histogram.max());
  });
}

TEST_CASE("merging parts in any order gives the histogram of the whole") {
  rc::prop("for any cut", [] {
    Values all = *values();
    const LogHistogram whole = histogram_of(all);
    const std::size_t cut = *rc::gen::inRange<std::size_t>(0, all.size() + 1);
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(cut);
    const LogHistogram left = histogram_of(Values(all.begin(), middle));
    const LogHistogram right = histogram_of(Values(middle, all.end()));
    LogHistogram forward = left, backward = right;
    forward.merge(right);
    backward.merge(left);
    RC_ASSERT(forward == whole);
    RC_ASSERT(backward == whole);
    std::reverse(all.begin(), all.end());
    RC_ASSERT(histogram_of(all) == whole);
  });
}

TEST_CASE("quantiles never fall where q rises") {
  rc::prop("for any values", [] {
    const LogHistogram histogram = histogram_of(*values());
    for (int i = 1; i <= 100; ++i) {
      RC_ASSERT(histogram.quantile((i - 1) / 100.0) <= histogram.quantile(i / 100.0));
    }
  });
}

}  // namespace base_histogram_test
