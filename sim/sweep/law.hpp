// The values of one parameter: a list of levels, or an interval to draw from.
// Does not know which combinations are made of them.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <cdnsim/config/problems.hpp>
#include <cdnsim/sweep/quantity.hpp>
#include <cdnsim/sweep/spec.hpp>

namespace cdnsim::sweep {

// A value that a parameter can have and what it changes in the scenario, as PATH=JSON.
struct Level {
  AnyValue value;
  std::vector<std::string> sets;
};

class Law {
 public:
  // Tells `problems` what is wrong with it; there are then no levels.
  // REQUIRES: `spec` outlives this.
  Law(const std::string& name, const ParameterSpec& spec, config::Problems& problems);

  // A range that says neither step nor count has no levels.
  bool is_interval() const { return interval_.has_value(); }
  std::size_t size() const { return values_.size(); }
  Level level(std::size_t index) const { return at(values_[index]); }
  // 0 <= u < 1: the level or the place in the interval that is so far from the first to the last.
  Level level_at(double u) const;

 private:
  struct Interval {
    Amount from, to;
    bool is_log = false;

    AnyValue at(double share) const;
  };

  std::optional<Interval> interval_of(const AnyValue& from, const AnyValue& to, bool is_log);
  void add_range(const RangeSpec& range);
  void add_steps(const Interval& interval, const AnyValue& step);
  void add_counted(const std::optional<Interval>& interval, std::optional<std::uint64_t> count);
  void complain(const std::string& key, std::string message);
  Level at(const AnyValue& value) const;

  const std::string pointer_;
  const ParameterSpec& spec_;
  config::Problems& problems_;
  std::optional<Interval> interval_;
  std::vector<AnyValue> values_;
};

}  // namespace cdnsim::sweep
