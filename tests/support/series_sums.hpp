// Sums over a stretch of a run's series, by column, of all nodes of a role.
// Does not know what a column means.
#pragma once

#include <charconv>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include <cdnsim/scenario/load.hpp>
#include <cdnsim/scenario/run.hpp>

namespace cdnsim::test {

class SeriesSums {
 public:
  void take(std::string_view text) { text_ += text; }

  // Of rows that begin from `from_s` on and before `until_s`.
  std::map<std::string, double> sums(const std::string& role, double from_s, double until_s) const {
    std::istringstream lines(text_);
    std::string line;
    std::getline(lines, line);
    const std::vector<std::string> names = fields(line);
    std::map<std::string, double> sums;
    while (std::getline(lines, line)) {
      const std::vector<std::string> row = fields(line);
      const double at = number(row[0]);
      if (row[2] != role || at < from_s || at >= until_s) continue;
      for (std::size_t i = 3; i < row.size(); ++i) sums[names[i]] += number(row[i]);
    }
    return sums;
  }

 private:
  static double number(const std::string& text) {
    double value = 0;
    std::from_chars(text.data(), text.data() + text.size(), value);
    return value;
  }
  static std::vector<std::string> fields(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream in(line);
    for (std::string field; std::getline(in, field, ',');) fields.push_back(field);
    return fields;
  }

  std::string text_;
};

struct RunWithSeries {
  Result result;
  SeriesSums series;
};

inline RunWithSeries run_with_series(const Scenario& scenario) {
  RunWithSeries done;
  RunOptions options;
  options.series = [&](std::string_view text) { done.series.take(text); };
  done.result = run(scenario, options).result;
  return done;
}

}  // namespace cdnsim::test
