#include <algorithm>

#include <fmt/format.h>

#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/base/sampler/hyperexponential.hpp>
#include <cdnsim/base/sampler/lognormal.hpp>
#include <cdnsim/base/sampler/pareto.hpp>
#include <cdnsim/models/workload/law_text.hpp>
#include <cdnsim/models/workload/laws.hpp>
#include <cdnsim/models/workload/mixed_sizes.hpp>

namespace cdnsim {
namespace {

template <class... Visitors>
struct Overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
Overloaded(Visitors...) -> Overloaded<Visitors...>;

std::string not_a_size_law(std::string_view text) {
  return fmt::format(
      "\"{}\" is not a size law; write e.g. \"6MB\", \"lognormal:median=24KiB,sigma=1.2\" or "
      "\"pareto:minimum=1KB,shape=1.3,maximum=1GB\"",
      text);
}

Parsed<SizeLaw> parse_lognormal(std::string_view text, std::string_view whole) {
  const auto parameters = law_parameters(text);
  LognormalSize law;
  if (parameters.size() != 2 || !parameters.contains("median") || !parameters.contains("sigma") ||
      !read_number(parameters.at("sigma"), 0.0, 10.0, law.sigma)) {
    return {{}, not_a_size_law(whole)};
  }
  const Parsed<Bytes> median = positive_bytes(parameters.at("median"));
  if (!median.value) return {{}, median.problem};
  law.median = *median.value;
  return {SizeLaw{law}, {}};
}

Parsed<SizeLaw> parse_pareto(std::string_view text, std::string_view whole) {
  const auto parameters = law_parameters(text);
  ParetoSize law;
  if (parameters.size() != 3 || !parameters.contains("minimum") || !parameters.contains("shape") ||
      !parameters.contains("maximum") ||
      !read_number(parameters.at("shape"), 0.01, 100.0, law.shape)) {
    return {{}, not_a_size_law(whole)};
  }
  const Parsed<Bytes> minimum = positive_bytes(parameters.at("minimum"));
  const Parsed<Bytes> maximum = positive_bytes(parameters.at("maximum"));
  if (!minimum.value) return {{}, minimum.problem};
  if (!maximum.value) return {{}, maximum.problem};
  if (*minimum.value >= *maximum.value) {
    return {{}, fmt::format("\"{}\": the minimum must be below the maximum", whole)};
  }
  law.minimum = *minimum.value;
  law.maximum = *maximum.value;
  return {SizeLaw{law}, {}};
}

Parsed<SizeLaw> parse_exponential(std::string_view text, std::string_view whole) {
  const auto parameters = law_parameters(text);
  if (parameters.size() != 1 || !parameters.contains("mean")) return {{}, not_a_size_law(whole)};
  const Parsed<Bytes> mean = positive_bytes(parameters.at("mean"));
  if (!mean.value) return {{}, mean.problem};
  return {SizeLaw{ExponentialSize{*mean.value}}, {}};
}

Parsed<SizeLaw> parse_hyperexponential(std::string_view text, std::string_view whole) {
  const auto parameters = law_parameters(text);
  HyperexponentialSize law;
  if (parameters.size() != 2 || !parameters.contains("mean") || !parameters.contains("scv") ||
      !read_number(parameters.at("scv"), 1.0, 1000.0, law.scv)) {
    return {{}, not_a_size_law(whole)};
  }
  const Parsed<Bytes> mean = positive_bytes(parameters.at("mean"));
  if (!mean.value) return {{}, mean.problem};
  law.mean = *mean.value;
  return {SizeLaw{law}, {}};
}

// The size that has this share of sizes below it, by the law.
struct SizeQuantile {
  std::uint64_t bits;

  double operator()(const FixedSize& s) const { return static_cast<double>(s.bytes.count()); }
  double operator()(const LognormalSize& s) const {
    return Lognormal(static_cast<double>(s.median.count()), s.sigma).quantile(bits);
  }
  double operator()(const ParetoSize& s) const {
    return Pareto(s.shape, static_cast<double>(s.minimum.count()),
                  static_cast<double>(s.maximum.count()))
        .quantile(bits);
  }
  double operator()(const ExponentialSize& s) const {
    return Exponential(static_cast<double>(s.mean.count())).quantile(bits);
  }
  double operator()(const HyperexponentialSize& s) const {
    return Hyperexponential(static_cast<double>(s.mean.count()), s.scv).quantile(bits);
  }
  double operator()(const PointsSize& s) const { return quantile_of(s, bits); }
  double operator()(const MixedSize& s) const {
    const PartOfMix part = part_of(s, bits);
    return std::visit(SizeQuantile{part.bits}, *part.law);
  }
};

}  // namespace

Bytes SizeLaw::draw(std::uint64_t bits) const {
  const double size = std::visit(SizeQuantile{bits}, law);
  return Bytes{
      static_cast<std::int64_t>(std::clamp(size + 0.5, 1.0, static_cast<double>(kSizeMax)))};
}

Bytes SizeLaw::largest() const {
  constexpr std::uint64_t kLast = ~std::uint64_t{0};
  const auto* mixed = std::get_if<MixedSize>(&law);
  if (mixed == nullptr) return draw(kLast);
  Bytes largest{1};
  for (const MixedSize::Part& part : mixed->parts) {
    largest = std::max(largest, law_of(part.law).draw(kLast));
  }
  return largest;
}

template <>
Parsed<SizeLaw> parse<SizeLaw>(std::string_view text) {
  const std::size_t colon = text.find(':');
  const std::string_view name = text.substr(0, colon);
  if (colon != std::string_view::npos && name == "lognormal") {
    return parse_lognormal(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name == "pareto") {
    return parse_pareto(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name == "exponential") {
    return parse_exponential(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name == "hyperexponential") {
    return parse_hyperexponential(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name == "points") {
    return parse_points(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name == "mix") {
    return parse_mix(text.substr(colon + 1), text);
  }
  if (colon != std::string_view::npos && name != "fixed") return {{}, not_a_size_law(text)};
  const Parsed<Bytes> bytes =
      positive_bytes(colon == std::string_view::npos ? text : text.substr(colon + 1));
  if (!bytes.value) return {{}, bytes.problem};
  return {SizeLaw{FixedSize{*bytes.value}}, {}};
}

std::string to_text(const SizeLaw& law) {
  return std::visit(
      Overloaded{[](const FixedSize& s) { return to_text(s.bytes); },
                 [](const LognormalSize& s) {
                   return fmt::format("lognormal:median={},sigma={}", to_text(s.median), s.sigma);
                 },
                 [](const ParetoSize& s) {
                   return fmt::format("pareto:minimum={},shape={},maximum={}", to_text(s.minimum),
                                      s.shape, to_text(s.maximum));
                 },
                 [](const ExponentialSize& s) {
                   return fmt::format("exponential:mean={}", to_text(s.mean));
                 },
                 [](const HyperexponentialSize& s) {
                   return fmt::format("hyperexponential:mean={},scv={}", to_text(s.mean), s.scv);
                 },
                 [](const PointsSize& s) { return text_of(s); },
                 [](const MixedSize& s) { return text_of(s); }},
      law.law);
}

}  // namespace cdnsim
