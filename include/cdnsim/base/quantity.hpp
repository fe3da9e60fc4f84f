// Quantities as types of their own: bytes, bit rates, money, rates, ratios and prices.
// Does not know text (text.hpp) nor what is being measured.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include <cdnsim/base/int128.hpp>
#include <cdnsim/base/time.hpp>

namespace cdnsim {

// A 64-bit integer number of one unit. Sums and differences keep the unit, integers scale it.
// REQUIRES: results fit 64 bits (the sanitizer builds check it).
template <class Unit>
class Quantity {
 public:
  constexpr Quantity() = default;
  constexpr explicit Quantity(std::int64_t count) : count_(count) {}

  constexpr std::int64_t count() const { return count_; }
  static constexpr Quantity max() { return Quantity(std::numeric_limits<std::int64_t>::max()); }

  constexpr auto operator<=>(const Quantity&) const = default;
  constexpr Quantity operator-() const { return Quantity(-count_); }
  constexpr Quantity& operator+=(Quantity other) { return *this = *this + other; }
  constexpr Quantity& operator-=(Quantity other) { return *this = *this - other; }

  friend constexpr Quantity operator+(Quantity a, Quantity b) {
    return Quantity(a.count_ + b.count_);
  }
  friend constexpr Quantity operator-(Quantity a, Quantity b) {
    return Quantity(a.count_ - b.count_);
  }
  friend constexpr Quantity operator*(Quantity a, std::int64_t n) { return Quantity(a.count_ * n); }
  friend constexpr Quantity operator*(std::int64_t n, Quantity a) { return Quantity(a.count_ * n); }
  friend constexpr Quantity operator/(Quantity a, std::int64_t n) { return Quantity(a.count_ / n); }
  // How many whole b fit into a.
  friend constexpr std::int64_t operator/(Quantity a, Quantity b) { return a.count_ / b.count_; }

 private:
  std::int64_t count_ = 0;
};

using Bytes = Quantity<struct ByteUnit>;
using BitRate = Quantity<struct BitPerSecondUnit>;
using Money = Quantity<struct NanoDollarUnit>;

// For counters. REQUIRES: not negative.
constexpr std::uint64_t count_of(Bytes bytes) { return static_cast<std::uint64_t>(bytes.count()); }

// A price is an amount of money per something, so that two kinds of price cannot be mixed up.
template <class Per>
class Price {
 public:
  constexpr Price() = default;
  constexpr explicit Price(Money money) : money_(money) {}
  constexpr Money money() const { return money_; }
  constexpr auto operator<=>(const Price&) const = default;

 private:
  Money money_;
};

using PricePerMbps = Price<struct PerMbpsAndMonth>;
using PricePerGb = Price<struct PerGigabyte>;

// Events per second.
class Rate {
 public:
  constexpr Rate() = default;
  constexpr explicit Rate(double per_second) : per_second_(per_second) {}
  constexpr double per_second() const { return per_second_; }

  constexpr auto operator<=>(const Rate&) const = default;
  constexpr Rate& operator+=(Rate other) { return *this = *this + other; }
  friend constexpr Rate operator+(Rate a, Rate b) { return Rate(a.per_second_ + b.per_second_); }
  friend constexpr Rate operator-(Rate a, Rate b) { return Rate(a.per_second_ - b.per_second_); }
  friend constexpr Rate operator*(Rate a, double factor) { return Rate(a.per_second_ * factor); }
  friend constexpr Rate operator*(double factor, Rate a) { return Rate(a.per_second_ * factor); }

 private:
  double per_second_ = 0;
};

// A share of a whole, 0 to 1.
class Ratio {
 public:
  constexpr Ratio() = default;
  constexpr explicit Ratio(double value) : value_(value) {}
  constexpr double value() const { return value_; }
  constexpr auto operator<=>(const Ratio&) const = default;

 private:
  double value_ = 0;
};

namespace detail {

// ceil(a b / divisor), at most the largest int64. REQUIRES: a, b >= 0.
constexpr std::int64_t scaled_up(std::int64_t a, std::int64_t b, std::int64_t divisor) {
  constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
  if (a <= 0) return 0;
  if (divisor <= 0) return kMost;
  if (a <= kMost / b) return a * b / divisor + (a * b % divisor != 0);  // no 128-bit division
  const Int128 product = static_cast<Int128>(a) * b;
  const Int128 quotient = product / divisor + (product % divisor != 0);
  return quotient > kMost ? kMost : static_cast<std::int64_t>(quotient);
}

}  // namespace detail

// Time to push `size` through `rate`, rounded up; without a rate it never ends.
constexpr std::int64_t transfer_picoseconds(Bytes size, BitRate rate) {
  return detail::scaled_up(size.count(), 8'000'000'000'000, rate.count());
}

constexpr Duration transfer_time(Bytes size, BitRate rate) {
  return Duration(detail::scaled_up(size.count(), 8'000'000'000, rate.count()));
}

namespace detail {

// Turns an overflow in a literal into a compile error.
consteval std::int64_t literal(unsigned long long count, std::int64_t unit) {
  const auto most =
      static_cast<unsigned long long>(std::numeric_limits<std::int64_t>::max() / unit);
  if (count > most) throw "this literal does not fit 64 bits";
  return static_cast<std::int64_t>(count) * unit;
}

}  // namespace detail

// KB is 1000 bytes, KiB 1024.
inline namespace literals {

consteval Bytes operator""_B(unsigned long long n) { return Bytes(detail::literal(n, 1)); }
consteval Bytes operator""_KB(unsigned long long n) { return Bytes(detail::literal(n, 1'000)); }
consteval Bytes operator""_MB(unsigned long long n) { return Bytes(detail::literal(n, 1'000'000)); }
consteval Bytes operator""_GB(unsigned long long n) {
  return Bytes(detail::literal(n, 1'000'000'000));
}
consteval Bytes operator""_TB(unsigned long long n) {
  return Bytes(detail::literal(n, 1'000'000'000'000));
}
consteval Bytes operator""_PB(unsigned long long n) {
  return Bytes(detail::literal(n, 1'000'000'000'000'000));
}
consteval Bytes operator""_KiB(unsigned long long n) {
  return Bytes(detail::literal(n, 1LL << 10));
}
consteval Bytes operator""_MiB(unsigned long long n) {
  return Bytes(detail::literal(n, 1LL << 20));
}
consteval Bytes operator""_GiB(unsigned long long n) {
  return Bytes(detail::literal(n, 1LL << 30));
}
consteval Bytes operator""_TiB(unsigned long long n) {
  return Bytes(detail::literal(n, 1LL << 40));
}

consteval BitRate operator""_bps(unsigned long long n) { return BitRate(detail::literal(n, 1)); }
consteval BitRate operator""_kbps(unsigned long long n) {
  return BitRate(detail::literal(n, 1'000));
}
consteval BitRate operator""_Mbps(unsigned long long n) {
  return BitRate(detail::literal(n, 1'000'000));
}
consteval BitRate operator""_Gbps(unsigned long long n) {
  return BitRate(detail::literal(n, 1'000'000'000));
}
consteval BitRate operator""_Tbps(unsigned long long n) {
  return BitRate(detail::literal(n, 1'000'000'000'000));
}

consteval Money operator""_USD(unsigned long long n) {
  return Money(detail::literal(n, 1'000'000'000));
}
consteval Rate operator""_per_s(unsigned long long n) { return Rate(static_cast<double>(n)); }
consteval Ratio operator""_percent(unsigned long long n) {
  return Ratio(static_cast<double>(n) / 100.0);
}

}  // namespace literals

}  // namespace cdnsim
