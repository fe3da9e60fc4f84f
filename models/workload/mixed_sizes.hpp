// Size laws that are made of points or of other laws: their text, and how they are drawn.
// Does not know the other laws.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include <cdnsim/models/workload/laws.hpp>

namespace cdnsim {

// A size that an object can have.
Parsed<Bytes> positive_bytes(std::string_view text);

// What follows "points:" and "mix:" of the `whole` text.
Parsed<SizeLaw> parse_points(std::string_view text, std::string_view whole);
Parsed<SizeLaw> parse_mix(std::string_view text, std::string_view whole);
std::string text_of(const PointsSize& sizes);
std::string text_of(const MixedSize& sizes);

SizeLaw law_of(const PlainSize& plain);

double quantile_of(const PointsSize& sizes, std::uint64_t bits);

// The part that these bits fall on, and where within.
struct PartOfMix {
  const PlainSize* law;
  std::uint64_t bits;
};
PartOfMix part_of(const MixedSize& sizes, std::uint64_t bits);

}  // namespace cdnsim
