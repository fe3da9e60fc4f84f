#include <cmath>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <cdnsim/base/check.hpp>
#include <cdnsim/base/math.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/sweep/law.hpp>

namespace cdnsim::sweep {
namespace {

constexpr double kLevelsMax = 100'000;

std::string text_of(const AnyValue& label) {
  return nlohmann::json::parse(label.json).get<std::string>();
}

}  // namespace

Law::Law(const std::string& name, const ParameterSpec& spec, config::Problems& problems)
    : pointer_("/vary/" + config::escaped(name)), spec_(spec), problems_(problems) {
  if (problems.touches(pointer_)) return;
  for (const std::string& path : spec.paths) {
    if (!path.starts_with('/')) complain("/paths", cdnsim::quoted(path) + " begins without a /");
  }
  if (!spec.path.empty() && !spec.path.starts_with('/')) {
    complain("/path", "a path begins with /, e.g. \"/caching/edge/memory\"");
  }
  if (spec.range) {
    add_range(*spec.range);
  } else if (spec.log_range) {
    const LogRangeSpec& range = *spec.log_range;
    add_counted(interval_of(range.from, range.to, true), range.count);
  } else if (!spec.cases.empty()) {
    for (const auto& [label, sets] : spec.cases) {
      values_.push_back({nlohmann::json(label).dump()});
    }
  } else {
    values_ = spec.values;
  }
}

void Law::complain(const std::string& key, std::string message) {
  problems_.add(pointer_ + key, std::move(message));
}

std::optional<Law::Interval> Law::interval_of(const AnyValue& from, const AnyValue& to,
                                              bool is_log) {
  const std::string key = is_log ? "/log_range" : "/range";
  const std::optional<Amount> first = amount_of(from), last = amount_of(to);
  if (!first || !last) {
    complain(key + (first ? "/to" : "/from"),
             (first ? to : from).json + " is no amount; write a number or e.g. \"2GB\"");
  } else if (first->unit != last->unit) {
    complain(key + "/to", fmt::format("{} is {} and {} is {}", from.json, unit_name(first->unit),
                                      to.json, unit_name(last->unit)));
  } else if (first->value >= last->value) {
    complain(key + "/to", fmt::format("must be more than `from`, which is {}", from.json));
  } else if (is_log && first->value <= 0) {
    complain(key + "/from", "ratios need more than 0 to begin with");
  } else {
    return Interval{*first, *last, is_log};
  }
  return std::nullopt;
}

void Law::add_range(const RangeSpec& range) {
  const std::optional<Interval> interval = interval_of(range.from, range.to, false);
  if (interval && range.step) {
    add_steps(*interval, *range.step);
  } else {
    add_counted(interval, range.count);
  }
}

void Law::add_steps(const Interval& interval, const AnyValue& step) {
  const std::optional<Amount> by = amount_of(step);
  if (!by || by->unit != interval.from.unit || by->value <= 0) {
    complain("/range/step", fmt::format("{} is no step from {} to {}", step.json,
                                        spec_.range->from.json, spec_.range->to.json));
    return;
  }
  // A step that divides the way but for rounding does reach the end.
  const double steps = (interval.to.value - interval.from.value) / by->value + 1e-9;
  if (steps >= kLevelsMax) {
    complain("/range/step", fmt::format("more than {} values", kLevelsMax));
    return;
  }
  for (int i = 0; i <= static_cast<int>(steps); ++i) {
    values_.push_back(value_of({interval.from.unit, interval.from.value + i * by->value}));
  }
}

void Law::add_counted(const std::optional<Interval>& interval, std::optional<std::uint64_t> count) {
  if (!interval) return;
  if (!count) {
    interval_ = interval;
    return;
  }
  for (std::uint64_t i = 0; i < *count; ++i) {
    values_.push_back(interval->at(static_cast<double>(i) / static_cast<double>(*count - 1)));
  }
}

AnyValue Law::Interval::at(double share) const {
  if (share == 0) return value_of(from);
  if (share == 1) return value_of(to);
  const double value = is_log ? from.value * math::pow(to.value / from.value, share)
                              : from.value + (to.value - from.value) * share;
  return value_of({from.unit, value});
}

Level Law::level_at(double u) const {
  if (interval_) return at(interval_->at(u));
  CDNSIM_ASSERT(!values_.empty(), "a law has levels or an interval");
  return level(static_cast<std::size_t>(u * static_cast<double>(values_.size())));
}

Level Law::at(const AnyValue& value) const {
  Level level{value, {}};
  if (!spec_.cases.empty()) {
    for (const auto& [path, set] : spec_.cases.at(text_of(value))) {
      level.sets.push_back(path + "=" + set.json);
    }
  } else if (!spec_.path.empty()) {
    level.sets.push_back(spec_.path + "=" + value.json);
  }
  for (const std::string& path : spec_.paths) level.sets.push_back(path + "=" + value.json);
  return level;
}

}  // namespace cdnsim::sweep
