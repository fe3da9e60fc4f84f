#include <algorithm>
#include <array>

#include <fmt/format.h>

#include <cdnsim/base/sampler/exponential.hpp>
#include <cdnsim/base/sampler/hyperexponential.hpp>
#include <cdnsim/base/sampler/lognormal.hpp>
#include <cdnsim/models/node/service_law.hpp>
#include <cdnsim/models/workload/law_text.hpp>

namespace cdnsim {
namespace {

// What a mean or a median may be; what is drawn may be longer.
constexpr Duration kServiceMost = std::chrono::hours(1);

std::string not_a_service_law(std::string_view text) {
  return fmt::format(
      "\"{}\" is not a service time; write e.g. \"40ms\", \"exponential:mean=40ms\", "
      "\"lognormal:median=30ms,sigma=1\" or \"hyperexponential:mean=40ms,scv=4\"",
      text);
}

Parsed<Duration> service_time(std::string_view text, Duration least) {
  Parsed<Duration> time = parse<Duration>(text);
  if (!time.value || (*time.value >= least && *time.value <= kServiceMost)) return time;
  return {{},
          fmt::format("a service time of \"{}\" is out of range; wanted {} to {}", text,
                      to_text(least), to_text(kServiceMost))};
}

double nanoseconds(Duration time) { return static_cast<double>(time.count()); }

Duration whole(double ns) {
  return Duration{static_cast<std::int64_t>(
      std::clamp(ns + 0.5, 0.0, static_cast<double>(ServiceLaw::kLongest.count())))};
}

// The law `name`, with one time under `time_key` and perhaps a number beside it.
struct LawText {
  std::string_view name, time_key, number_key;
  double least = 0, most = 0;
};
constexpr std::array<LawText, 3> kLawTexts = {{{"exponential", "mean", "", 0, 0},
                                               {"lognormal", "median", "sigma", 0, 10},
                                               {"hyperexponential", "mean", "scv", 1, 1000}}};

Parsed<ServiceLaw> parse_law(const LawText& wanted, std::string_view text, std::string_view all) {
  const auto parameters = law_parameters(text);
  const bool has_number = !wanted.number_key.empty();
  double number = 0;
  if (parameters.size() != (has_number ? 2 : 1) || !parameters.contains(wanted.time_key) ||
      (has_number &&
       (!parameters.contains(wanted.number_key) ||
        !read_number(parameters.at(wanted.number_key), wanted.least, wanted.most, number)))) {
    return {{}, not_a_service_law(all)};
  }
  const Parsed<Duration> time = service_time(parameters.at(wanted.time_key), Duration{1});
  if (!time.value) return {{}, time.problem};
  if (wanted.name == "exponential") return {ServiceLaw::of(ExponentialTime{*time.value}), {}};
  if (wanted.name == "lognormal") return {ServiceLaw::of(LognormalTime{*time.value, number}), {}};
  return {ServiceLaw::of(HyperexponentialTime{*time.value, number}), {}};
}

}  // namespace

Duration ServiceLaw::mean() const {
  if (const auto* fixed = std::get_if<Duration>(&law_)) return *fixed;
  if (const auto* law = std::get_if<ExponentialTime>(&law_)) return law->mean;
  if (const auto* law = std::get_if<HyperexponentialTime>(&law_)) return law->mean;
  const auto& law = std::get<LognormalTime>(law_);
  return whole(Lognormal(nanoseconds(law.median), law.sigma).mean());
}

ServiceLaw ServiceLaw::times(double factor) const {
  const auto longer = [&](Duration time) {
    const double ns = static_cast<double>(time.count()) * factor + 0.5;
    return Duration{static_cast<std::int64_t>(ns)};
  };
  ServiceLaw made = *this;
  if (auto* fixed = std::get_if<Duration>(&made.law_)) *fixed = longer(*fixed);
  if (auto* drawn = std::get_if<ExponentialTime>(&made.law_)) drawn->mean = longer(drawn->mean);
  if (auto* drawn = std::get_if<LognormalTime>(&made.law_)) drawn->median = longer(drawn->median);
  if (auto* drawn = std::get_if<HyperexponentialTime>(&made.law_))
    drawn->mean = longer(drawn->mean);
  return made;
}

Duration ServiceLaw::draw(std::uint64_t bits) const {
  if (const auto* fixed = std::get_if<Duration>(&law_)) return *fixed;
  if (const auto* law = std::get_if<ExponentialTime>(&law_)) {
    return whole(Exponential(nanoseconds(law->mean)).quantile(bits));
  }
  if (const auto* law = std::get_if<HyperexponentialTime>(&law_)) {
    return whole(Hyperexponential(nanoseconds(law->mean), law->scv).quantile(bits));
  }
  const auto& law = std::get<LognormalTime>(law_);
  return whole(Lognormal(nanoseconds(law.median), law.sigma).quantile(bits));
}

template <>
Parsed<ServiceLaw> parse<ServiceLaw>(std::string_view text) {
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    const Parsed<Duration> fixed = service_time(text, Duration{0});
    if (!fixed.value) return {{}, fixed.problem};
    return {ServiceLaw(*fixed.value), {}};
  }
  for (const LawText& law : kLawTexts) {
    if (text.substr(0, colon) == law.name) return parse_law(law, text.substr(colon + 1), text);
  }
  return {{}, not_a_service_law(text)};
}

std::string to_text(const ServiceLaw& law) {
  if (const auto* fixed = std::get_if<Duration>(&law.law())) return to_text(*fixed);
  if (const auto* drawn = std::get_if<ExponentialTime>(&law.law())) {
    return fmt::format("exponential:mean={}", to_text(drawn->mean));
  }
  if (const auto* drawn = std::get_if<HyperexponentialTime>(&law.law())) {
    return fmt::format("hyperexponential:mean={},scv={}", to_text(drawn->mean), drawn->scv);
  }
  const auto& drawn = std::get<LognormalTime>(law.law());
  return fmt::format("lognormal:median={},sigma={}", to_text(drawn.median), drawn.sigma);
}

}  // namespace cdnsim
