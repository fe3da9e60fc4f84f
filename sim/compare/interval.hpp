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

  bool holds(double value) const {
    return mean - half_width <= value && value <= mean + half_width;
  }
};

// The t such that 95 % of Student's distribution lie within +- t. REQUIRES: degrees > 0.
double student_t95(double degrees);

// By Student's t; nothing for fewer than two values.
std::optional<Interval> mean_of(std::span<const double> values);

// Of the differences b[i] - a[i] of runs that had the same draws. REQUIRES: as many of each.
std::optional<Interval> paired_difference(std::span<const double> a, std::span<const double> b);

// Of mean(b) - mean(a), by Welch's test; nothing where one side has fewer than two values.
std::optional<Interval> difference(std::span<const double> a, std::span<const double> b);

}  // namespace cdnsim::compare
