// Laws of a content class, written as text: "zipf:0.9", "lognormal:median=24KiB,sigma=1.2".
// Does not know who asks for the content.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include <cdnsim/base/quantity.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/models/workload/popularity/list.hpp>

namespace cdnsim {

// Object number k (from 0) is asked for in proportion to (k + 1)^-exponent, where 0 is uniform, or
// as another law says.
struct PopularityLaw {
  double zipf_exponent = 0.0;
  std::optional<RankLaw> other = {};
  friend bool operator==(const PopularityLaw&, const PopularityLaw&) = default;
};

struct FixedSize {
  Bytes bytes{1};
  friend bool operator==(const FixedSize&, const FixedSize&) = default;
};
struct LognormalSize {
  Bytes median{1};
  double sigma = 1.0;
  friend bool operator==(const LognormalSize&, const LognormalSize&) = default;
};
struct ParetoSize {
  Bytes minimum{1};
  double shape = 1.0;
  Bytes maximum{1};
  friend bool operator==(const ParetoSize&, const ParetoSize&) = default;
};
struct ExponentialSize {
  Bytes mean{1};
  friend bool operator==(const ExponentialSize&, const ExponentialSize&) = default;
};
// Of two exponential laws; `scv` is the variance over the squared mean.
struct HyperexponentialSize {
  Bytes mean{1};
  double scv = 1.0;
  friend bool operator==(const HyperexponentialSize&, const HyperexponentialSize&) = default;
};

// Points (s, p): a share p of objects is no larger than s. Between two of them all sizes are
// equally likely, and the first one's share has that very size.
struct PointsSize {
  struct Point {
    Bytes size{1};
    double share = 1.0;
    friend bool operator==(const Point&, const Point&) = default;
  };
  std::vector<Point> points;  // ascending; the last has the share 1
  friend bool operator==(const PointsSize&, const PointsSize&) = default;
};
using PlainSize = std::variant<FixedSize, LognormalSize, ParetoSize, ExponentialSize,
                               HyperexponentialSize, PointsSize>;
// Of several laws, each of a share of the objects.
struct MixedSize {
  struct Part {
    double share = 1.0;
    PlainSize law;
    friend bool operator==(const Part&, const Part&) = default;
  };
  std::vector<Part> parts;
  friend bool operator==(const MixedSize&, const MixedSize&) = default;
};

// Sizes drawn from a law are rounded to whole bytes, at least 1 and at most kSizeMax.
struct SizeLaw {
  static constexpr std::int64_t kSizeMax = std::int64_t{1} << 46;
  std::variant<FixedSize, LognormalSize, ParetoSize, ExponentialSize, HyperexponentialSize,
               PointsSize, MixedSize>
      law = FixedSize{};

  // The size of the object whose own random bits are `bits`.
  Bytes draw(std::uint64_t bits) const;
  // No object is larger.
  Bytes largest() const;
  friend bool operator==(const SizeLaw&, const SizeLaw&) = default;
};

template <>
Parsed<PopularityLaw> parse<PopularityLaw>(std::string_view text);
template <>
Parsed<SizeLaw> parse<SizeLaw>(std::string_view text);
std::string to_text(const PopularityLaw& law);
std::string to_text(const SizeLaw& law);

template <>
struct UnitInfo<PopularityLaw> {
  static constexpr const char* kName = "a popularity law";
  static constexpr const char* kExample = "zipf:0.9";
  static constexpr const char* kPattern = "^(uniform|zipf:[0-9]+(\\.[0-9]+)?|[a-z_]+:[a-z]+=.+)$";
};
template <>
struct UnitInfo<SizeLaw> {
  static constexpr const char* kName = "a size law";
  static constexpr const char* kExample = "lognormal:median=24KiB,sigma=1.2";
  static constexpr const char* kPattern =
      "^([0-9].*|fixed:.+|lognormal:median=[^,]+,sigma=[^,]+|pareto:minimum=[^,]+,shape=[^,]+,"
      "maximum=[^,]+|exponential:mean=[^,]+|hyperexponential:mean=[^,]+,scv=[^,]+|"
      "points:.+=.+|mix:.+=.+)$";
};

}  // namespace cdnsim
