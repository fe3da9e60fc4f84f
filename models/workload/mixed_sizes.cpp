#include <algorithm>
#include <optional>
#include <type_traits>

#include <fmt/format.h>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/models/workload/law_text.hpp>
#include <cdnsim/models/workload/mixed_sizes.hpp>

namespace cdnsim {
namespace {

constexpr double kSharesMost = 1e9;

// Takes what is before the first `mark` from the text, or all of it.
std::string_view take_until(std::string_view& text, char mark) {
  const std::size_t end = text.find(mark);
  const std::string_view taken = text.substr(0, end);
  text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
  return taken;
}

std::string wrong_points(std::string_view whole) {
  return fmt::format(
      "\"{}\": sizes and shares must rise from point to point, the last share to 1; write e.g. "
      "\"points:1KiB=0.1,10KiB=0.5,1MiB=1\"",
      whole);
}

std::string wrong_mix(std::string_view whole) {
  return fmt::format(
      "\"{}\" is not a mix of size laws; write e.g. "
      "\"mix:0.7=lognormal:median=24KiB,sigma=1.2;0.3=6MB\"",
      whole);
}

// Nothing for a mix, of which there is none in a mix.
std::optional<PlainSize> plain_of(const SizeLaw& law) {
  return std::visit(
      [](const auto& sizes) -> std::optional<PlainSize> {
        if constexpr (std::is_same_v<std::decay_t<decltype(sizes)>, MixedSize>) {
          return std::nullopt;
        } else {
          return sizes;
        }
      },
      law.law);
}

}  // namespace

SizeLaw law_of(const PlainSize& plain) {
  return std::visit([](const auto& sizes) { return SizeLaw{sizes}; }, plain);
}

Parsed<Bytes> positive_bytes(std::string_view text) {
  Parsed<Bytes> bytes = parse<Bytes>(text);
  if (bytes.value && (*bytes.value < Bytes{1} || *bytes.value > Bytes{SizeLaw::kSizeMax})) {
    return {{}, fmt::format("a size of \"{}\" is out of range; objects have 1B to 70TB", text)};
  }
  return bytes;
}

Parsed<SizeLaw> parse_points(std::string_view text, std::string_view whole) {
  PointsSize law;
  while (!text.empty()) {
    std::string_view share = take_until(text, ',');
    const Parsed<Bytes> size = positive_bytes(take_until(share, '='));
    if (!size.value) return {{}, size.problem};
    PointsSize::Point point{*size.value, 0};
    if (!read_number(share, 0.0, 1.0, point.share)) return {{}, wrong_points(whole)};
    const bool rises = law.points.empty() || (point.size > law.points.back().size &&
                                              point.share > law.points.back().share);
    if (!rises) return {{}, wrong_points(whole)};
    law.points.push_back(point);
  }
  if (law.points.empty() || law.points.back().share < 1) return {{}, wrong_points(whole)};
  return {SizeLaw{std::move(law)}, {}};
}

Parsed<SizeLaw> parse_mix(std::string_view text, std::string_view whole) {
  MixedSize law;
  while (!text.empty()) {
    std::string_view sizes = take_until(text, ';');
    MixedSize::Part part;
    if (!read_number(take_until(sizes, '='), 0.0, kSharesMost, part.share) || part.share <= 0) {
      return {{}, wrong_mix(whole)};
    }
    const Parsed<SizeLaw> parsed = parse<SizeLaw>(sizes);
    if (!parsed.value) return {{}, parsed.problem};
    const std::optional<PlainSize> plain = plain_of(*parsed.value);
    if (!plain) return {{}, wrong_mix(whole)};
    part.law = *plain;
    law.parts.push_back(std::move(part));
  }
  if (law.parts.empty()) return {{}, wrong_mix(whole)};
  return {SizeLaw{std::move(law)}, {}};
}

std::string text_of(const PointsSize& sizes) {
  std::string text;
  for (const PointsSize::Point& point : sizes.points) {
    text +=
        fmt::format("{}{}={}", text.empty() ? "points:" : ",", to_text(point.size), point.share);
  }
  return text;
}

std::string text_of(const MixedSize& sizes) {
  std::string text;
  for (const MixedSize::Part& part : sizes.parts) {
    text +=
        fmt::format("{}{}={}", text.empty() ? "mix:" : ";", part.share, to_text(law_of(part.law)));
  }
  return text;
}

double quantile_of(const PointsSize& sizes, std::uint64_t bits) {
  const double u = unit_open(bits);
  const auto above = std::ranges::find_if(
      sizes.points, [u](const PointsSize::Point& point) { return u <= point.share; });
  const auto size = [](const PointsSize::Point& point) {
    return static_cast<double>(point.size.count());
  };
  if (above == sizes.points.begin()) return size(*above);
  const PointsSize::Point& below = *(above - 1);
  return size(below) +
         (size(*above) - size(below)) * ((u - below.share) / (above->share - below.share));
}

PartOfMix part_of(const MixedSize& sizes, std::uint64_t bits) {
  double left = 0;
  for (const MixedSize::Part& part : sizes.parts) left += part.share;
  left *= unit(bits);
  const MixedSize::Part* part = sizes.parts.data();
  for (; part != &sizes.parts.back() && left >= part->share; ++part) left -= part->share;
  constexpr double kLast = 1 - 0x1p-53;
  const double within = std::clamp(left / part->share, 0.0, kLast);
  const auto high = static_cast<std::uint64_t>(within * 0x1p53) << 11;
  return {&part->law, high | (bits & 0x7ff)};
}

}  // namespace cdnsim
