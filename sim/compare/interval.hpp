// What several runs say of a figure: its mean, and how far from it the truth may be.
// Does not know what the figure is.
#pragma once

#include <optional>
#include <span>

namespace cdnsim::compare {

// mean +- half_width holds the true mean in 95 of 100 cases.
struct Interval {
  double mean = 0;
  double half_width = 0;
  double chance = 1;  // of a mean that far from 0, or farther, where the true one is 0
};

// REQUIRES: there are values.
double mean(std::span<const double> values);

// The t such that 95 % of Student's distribution lie within +- t. REQUIRES: degrees > 0.
double student_t95(double degrees);

// By Student's t; nothing for fewer than two values.
std::optional<Interval> mean_of(std::span<const double> values);

// Of the differences b[i] - a[i] of runs that had the same draws. REQUIRES: as many of each.
std::optional<Interval> paired_difference(std::span<const double> a, std::span<const double> b);

// Of mean(b) - mean(a), by Welch's test. Where a side is one value only: whether it may be one
// more of the others. Nothing where both are.
std::optional<Interval> difference(std::span<const double> a, std::span<const double> b);

}  // namespace cdnsim::compare
