#include <algorithm>
#include <numeric>
#include <set>

#include <fmt/format.h>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/config/pointer.hpp>
#include <cdnsim/sweep/constraint.hpp>
#include <cdnsim/sweep/design.hpp>

namespace cdnsim::sweep {
namespace {

// A random design gives up when so many draws in a row break a constraint.
constexpr std::uint32_t kMissesMax = 100'000;

class Expansion {
 public:
  Expansion(const SweepSpec& spec, config::Problems& problems)
      : spec_(spec), problems_(problems), constraints_(spec, problems) {
    for (const auto& [name, parameter] : spec.vary) {
      names_.push_back(name);
      laws_.emplace_back(name, parameter, problems);
    }
    group();
  }

  std::vector<Point> points();

 private:
  // The parameters that move together, by their places in names_.
  using Axis = std::vector<std::size_t>;

  void group();
  void need_levels();
  void need_equal_sizes();
  std::size_t size_of(const Axis& axis) const { return laws_[axis.front()].size(); }
  void make(const GridDesign&);
  void make(const ZipDesign&) { make(GridDesign{}); }  // all parameters are one axis
  void make(const RandomDesign& design);
  void make(const LatinDesign& design);
  void keep(std::vector<Level> levels);
  template <class PlaceOf>
  std::vector<Level> levels_at(PlaceOf place_of) const;
  const std::string& name_of(const Axis& axis) const { return names_[axis.front()]; }

  const SweepSpec& spec_;
  config::Problems& problems_;
  Constraints constraints_;
  std::vector<std::string> names_;
  std::vector<Law> laws_;
  std::vector<Axis> axes_;
  std::vector<Point> points_;
};

void Expansion::group() {
  if (std::holds_alternative<ZipDesign>(spec_.design)) {
    axes_.emplace_back(names_.size());
    std::iota(axes_[0].begin(), axes_[0].end(), std::size_t{0});
    return;
  }
  std::vector<std::size_t> axis_of(names_.size());
  std::iota(axis_of.begin(), axis_of.end(), std::size_t{0});
  std::set<std::string> seen;
  for (std::size_t i = 0; i < spec_.together.size(); ++i) {
    std::vector<std::size_t> members;
    for (std::size_t j = 0; j < spec_.together[i].size(); ++j) {
      const std::string& name = spec_.together[i][j];
      const auto at = std::ranges::find(names_, name);
      const std::string pointer = fmt::format("/together/{}/{}", i, j);
      if (at == names_.end()) {
        problems_.add(pointer, cdnsim::quoted(name) + " is not in /vary");
      } else if (!seen.insert(name).second) {
        problems_.add(pointer, cdnsim::quoted(name) + " moves together with others already");
      } else {
        members.push_back(static_cast<std::size_t>(at - names_.begin()));
      }
    }
    for (const std::size_t member : members) axis_of[member] = std::ranges::min(members);
  }
  for (std::size_t head = 0; head < names_.size(); ++head) {
    Axis axis;
    for (std::size_t i = 0; i < names_.size(); ++i) {
      if (axis_of[i] == head) axis.push_back(i);
    }
    if (!axis.empty()) axes_.push_back(std::move(axis));
  }
}

void Expansion::need_levels() {
  for (std::size_t i = 0; i < laws_.size(); ++i) {
    if (!laws_[i].is_interval()) continue;
    const bool is_log = spec_.vary.at(names_[i]).log_range.has_value();
    problems_.add("/vary/" + config::escaped(names_[i]) + (is_log ? "/log_range" : "/range"),
                  is_log ? "give a count; only random designs draw from the whole range"
                         : "give a step or a count; only random designs draw from the whole range");
  }
}

void Expansion::need_equal_sizes() {
  for (const Axis& axis : axes_) {
    for (const std::size_t i : axis) {
      if (laws_[i].size() == size_of(axis)) continue;
      problems_.add("/vary/" + config::escaped(names_[i]),
                    fmt::format("has {} values, and {}, with which it moves together, has {}",
                                laws_[i].size(), cdnsim::quoted(name_of(axis)), size_of(axis)));
    }
  }
}

template <class PlaceOf>
std::vector<Level> Expansion::levels_at(PlaceOf place_of) const {
  std::vector<Level> levels(laws_.size());
  for (std::size_t a = 0; a < axes_.size(); ++a) {
    for (const std::size_t i : axes_[a]) levels[i] = place_of(a, laws_[i]);
  }
  return levels;
}

void Expansion::keep(std::vector<Level> levels) {
  if (constraints_.allow(levels)) points_.push_back({std::move(levels)});
}

void Expansion::make(const GridDesign&) {
  need_levels();
  if (!problems_.empty()) return;
  need_equal_sizes();
  std::size_t all = 1;
  for (const Axis& axis : axes_) {
    all *= size_of(axis);
    if (all > kRunsMax) {
      problems_.add("/vary", fmt::format("more than {} combinations", kRunsMax));
      return;
    }
  }
  if (!problems_.empty()) return;
  std::vector<std::size_t> place(axes_.size());
  for (std::size_t n = 0; n < all && problems_.empty(); ++n) {
    std::size_t rest = n;
    for (std::size_t a = axes_.size(); a-- > 0;) {
      place[a] = rest % size_of(axes_[a]);
      rest /= size_of(axes_[a]);
    }
    keep(levels_at([&](std::size_t a, const Law& law) { return law.level(place[a]); }));
  }
}

void Expansion::make(const RandomDesign& design) {
  if (!problems_.empty()) return;
  std::uint32_t misses = 0;
  for (std::uint32_t n = 0; points_.size() < design.points && problems_.empty(); ++n) {
    const std::size_t before = points_.size();
    keep(levels_at([&](std::size_t a, const Law& law) {
      const DrawKey key = draw_key(design.seed, {"sweep", "random", name_of(axes_[a])});
      return law.level_at(unit(draw(key, {n}).low64()));
    }));
    misses = points_.size() == before ? misses + 1 : 0;
    if (misses == kMissesMax) {
      problems_.add("/constraints",
                    fmt::format("{} draws in a row break them; widen what varies", kMissesMax));
    }
  }
}

void Expansion::make(const LatinDesign& design) {
  if (!problems_.empty()) return;
  const auto count = static_cast<std::uint32_t>(design.points);
  std::vector<std::vector<double>> places;
  for (const Axis& axis : axes_) {
    const DrawKey key = draw_key(design.seed, {"sweep", "latin_hypercube", name_of(axis)});
    // Which part of the range each point has: the parts, in a drawn order.
    std::vector<std::pair<std::uint64_t, std::uint32_t>> order;
    for (std::uint32_t n = 0; n < count; ++n) order.emplace_back(draw(key, {n}).low64(), n);
    std::ranges::sort(order);
    std::vector<double>& place = places.emplace_back();
    for (std::uint32_t n = 0; n < count; ++n) {
      // Never at a part's edge, so that no rounding takes it to the next.
      const double within = (draw(key, {n, 1}).words[0] / 256 + 0.5) * 0x1p-24;
      place.push_back((order[n].second + within) / count);
    }
  }
  for (std::uint32_t n = 0; n < count && problems_.empty(); ++n) {
    keep(levels_at([&](std::size_t a, const Law& law) { return law.level_at(places[a][n]); }));
  }
}

std::vector<Point> Expansion::points() {
  std::visit([this](const auto& design) { make(design); }, spec_.design);
  if (problems_.empty() && points_.empty()) {
    problems_.add("/constraints", "they leave no point");
  }
  if (problems_.empty() && points_.size() * spec_.replications > kRunsMax) {
    problems_.add("/replications",
                  fmt::format("{} points give more than {} runs", points_.size(), kRunsMax));
  }
  if (!problems_.empty()) points_.clear();
  return std::move(points_);
}

}  // namespace

std::vector<Point> points_of(const SweepSpec& spec, config::Problems& problems) {
  return Expansion(spec, problems).points();
}

}  // namespace cdnsim::sweep
