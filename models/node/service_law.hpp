// How long a server or an origin works on a request, written as text: "40ms",
// "exponential:mean=40ms", "lognormal:median=30ms,sigma=1".
// Does not know queues or who works.
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include <cdnsim/base/draws.hpp>
#include <cdnsim/base/text.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

struct ExponentialTime {
  Duration mean{1};
  friend bool operator==(const ExponentialTime&, const ExponentialTime&) = default;
};
struct LognormalTime {
  Duration median{1};
  double sigma = 1.0;
  friend bool operator==(const LognormalTime&, const LognormalTime&) = default;
};
// Of two exponential laws; `scv` is the variance over the squared mean.
struct HyperexponentialTime {
  Duration mean{1};
  double scv = 1.0;
  friend bool operator==(const HyperexponentialTime&, const HyperexponentialTime&) = default;
};

// A fixed time, unless it says otherwise. Drawn times are whole nanoseconds and at most a day.
class ServiceLaw {
 public:
  using Law = std::variant<Duration, ExponentialTime, LognormalTime, HyperexponentialTime>;
  static constexpr Duration kLongest = std::chrono::hours(24);

  ServiceLaw() = default;
  template <class Rep, class Period>
  ServiceLaw(std::chrono::duration<Rep, Period> fixed) : law_(Duration{fixed}) {}
  template <class Drawn>
  static ServiceLaw of(const Drawn& drawn) {
    ServiceLaw law;
    law.law_ = drawn;
    return law;
  }

  bool is_fixed() const { return std::holds_alternative<Duration>(law_); }
  // Of a drawn one, the mean of its law.
  Duration mean() const;
  // The time of the request whose own random bits are `bits`.
  Duration draw(std::uint64_t bits) const;
  // The same law of times that are longer by a factor.
  ServiceLaw times(double factor) const;
  const Law& law() const { return law_; }

  friend bool operator==(const ServiceLaw&, const ServiceLaw&) = default;

 private:
  Law law_ = Duration{0};
};

template <>
Parsed<ServiceLaw> parse<ServiceLaw>(std::string_view text);
std::string to_text(const ServiceLaw& law);

template <>
struct UnitInfo<ServiceLaw> {
  static constexpr const char* kName = "a service time";
  static constexpr const char* kExample = "exponential:mean=40ms";
  static constexpr const char* kPattern =
      "^([0-9].*|exponential:mean=[^,]+|lognormal:median=[^,]+,sigma=[^,]+|"
      "hyperexponential:mean=[^,]+,scv=[^,]+)$";
};

}  // namespace cdnsim
